package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Decimal128Vector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Decimals;
import org.tailrace.expr.Errors;

/** Sums and means of decimals, in 128 bits: exact, so rows can be taken out again. */
final class DecimalSums implements Accumulator {
    private static final long LOST = -1;

    private final int scale;
    private final DataType.Decimal sumType;
    private final DataType.Decimal result;
    private final boolean mean;
    private final Overflow overflow;
    private long[] high = new long[0];
    private long[] low = new long[0];
    private long[] counts = new long[0];

    DecimalSums(DataType.Decimal argument, DataType.Decimal result, boolean mean, Overflow overflow) {
        this.scale = argument.scale();
        this.sumType = Coercion.bounded(argument.precision() + 10, argument.scale());
        this.result = result;
        this.mean = mean;
        this.overflow = overflow;
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > low.length) {
            int size = Math.max(groups, low.length * 2);
            high = Arrays.copyOf(high, size);
            low = Arrays.copyOf(low, size);
            counts = Arrays.copyOf(counts, size);
        }
    }

    @Override
    public void reset(int group) {
        high[group] = 0;
        low[group] = 0;
        counts[group] = 0;
    }

    @Override
    public void add(int[] groups, Vector[] arguments, int count) {
        Vector in = arguments[0];
        if (in instanceof LongVector longs) {
            for (int row = 0, at = in.offset; row < count; row++, at++) {
                if (!in.isNull(row)) {
                    change(groups[row], longs.values[at] >> 63, longs.values[at], 1);
                }
            }
        } else {
            var wide = (Decimal128Vector) in;
            for (int row = 0, at = in.offset; row < count; row++, at++) {
                if (!in.isNull(row)) {
                    change(groups[row], wide.high[at], wide.low[at], 1);
                }
            }
        }
    }

    @Override
    public boolean retractable() {
        return true;
    }

    @Override
    public void retract(int[] groups, Vector[] arguments, int count) {
        Vector in = arguments[0];
        for (int row = 0, at = in.offset; row < count; row++, at++) {
            if (!in.isNull(row)) {
                if (in instanceof LongVector longs) {
                    take(groups[row], longs.values[at] >> 63, longs.values[at], 1);
                } else {
                    var wide = (Decimal128Vector) in;
                    take(groups[row], wide.high[at], wide.low[at], 1);
                }
            }
        }
    }

    private void change(int group, long valueHigh, long valueLow, long rows) {
        if (counts[group] == LOST) {
            return;
        }
        long newLow = low[group] + valueLow;
        long carry = Long.compareUnsigned(newLow, valueLow) < 0 ? 1 : 0;
        long oldHigh = high[group];
        long newHigh = oldHigh + valueHigh + carry;
        if (((oldHigh ^ newHigh) & (valueHigh ^ newHigh)) < 0) {
            if (overflow == Overflow.FAIL) {
                throw Errors.decimalRange("a sum", result);
            }
            counts[group] = LOST;
            return;
        }
        high[group] = newHigh;
        low[group] = newLow;
        counts[group] += rows;
    }

    private void take(int group, long valueHigh, long valueLow, long rows) {
        long oldLow = low[group];
        low[group] = oldLow - valueLow;
        high[group] -= valueHigh + (Long.compareUnsigned(oldLow, valueLow) < 0 ? 1 : 0);
        counts[group] -= rows;
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        var source = (DecimalSums) other;
        for (int i = 0; i < count; i++) {
            if (source.counts[from[i]] == LOST) {
                counts[into[i]] = LOST;
            } else {
                change(into[i], source.high[from[i]], source.low[from[i]], source.counts[from[i]]);
            }
        }
    }

    @Override
    public void unmerge(int[] into, Accumulator other, int[] from, int count) {
        var source = (DecimalSums) other;
        for (int i = 0; i < count; i++) {
            take(into[i], source.high[from[i]], source.low[from[i]], source.counts[from[i]]);
        }
    }

    @Override
    public void result(int[] groups, int count, Vector out) {
        out.prepare(count);
        for (int i = 0; i < count; i++) {
            BigDecimal sum = sum(groups[i]);
            if (sum == null) {
                out.setNull(i);
            } else if (mean) {
                BigDecimal rows = BigDecimal.valueOf(counts[groups[i]]);
                Decimals.setOrFail(
                        out, i, sum.divide(rows, result.scale(), RoundingMode.HALF_UP), overflow == Overflow.FAIL);
            } else {
                Decimals.setOrFail(out, i, sum, overflow == Overflow.FAIL);
            }
        }
    }

    private @Nullable BigDecimal sum(int group) {
        if (counts[group] == 0) {
            return null;
        }
        if (counts[group] == LOST) {
            return null;
        }
        BigInteger value =
                BigInteger.valueOf(high[group]).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low[group])));
        var sum = new BigDecimal(value, scale);
        if (sum.precision() > sumType.precision()) {
            if (overflow == Overflow.FAIL) {
                throw Errors.decimalRange(sum.toPlainString(), sumType);
            }
            return null;
        }
        return sum;
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(DataType.BIGINT, DataType.BIGINT, DataType.BIGINT);
    }

    @Override
    public void save(int[] groups, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            ((LongVector) state[0]).append(high[groups[i]], true);
            ((LongVector) state[1]).append(low[groups[i]], true);
            ((LongVector) state[2]).append(counts[groups[i]], true);
        }
    }

    @Override
    public void load(int[] groups, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            high[groups[i]] = Cell.whole(state[0], i);
            low[groups[i]] = Cell.whole(state[1], i);
            counts[groups[i]] = Cell.whole(state[2], i);
        }
    }
}
