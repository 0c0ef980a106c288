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
        if (arrivals == null && vector.validity == null && rows.size > 0 && ascending(vector, rows.size)) {
            noteAscending(vector, rows.size);
        } else {
            noteAny(vector, rows.size, arrivals);
        }
    }

    /** Without a branch per row. Times before 1970 are taken for unsorted ones: differences of others cannot overflow. */
    private static boolean ascending(LongVector vector, int count) {
        long[] values = vector.values;
        int first = vector.offset;
        long negative = values[first];
        for (int i = first + 1; i < first + count; i++) {
            negative |= values[i] - values[i - 1] | values[i];
        }
        return negative >= 0;
    }

    /** The bounds are at the ends, and a time that many rows have is looked at once. */
    private void noteAscending(LongVector vector, int count) {
        long[] values = vector.values;
        int first = vector.offset;
        int end = first + count;
        vector.least = values[first];
        vector.greatest = values[end - 1];
        vector.bounded = true;
        times.note(count, vector.least, vector.greatest);
        long batchTime = times.batchTimeMs() * 1000;
        long salt = PointSample.salt(batchTime);
        long limit = times.pointLimit();
        int same = 1;
        for (int i = first; i < end; i += same) {
            long time = values[i];
            same = same(values, i, end, same);
            if (PointSample.hash(time, salt) < limit) {
                times.offer(PointSample.hash(time, salt), time, batchTime);
                limit = times.pointLimit();
            }
        }
    }

    /**
     * How many values from {@code from} on are equal, in ascending ones; first tries as many as were equal before, as a
     * steady stream has, then by steps that double and halve again.
     */
    private static int same(long[] values, int from, int end, int before) {
        long value = values[from];
        int guess = from + before;
        if (guess < end && values[guess - 1] == value && values[guess] != value) {
            return before;
        }
        int last = from;
        int step = 1;
        while (last + step < end && values[last + step] == value) {
            last += step;
            step <<= 1;
        }
        while (step > 1) {
            step >>= 1;
            if (last + step < end && values[last + step] == value) {
                last += step;
            }
        }
        return last + 1 - from;
    }

    private void noteAny(LongVector vector, int rows, @Nullable LongVector arrivals) {
        long batchTime = times.batchTimeMs() * 1000;
        long salt = PointSample.salt(batchTime);
        long limit = times.pointLimit();
        long[] values = vector.values;
        int offset = vector.offset;
        boolean nulls = vector.validity != null;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        int count = rows;
        long offered = Long.MIN_VALUE;
        for (int i = 0; i < rows; i++) {
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
        if (!nulls) {
            vector.least = min;
            vector.greatest = max;
            vector.bounded = true;
        }
    }

    private static long arrival(@Nullable LongVector arrivals, int row, long batchTime) {
        return arrivals == null || arrivals.isNull(row) ? batchTime : arrivals.values[arrivals.offset + row];
    }
}
