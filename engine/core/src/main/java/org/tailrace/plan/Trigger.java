package org.tailrace.plan;

/** When the next batch starts. */
public sealed interface Trigger {
    /** At multiples of the batch interval. */
    record Every(long intervalMs) implements Trigger {}

    /** Nothing was said: as fast as possible from live sources; a replay goes at the pace of its source. */
    record Default() implements Trigger {}

    /** As soon as the last one has ended and there is something to do; also a replay, which then has no pace. */
    record AsFastAsPossible() implements Trigger {}

    /** One batch with all that is there, then the end. */
    record Once() implements Trigger {}

    /** All that is there at the start, in batches of the source's limits, then the end. */
    record AvailableNow() implements Trigger {}

    /** When {@code step()} is called. */
    record Step() implements Trigger {}
}
