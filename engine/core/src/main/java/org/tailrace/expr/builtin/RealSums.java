package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;

/** Sums and means of doubles, and means of bigints, which Spark sums as doubles: not exact, so never taken out. */
final class RealSums implements Accumulator {
    private final boolean mean;
    private double[] sums = new double[0];
    private long[] counts = new long[0];

    RealSums(boolean mean) {
        this.mean = mean;
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > sums.length) {
            int size = Math.max(groups, sums.length * 2);
            sums = Arrays.copyOf(sums, size);
            counts = Arrays.copyOf(counts, size);
        }
    }

    @Override
    public void reset(int group) {
        sums[group] = 0;
        counts[group] = 0;
    }

    @Override
    public void add(int[] groups, Vector[] arguments, int count) {
        double[] into = sums;
        long[] rows = counts;
        if (arguments[0] instanceof LongVector in) {
            for (int row = 0, at = in.offset; row < count; row++, at++) {
                if (!in.isNull(row)) {
                    into[groups[row]] += in.values[at];
                    rows[groups[row]]++;
                }
            }
            return;
        }
        var in = (DoubleVector) arguments[0];
        double[] values = in.values;
        if (in.validity == null) {
            for (int row = 0, at = in.offset; row < count; row++, at++) {
                into[groups[row]] += values[at];
                rows[groups[row]]++;
            }
        } else {
            for (int row = 0, at = in.offset; row < count; row++, at++) {
                if (!in.isNull(row)) {
                    into[groups[row]] += values[at];
                    rows[groups[row]]++;
                }
            }
        }
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        var source = (RealSums) other;
        for (int i = 0; i < count; i++) {
            sums[into[i]] += source.sums[from[i]];
            counts[into[i]] += source.counts[from[i]];
        }
    }

    @Override
    public void result(int[] groups, int count, Vector result) {
        var out = (DoubleVector) result;
        out.prepare(count);
        for (int i = 0; i < count; i++) {
            long rows = counts[groups[i]];
            out.values[i] = mean ? sums[groups[i]] / rows : sums[groups[i]];
            if (rows == 0) {
                out.setNull(i);
            }
        }
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(DataType.DOUBLE, DataType.BIGINT);
    }

    @Override
    public void save(int[] groups, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            ((DoubleVector) state[0]).append(sums[groups[i]], true);
            ((LongVector) state[1]).append(counts[groups[i]], true);
        }
    }

    @Override
    public void load(int[] groups, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            sums[groups[i]] = Cell.real(state[0], i);
            counts[groups[i]] = Cell.whole(state[1], i);
        }
    }
}
