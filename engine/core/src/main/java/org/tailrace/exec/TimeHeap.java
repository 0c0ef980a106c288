package org.tailrace.exec;

import java.util.Arrays;

/** Ids by a time, earliest first: what leaves when a watermark passes costs what leaves. */
final class TimeHeap {
    private long[] times = new long[16];
    private int[] ids = new int[16];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long time, int id) {
        if (size == ids.length) {
            times = Arrays.copyOf(times, size * 2);
            ids = Arrays.copyOf(ids, size * 2);
        }
        int at = size++;
        while (at > 0) {
            int parent = at - 1 >>> 1;
            if (times[parent] <= time) {
                break;
            }
            times[at] = times[parent];
            ids[at] = ids[parent];
            at = parent;
        }
        times[at] = time;
        ids[at] = id;
    }

    /** Whether the earliest time is at or before {@code limit}. */
    boolean due(long limit) {
        return size > 0 && times[0] <= limit;
    }

    long earliest() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** The id of the earliest entry, of which there is one. */
    int peek() {
        return ids[0];
    }

    /** Takes the earliest entry out and gives its id. */
    int poll() {
        int first = ids[0];
        long time = times[--size];
        int id = ids[size];
        int at = 0;
        while (true) {
            int least = at * 2 + 1;
            if (least >= size) {
                break;
            }
            if (least + 1 < size && times[least + 1] < times[least]) {
                least++;
            }
            if (times[least] >= time) {
                break;
            }
            times[at] = times[least];
            ids[at] = ids[least];
            at = least;
        }
        times[at] = time;
        ids[at] = id;
        return first;
    }

    long bytes() {
        return 12L * ids.length;
    }
}
