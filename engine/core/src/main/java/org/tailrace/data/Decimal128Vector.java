package org.tailrace.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decimals of more than 18 digits: the unscaled value in 128 bits, as a high and a low long. */
public final class Decimal128Vector extends Vector {
    public long[] high = new long[0];
    public long[] low = new long[0];
    private long[] ownHigh = high;
    private long[] ownLow = low;

    public Decimal128Vector(DataType type) {
        super(type);
    }

    static BigInteger unscaled(long high, long low) {
        BigInteger value = BigInteger.valueOf(high).shiftLeft(64);
        BigInteger rest = BigInteger.valueOf(low);
        return value.add(low < 0 ? rest.add(BigInteger.ONE.shiftLeft(64)) : rest);
    }

    /** The unscaled value of a row. */
    public BigInteger unscaled(int row) {
        return unscaled(high[offset + row], low[offset + row]);
    }

    /** Sets a row of a prepared vector. */
    public void set(int row, BigInteger unscaled) {
        high[row] = unscaled.shiftRight(64).longValue();
        low[row] = unscaled.longValue();
    }

    @Override
    public void view(Column column, int from, int count) {
        var source = (Decimal128Column) column;
        high = source.high;
        low = source.low;
        viewing(source, from, count);
    }

    @Override
    void ensure(int capacity, boolean keep) {
        if (ownHigh.length < capacity) {
            ownHigh = keep ? Arrays.copyOf(ownHigh, capacity) : new long[capacity];
            ownLow = keep ? Arrays.copyOf(ownLow, capacity) : new long[capacity];
        }
        high = ownHigh;
        low = ownLow;
    }

    @Override
    public void gather(Vector source, int[] from, int count) {
        var other = (Decimal128Vector) source;
        long[] inHigh = other.high;
        long[] inLow = other.low;
        int base = other.offset;
        prepare(count);
        for (int i = 0; i < count; i++) {
            high[i] = inHigh[base + from[i]];
            low[i] = inLow[base + from[i]];
        }
        gatherValidity(source, from, count);
    }

    @Override
    public void append(Vector source, int row) {
        var other = (Decimal128Vector) source;
        append(other.high[other.offset + row], other.low[other.offset + row], !other.isNull(row));
    }

    public void append(long highBits, long lowBits, boolean valid) {
        if (size == ownHigh.length) {
            ensure(grown(size), true);
        }
        ownHigh[size] = highBits;
        ownLow[size++] = lowBits;
        appendValidity(valid);
    }

    @Override
    public void appendValue(@Nullable Object value) {
        if (value == null) {
            append(0, 0, false);
            return;
        }
        int scale = ((DataType.Decimal) type).scale();
        BigInteger unscaled =
                ((BigDecimal) value).setScale(scale, RoundingMode.HALF_UP).unscaledValue();
        append(unscaled.shiftRight(64).longValue(), unscaled.longValue(), true);
    }

    @Override
    public Column toColumn() {
        return new Decimal128Column(
                type,
                Arrays.copyOfRange(high, offset, offset + size),
                Arrays.copyOfRange(low, offset, offset + size),
                copyValidity());
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : new BigDecimal(unscaled(row), ((DataType.Decimal) type).scale());
    }
}
