package org.tailrace.function;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of one key during a call. A timeout is set for one call: each call that wants one sets it again.
 *
 * @param <S> what is kept; a {@code data.Row} below the DSL, a record above
 */
public interface GroupState<S> {
    Optional<S> get();

    default boolean exists() {
        return get().isPresent();
    }

    default S orElse(S other) {
        return get().orElse(other);
    }

    void set(S state);

    void remove();

    /** Whether this call is for a timeout and not for rows. */
    boolean timedOut();

    /** The watermark that this batch uses, milliseconds since the epoch; 0 before the first. */
    long watermarkMs();

    /** The batch time that was logged, milliseconds since the epoch. */
    long batchTimeMs();

    /**
     * Wakes the key in the first batch whose watermark is past this time.
     *
     * @throws IllegalArgumentException if the time is before the watermark
     * @throws UnsupportedOperationException if timeouts are not by event time
     */
    void timeoutAtMs(long eventTimeMs);

    /** As {@link #timeoutAtMs}. */
    default void timeoutAt(Instant eventTime) {
        timeoutAtMs(eventTime.toEpochMilli());
    }

    /**
     * Wakes the key in the first batch whose time is past this batch's plus this.
     *
     * @throws IllegalArgumentException if it is not positive
     * @throws UnsupportedOperationException if timeouts are not by processing time
     */
    void timeoutAfterMs(long processingMs);

    /** As {@link #timeoutAfterMs}. */
    default void timeoutAfter(Duration length) {
        timeoutAfterMs(length.toMillis());
    }
}
