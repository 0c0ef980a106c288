package org.tailrace.bench.contest;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** Bytes that the threads of this process have allocated; one that ended between two looks is not counted. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> before = new HashMap<>();

    /** Begins now. */
    public Allocation() {
        for (long id : THREADS.getAllThreadIds()) {
            before.put(id, THREADS.getThreadAllocatedBytes(id));
        }
    }

    /** By all other threads since it began. */
    public long byOthers() {
        long self = Thread.currentThread().getId();
        long bytes = 0;
        for (long id : THREADS.getAllThreadIds()) {
            long now = THREADS.getThreadAllocatedBytes(id);
            bytes += id == self || now < 0 ? 0 : now - before.getOrDefault(id, 0L);
        }
        return bytes;
    }

    /** By this thread, ever. */
    public static long own() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
