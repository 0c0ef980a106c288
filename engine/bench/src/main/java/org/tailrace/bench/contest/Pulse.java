package org.tailrace.bench.contest;

import org.tailrace.bench.data.Passing;

/** A system that says what a micro-batch costs, beside how many rows there are. */
public interface Pulse {

    /**
     * Runs {@link Passing#SQL} over all blocks, a batch each, and lets groups go as the watermark passes them.
     *
     * @param durable with a checkpoint, which a system may not be able to do without
     * @param answer if it keeps rows, all that were final go there: start of the window, key, count, sum
     */
    Beats beat(Passing data, boolean durable, Answer answer) throws Exception;

    /**
     * What the measured batches cost.
     *
     * @param nanos each, from the order to run it until it is reported
     * @param cpuNanos of the process, all together; −1 where it was not measured
     * @param allocated bytes, by all threads that took part, all together; −1 where it was not measured
     * @param stateRows groups kept at the end
     * @param limitNanos what the disk takes for two appends with an fsync each, measured between the batches; empty without
     *     a checkpoint
     */
    record Beats(long[] nanos, long cpuNanos, long allocated, long stateRows, long[] limitNanos) {}
}
