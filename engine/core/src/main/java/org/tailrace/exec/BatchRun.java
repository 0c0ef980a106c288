package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.Clock;
import org.tailrace.report.BadRow;
import org.tailrace.spi.BatchReader;

/** One batch on its way through the operators: what they may read of it, and what they note. The query's thread only. */
final class BatchRun {
    private static final int BAD_SAMPLES = 100;

    final BatchContext context;
    final long[] sourceRows;
    final long[] badSourceRows;
    final List<BadRow> badSamples = new ArrayList<>();
    long skippedRows;
    /** Which source is being read; rows of different sources are pre-aggregated apart. */
    int block;

    private final PhysicalPlan.Inputs inputs;
    private final Clock clock;
    private long since;
    private @Nullable Operator current;

    BatchRun(BatchContext context, PhysicalPlan.Inputs inputs, int sources, Clock clock) {
        this.context = context;
        this.inputs = inputs;
        this.clock = clock;
        sourceRows = new long[sources];
        badSourceRows = new long[sources];
        since = clock.nanoTime();
    }

    BatchReader open(PhysicalPlan.SourceNode node) throws Exception {
        block++;
        return inputs.open(node);
    }

    /** Sources do not know the batch's number. */
    void noteBad(BadRow row) {
        if (badSamples.size() < BAD_SAMPLES) {
            badSamples.add(new BadRow(context.batchId(), row.source(), row.position(), row.raw(), row.reason()));
        }
    }

    /** From here on time is spent in {@code next}; returns who spent it before. */
    @Nullable
    Operator enter(@Nullable Operator next) {
        long now = clock.nanoTime();
        Operator before = current;
        if (before != null) {
            before.nanos += now - since;
        }
        since = now;
        current = next;
        return before;
    }
}
