package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.Errors;

/** Sums and means of whole numbers and intervals: exact, so rows can be taken out again. */
final class WholeSums implements Accumulator {
    /** In {@link #counts}: the sum did not fit, and NULL is the answer. */
    private static final long LOST = -1;

    private final boolean mean;
    private final DataType type;
    private final Overflow overflow;
    private long[] sums = new long[0];
    /** Values that are not NULL. */
    private long[] counts = new long[0];

    WholeSums(boolean mean, DataType type, Overflow overflow) {
        this.mean = mean;
        this.type = type;
        this.overflow = overflow;
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
        if (arguments[0] instanceof IntVector in) {
            boolean nulls = in.validity != null;
            int[] values = in.values;
            for (int row = 0, at = in.offset; row < count; row++, at++) {
                if (!nulls || !in.isNull(row)) {
                    change(groups[row], values[at], 1);
                }
            }
        } else {
            var in = (LongVector) arguments[0];
            boolean nulls = in.validity != null;
            long[] values = in.values;
            for (int row = 0, at = in.offset; row < count; row++, at++) {
                if (!nulls || !in.isNull(row)) {
                    change(groups[row], values[at], 1);
                }
            }
        }
    }

    @Override
    public boolean retractable() {
        return overflow != Overflow.NULL;
    }

    @Override
    public void retract(int[] groups, Vector[] arguments, int count) {
        Vector in = arguments[0];
        for (int row = 0; row < count; row++) {
            if (!in.isNull(row)) {
                take(groups[row], Cell.whole(in, row), 1);
            }
        }
    }

    private void change(int group, long value, long count) {
        long old = sums[group];
        long sum = old + value;
        if (((old ^ sum) & (value ^ sum)) < 0) {
            overflow(group);
            if (overflow == Overflow.NULL) {
                return;
            }
        }
        if (counts[group] != LOST) {
            sums[group] = sum;
            counts[group] += count;
        }
    }

    private void take(int group, long value, long count) {
        long old = sums[group];
        long sum = old - value;
        if (((old ^ value) & (old ^ sum)) < 0) {
            overflow(group);
        }
        sums[group] = sum;
        counts[group] -= count;
    }

    private void overflow(int group) {
        if (overflow == Overflow.FAIL) {
            throw Errors.overflow(type == DataType.DOUBLE ? DataType.BIGINT : type, mean ? "try_avg" : "try_sum");
        }
        if (overflow == Overflow.NULL) {
            counts[group] = LOST;
        }
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        var source = (WholeSums) other;
        for (int i = 0; i < count; i++) {
            if (source.counts[from[i]] == LOST) {
                counts[into[i]] = LOST;
            } else {
                change(into[i], source.sums[from[i]], source.counts[from[i]]);
            }
        }
    }

    @Override
    public void unmerge(int[] into, Accumulator other, int[] from, int count) {
        var source = (WholeSums) other;
        for (int i = 0; i < count; i++) {
            take(into[i], source.sums[from[i]], source.counts[from[i]]);
        }
    }

    @Override
    public void result(int[] groups, int count, Vector result) {
        result.prepare(count);
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            long rows = counts[group];
            if (rows <= 0) {
                result.setNull(i);
            } else if (!mean) {
                if (result instanceof IntVector && sums[group] != (int) sums[group]) {
                    throw Errors.overflow(type, "try_sum");
                }
                Cell.put(result, i, sums[group]);
            } else if (result instanceof DoubleVector doubles) {
                doubles.values[i] = (double) sums[group] / rows;
            } else {
                BigDecimal exact =
                        BigDecimal.valueOf(sums[group]).divide(BigDecimal.valueOf(rows), 0, RoundingMode.HALF_UP);
                Cell.put(result, i, exact.longValue());
            }
        }
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(DataType.BIGINT, DataType.BIGINT);
    }

    @Override
    public void save(int[] groups, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            ((LongVector) state[0]).append(sums[groups[i]], true);
            ((LongVector) state[1]).append(counts[groups[i]], true);
        }
    }

    @Override
    public void load(int[] groups, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            sums[groups[i]] = Cell.whole(state[0], i);
            counts[groups[i]] = Cell.whole(state[1], i);
        }
    }
}
