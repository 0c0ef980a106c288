package org.tailrace.env;

/** Wall time, monotonic time, and waiting for either. */
public interface Clock {

    /** Milliseconds since the epoch, UTC; may jump. */
    long currentTimeMs();

    /** Monotonic nanoseconds since an arbitrary origin. */
    long nanoTime();

    /**
     * As {@link Object#wait(long)}: the caller holds {@code monitor} and is woken by a notification, after {@code nanos}
     * of this clock's monotonic time, or spuriously. Zero or less waits for a notification only.
     */
    void await(Object monitor, long nanos) throws InterruptedException;
}
