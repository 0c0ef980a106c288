package org.tailrace.spi;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A source that is a replay: it has its own clock. The loop merges the clocks of a query's replays: it asks each for its
 * next arrival, takes the smallest, rounds it up to the batch interval and plans all sources up to that time.
 */
public interface VirtualTime {

    /** Arrival time of the first row after {@code from}, microseconds since the epoch; empty at the end. */
    OptionalLong nextArrivalMicros(@Nullable Offset from) throws Exception;

    /** Offset just after the last row that arrives at or before {@code timeMicros}. */
    Offset until(@Nullable Offset from, long timeMicros) throws Exception;

    /** The batch interval in virtual time, microseconds. */
    long intervalMicros();

    /** Wished batches a second in wall time when the trigger does not say; 0 for as fast as possible. */
    double speed();
}
