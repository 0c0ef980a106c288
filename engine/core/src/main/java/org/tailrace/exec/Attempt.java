package org.tailrace.exec;

import org.jspecify.annotations.Nullable;
import org.tailrace.report.BatchReport.Timings;
import org.tailrace.state.OffsetRecord;

/** One attempt at one batch. The query's thread only. */
final class Attempt {
    /** Set by the first step. */
    @Nullable
    OffsetRecord offsets;

    @Nullable
    BatchContext context;

    @Nullable
    BatchResult result;

    /** The operators have been started, so the live state may have changed. */
    boolean ran;

    /** The batch is in the log as done: nothing undoes it. */
    boolean committed;

    final ResultCopy copy;
    private final long[] nanos = new long[BatchStep.values().length];

    Attempt(ResultCopy copy) {
        this.copy = copy;
    }

    OffsetRecord record() {
        OffsetRecord planned = offsets;
        if (planned == null) {
            throw new IllegalStateException("the batch has no plan yet");
        }
        return planned;
    }

    void took(BatchStep step, long nanosOfStep) {
        nanos[step.ordinal()] += nanosOfStep;
    }

    Timings timings() {
        return new Timings(
                nanos[BatchStep.PLAN.ordinal()],
                nanos[BatchStep.LOG.ordinal()],
                nanos[BatchStep.RUN.ordinal()],
                nanos[BatchStep.SAVE.ordinal()] + nanos[BatchStep.WRITE.ordinal()],
                nanos[BatchStep.COMMIT.ordinal()]);
    }
}
