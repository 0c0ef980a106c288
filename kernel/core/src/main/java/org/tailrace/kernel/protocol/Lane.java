package org.tailrace.kernel.protocol;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One thread that serves requests in the order in which they came. */
final class Lane implements AutoCloseable {

    /** Serves one request. */
    @FunctionalInterface
    interface Task {
        /** @param aborted whether a cell failed after this request was queued, so that cells behind it are not to run */
        void run(boolean aborted);
    }

    private final ThreadPoolExecutor thread;
    private final AtomicLong received = new AtomicLong();
    private volatile long abortedUpTo;
    private volatile @Nullable Thread current;

    Lane(String name) {
        thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    var created = new Thread(null, task, name, 0, false);
                    created.setDaemon(true);
                    current = created;
                    return created;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** From any thread; after {@link #close} the task is dropped. */
    void submit(Task task) {
        long number = received.incrementAndGet();
        thread.execute(() -> task.run(number <= abortedUpTo));
    }

    /** Marks what has come until now. */
    void abortQueued() {
        abortedUpTo = received.get();
    }

    /** Lets what is queued finish and takes no more. Does not wait. */
    @Override
    public void close() {
        thread.shutdown();
    }

    /** Waits for what was queued before {@link #close}, up to a moment; a lane does not wait for itself. */
    void awaitEnd(long deadlineNanos) throws InterruptedException {
        if (Thread.currentThread() != current) {
            thread.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }
}
