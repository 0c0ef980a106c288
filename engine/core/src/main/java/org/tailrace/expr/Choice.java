package org.tailrace.expr;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
     * negative. The sources have the storage of {@code out}; one that no row takes may be null.
     */
    public static void take(@Nullable Vector[] sources, int[] which, int[] at, int count, Vector out) {
        if (out instanceof LongVector longs) {
            longs.prepare(count);
            for (int i = 0; i < count; i++) {
                if (which[i] >= 0) {
                    var source = (LongVector) Objects.requireNonNull(sources[which[i]]);
                    longs.values[i] = source.values[source.offset + at[i]];
                }
            }
        } else if (out instanceof DoubleVector doubles) {
            doubles.prepare(count);
            for (int i = 0; i < count; i++) {
                if (which[i] >= 0) {
                    var source = (DoubleVector) Objects.requireNonNull(sources[which[i]]);
                    doubles.values[i] = source.values[source.offset + at[i]];
                }
            }
        } else if (out instanceof IntVector ints) {
            ints.prepare(count);
            for (int i = 0; i < count; i++) {
                if (which[i] >= 0) {
                    var source = (IntVector) Objects.requireNonNull(sources[which[i]]);
                    ints.values[i] = source.values[source.offset + at[i]];
                }
            }
        } else if (out instanceof BooleanVector booleans) {
            booleans.prepare(count);
            for (int i = 0; i < count; i++) {
                if (which[i] >= 0) {
                    var source = (BooleanVector) Objects.requireNonNull(sources[which[i]]);
                    booleans.values[i] = source.values[source.offset + at[i]];
                }
            }
        } else {
            spell(sources, which, at, count, out);
            return;
        }
        markNulls(sources, which, at, count, out);
    }

    /** The same for any kind of vector, value by value. */
    static void spell(@Nullable Vector[] sources, int[] which, int[] at, int count, Vector out) {
        out.prepare(0);
        for (int i = 0; i < count; i++) {
            if (which[i] >= 0) {
                out.append(Objects.requireNonNull(sources[which[i]]), at[i]);
            } else {
                out.appendValue(null);
            }
        }
    }

    static void markNulls(@Nullable Vector[] sources, int[] which, int[] at, int count, Vector out) {
        for (int i = 0; i < count; i++) {
            if (which[i] < 0 || Objects.requireNonNull(sources[which[i]]).isNull(at[i])) {
                out.setNull(i);
            }
        }
    }
}
