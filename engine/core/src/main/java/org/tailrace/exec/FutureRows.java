package org.tailrace.exec;

import java.util.Arrays;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.report.BadRow;

/**
 * Keeps rows aside whose event time lies further ahead of the batch's logged time than a source may be wrong: one clock
 * that is set wrong would move the watermark and make everything after it late. Such rows are counted and kept among the
 * bad rows; no operator sees them.
 */
final class FutureRows implements RowOp {
    private final EventTimes times;
    private final int column;
    private final long skewMs;
    private final VectorBatch part;
    private int[] kept = new int[0];

    FutureRows(EventTimes times, int column, long skewMs, Schema schema) {
        this.times = times;
        this.column = column;
        this.skewMs = skewMs;
        part = VectorBatch.create(schema);
    }

    @Override
    public void apply(VectorBatch rows, Rows out) throws Exception {
        long limit = (times.batchTimeMs() + skewMs) * 1000;
        var vector = (LongVector) rows.columns[column];
        kept = Ints.room(kept, rows.size);
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (vector.isNull(i) || vector.values[vector.offset + i] <= limit) {
                kept[count++] = i;
            } else {
                times.keepAside(new BadRow(
                        -1,
                        times.source(),
                        "event time",
                        LateRows.text(rows, i),
                        "its event time is more than " + Words.duration(skewMs) + " ahead of the batch's time"));
            }
        }
        if (count == rows.size) {
            out.accept(rows);
        } else if (count > 0) {
            Columns.gather(rows, Arrays.copyOf(kept, count), count, part);
            out.accept(part);
        }
    }
}
