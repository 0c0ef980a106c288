package org.tailrace.function;

import java.util.Optional;
import org.tailrace.data.Row;

/** The state of one key during a call. */
public interface GroupState {
    Optional<Row> get();

    void set(Row state);

    void remove();

    /** Whether this call is for a timeout and not for rows. */
    boolean timedOut();

    /** The watermark that this batch uses, milliseconds since the epoch; 0 before the first. */
    long watermarkMs();

    /** The batch time that was logged, milliseconds since the epoch. */
    long batchTimeMs();

    /** Wakes the key when the watermark passes this time; only later than the watermark. */
    void timeoutAtMs(long eventTimeMs);

    /** Wakes the key when the batch time passes now plus this. */
    void timeoutAfterMs(long processingMs);
}
