package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.report.BatchReport.LateRow;

/** Rows that an operator dropped in a batch because the watermark had passed them: how many, and the first few. */
final class LateRows {
    private static final int SAMPLES = 20;

    /** Spark's count: rows, or for aggregates what is left of them after partial aggregation. */
    long dropped;
    /** Input rows that entered no window and no state. */
    long rows;

    final List<LateRow> samples = new ArrayList<>();

    void clear() {
        dropped = 0;
        rows = 0;
        samples.clear();
    }

    /** Counts an input row; says whether a sample is wanted. */
    boolean count() {
        rows++;
        return samples.size() < SAMPLES;
    }

    void sample(VectorBatch batch, int row, long timeMicros, long arrivalMs, String reason) {
        samples.add(new LateRow(Math.floorDiv(timeMicros, 1000L), arrivalMs, text(batch, row), reason));
    }

    /** Takes over the rows of another that come after these; not {@link #dropped}, which does not add up. */
    void append(LateRows later) {
        rows += later.rows;
        for (LateRow sample : later.samples) {
            if (samples.size() < SAMPLES) {
                samples.add(sample);
            }
        }
    }

    /** The values of a row; columns that nothing reads are not computed and left out. */
    static String text(VectorBatch batch, int row) {
        var out = new StringBuilder();
        for (Vector column : batch.columns) {
            if (column.size > row) {
                out.append(out.length() == 0 ? "" : ", ").append(column.get(row));
            }
        }
        return out.toString();
    }
}
