package org.tailrace.exec;

import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** Sorts out the rows that arrive on one side of a join of streams. One per thread. */
final class JoinArrivals {
    private final int time;
    private final TimeText text;
    private final VectorBatch intime;
    private final VectorBatch equal;
    private int[] some = new int[0];

    /** @param time the column by which rows are late; −1 for none */
    JoinArrivals(Schema schema, int time, TimeText text) {
        this.time = time;
        this.text = text;
        intime = VectorBatch.create(schema);
        equal = VectorBatch.create(schema);
    }

    /** The rows that are not late; those that are go to {@code late}. */
    VectorBatch inTime(VectorBatch rows, long lateWatermarkMs, long batchTimeMs, LateRows late) {
        if (time < 0) {
            return rows;
        }
        Vector column = rows.columns[time];
        long lateMicros = StatefulOperator.passedMicros(lateWatermarkMs);
        if (noneLate(column, rows.size, lateMicros)) {
            return rows;
        }
        some = Ints.room(some, rows.size);
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            long at = JoinSide.time(column, i);
            if (column.isNull(i) || at > lateMicros) {
                some[count++] = i;
            } else if (late.count()) {
                late.sample(rows, i, at, batchTimeMs, text.late(at, lateWatermarkMs));
            }
        }
        return part(rows, count, intime);
    }

    /** A quick look that finds most vectors in time; the time under a NULL may deceive it, which costs the long look only. */
    private static boolean noneLate(Vector column, int count, long lateMicros) {
        var in = (LongVector) (column instanceof StructVector window ? window.children[1] : column);
        if (in.bounded) {
            return in.least > lateMicros;
        }
        boolean late = false;
        for (int i = in.offset; i < in.offset + count; i++) {
            late |= in.values[i] <= lateMicros;
        }
        return !late;
    }

    /** The rows whose key can equal one. */
    VectorBatch withKeys(VectorBatch rows, JoinKeys keys, Vector[] columns) {
        if (keys.allEqual(columns)) {
            return rows;
        }
        some = Ints.room(some, rows.size);
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (!keys.unequal(columns, i)) {
                some[count++] = i;
            }
        }
        return part(rows, count, equal);
    }

    private VectorBatch part(VectorBatch rows, int count, VectorBatch target) {
        if (count == rows.size) {
            return rows;
        }
        Columns.gather(rows, some, count, target);
        return target;
    }
}
