package org.tailrace.plan;

import org.tailrace.expr.Typed;

/** How event time is cut into windows: half-open, aligned to the epoch in UTC. */
public sealed interface WindowSpec {

    /** @param startMicros offset of the alignment from the epoch */
    record Tumbling(long sizeMicros, long startMicros) implements WindowSpec {}

    record Sliding(long sizeMicros, long slideMicros, long startMicros) implements WindowSpec {}

    /** @param gap a day-time interval; rows whose gap is not positive are dropped */
    record Session(Typed gap) implements WindowSpec {}
}
