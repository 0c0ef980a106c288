package org.tailrace.exec;

import org.tailrace.data.LongVector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/** Notes the event times of rows that pass. NULLs do not count. */
final class WatermarkOp implements RowOp {
    private final EventTimes times;
    private final int column;
    private final int arrivalColumn;

    /** @param arrivalColumn timestamp of a replayed row's arrival; −1 if rows arrive with their batch */
    WatermarkOp(EventTimes times, int column, int arrivalColumn) {
        this.times = times;
        this.column = column;
        this.arrivalColumn = arrivalColumn;
    }

    @Override
    public void apply(VectorBatch rows, Rows out) throws Exception {
        note((LongVector) rows.columns[column], rows);
        out.accept(rows);
    }

    private void note(LongVector vector, VectorBatch rows) {
        long[] values = vector.values;
        int offset = vector.offset;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        long count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (!vector.isNull(i)) {
                long time = values[offset + i];
                min = Math.min(min, time);
                max = Math.max(max, time);
                count++;
            }
        }
        if (count > 0) {
            times.note(count, min, max);
            sample(vector, rows);
        }
    }

    private void sample(LongVector vector, VectorBatch rows) {
        LongVector arrivals = arrivalColumn < 0 ? null : (LongVector) rows.columns[arrivalColumn];
        long batchTime = times.batchTimeMs() * 1000;
        long limit = times.pointLimit();
        long[] values = vector.values;
        int offset = vector.offset;
        for (int i = 0; i < rows.size; i++) {
            long time = values[offset + i];
            long arrival = arrivals == null || arrivals.isNull(i) ? batchTime : arrivals.values[arrivals.offset + i];
            long hash = PointSample.hash(time, arrival);
            if (hash < limit && !vector.isNull(i)) {
                times.offer(hash, time, arrival);
                limit = times.pointLimit();
            }
        }
    }
}
