package org.tailrace.exec;

import org.jspecify.annotations.Nullable;
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
        LongVector arrivals = arrivalColumn < 0 ? null : (LongVector) rows.columns[arrivalColumn];
        long batchTime = times.batchTimeMs() * 1000;
        long salt = PointSample.salt(batchTime);
        long limit = times.pointLimit();
        long[] values = vector.values;
        int offset = vector.offset;
        boolean nulls = vector.validity != null;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        int count = rows.size;
        long offered = Long.MIN_VALUE;
        for (int i = 0; i < rows.size; i++) {
            if (nulls && vector.isNull(i)) {
                count--;
                continue;
            }
            long time = values[offset + i];
            // Branches, not Math.min and max: times are nearly sorted, so both are foreseen.
            if (time < min) {
                min = time;
            }
            if (time > max) {
                max = time;
            }
            if (arrivals != null) {
                salt = PointSample.salt(arrival(arrivals, i, batchTime));
            }
            if (PointSample.hash(time, salt) < limit && (time != offered || arrivals != null)) {
                offered = time;
                times.offer(PointSample.hash(time, salt), time, arrival(arrivals, i, batchTime));
                limit = times.pointLimit();
            }
        }
        if (count > 0) {
            times.note(count, min, max);
        }
    }

    private static long arrival(@Nullable LongVector arrivals, int row, long batchTime) {
        return arrivals == null || arrivals.isNull(row) ? batchTime : arrivals.values[arrivals.offset + row];
    }
}
