package org.tailrace.expr;

import org.tailrace.data.BooleanVector;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;

/** Puts a vector together out of rows of several others. */
public final class Choice {
    private Choice() {}

    /**
     * Row i of {@code out} becomes row {@code at[i]} of {@code sources[which[i]]}, or NULL where {@code which[i]} is
     * negative. The sources have the storage of {@code out}.
     */
    public static void take(Vector[] sources, int[] which, int[] at, int count, Vector out) {
        if (out instanceof LongVector longs) {
            longs.prepare(count);
            for (int i = 0; i < count; i++) {
                if (which[i] >= 0) {
                    var source = (LongVector) sources[which[i]];
                    longs.values[i] = source.values[source.offset + at[i]];
                }
            }
        } else if (out instanceof DoubleVector doubles) {
            doubles.prepare(count);
            for (int i = 0; i < count; i++) {
                if (which[i] >= 0) {
                    var source = (DoubleVector) sources[which[i]];
                    doubles.values[i] = source.values[source.offset + at[i]];
                }
            }
        } else if (out instanceof IntVector ints) {
            ints.prepare(count);
            for (int i = 0; i < count; i++) {
                if (which[i] >= 0) {
                    var source = (IntVector) sources[which[i]];
                    ints.values[i] = source.values[source.offset + at[i]];
                }
            }
        } else if (out instanceof BooleanVector booleans) {
            booleans.prepare(count);
            for (int i = 0; i < count; i++) {
                if (which[i] >= 0) {
                    var source = (BooleanVector) sources[which[i]];
                    booleans.values[i] = source.values[source.offset + at[i]];
                }
            }
        } else {
            out.prepare(0);
            for (int i = 0; i < count; i++) {
                if (which[i] >= 0) {
                    out.append(sources[which[i]], at[i]);
                } else {
                    out.appendValue(null);
                }
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            if (which[i] < 0 || sources[which[i]].isNull(at[i])) {
                out.setNull(i);
            }
        }
    }
}
