package org.tailrace.function;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The timers of one key, by event time or by processing time as the processor was started. A key has at most one timer
 * for a time. A timer comes once, in the first batch whose watermark or time has reached it, after the batch's rows.
 */
public interface Timers {
    /** The watermark that this batch uses, milliseconds since the epoch; 0 before the first. */
    long watermarkMs();

    /** The batch time that was logged, milliseconds since the epoch. */
    long batchTimeMs();

    /** @throws UnsupportedOperationException if the processor was started without a time */
    void registerMs(long timeMs);

    default void register(Instant time) {
        registerMs(time.toEpochMilli());
    }

    /** By processing time: this long after the batch time. By event time: after the watermark. */
    void registerAfter(Duration length);

    /** Does nothing if there is no such timer. */
    void deleteMs(long timeMs);

    default void delete(Instant time) {
        deleteMs(time.toEpochMilli());
    }

    /** Times of this key's timers, earliest first; while one comes, it is still among them. */
    List<Instant> list();
}
