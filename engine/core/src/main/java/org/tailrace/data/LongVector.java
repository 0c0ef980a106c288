package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Long integers, microseconds, and unscaled decimals of up to 18 digits. */
public final class LongVector extends Vector {
    public long[] values = new long[0];
    /** No row has less, if {@link #bounded}. */
    public long least;

    /** No row has more, if {@link #bounded}. */
    public long greatest;

    private long[] own = values;

    public LongVector(DataType type) {
        super(type);
    }

    @Override
    public void view(Column column, int from, int count) {
        var source = (LongColumn) column;
        values = source.values;
        viewing(source, from, count);
        offset += source.offset;
    }

    @Override
    void ensure(int capacity, boolean keep) {
        if (own.length < capacity) {
            own = keep ? Arrays.copyOf(own, capacity) : new long[capacity];
        }
        values = own;
    }

    @Override
    public void gather(Vector source, int[] from, int count) {
        var other = (LongVector) source;
        long[] in = other.values;
        int base = other.offset;
        prepare(count);
        long[] out = values;
        for (int i = 0; i < count; i++) {
            out[i] = in[base + from[i]];
        }
        gatherValidity(source, from, count);
    }

    @Override
    public void gather(Vector[] sources, int bits, int[] rows, int count) {
        prepare(count);
        long[] out = values;
        int mask = (1 << bits) - 1;
        boolean nulls = false;
        int segment = -1;
        long[] in = out;
        int base = 0;
        for (int i = 0; i < count; i++) {
            // Neighbours mostly lie in one segment.
            if (rows[i] >>> bits != segment) {
                segment = rows[i] >>> bits;
                var source = (LongVector) sources[segment];
                in = source.values;
                base = source.offset;
                nulls |= source.validity != null;
            }
            out[i] = in[base + (rows[i] & mask)];
        }
        if (nulls) {
            gatherValidity(sources, bits, rows, count);
        }
    }

    @Override
    public void appendAll(Vector source, int count) {
        if (validity != null || source.validity != null) {
            super.appendAll(source, count);
            return;
        }
        if (size + count > own.length) {
            ensure(Math.max(size + count, grown(size)), true);
        }
        System.arraycopy(((LongVector) source).values, source.offset, own, size, count);
        size += count;
        bounded = false;
    }

    @Override
    public void append(Vector source, int row) {
        var other = (LongVector) source;
        append(other.values[other.offset + row], !other.isNull(row));
    }

    /** Appends a value, or NULL unless {@code valid}. */
    public void append(long value, boolean valid) {
        if (size == own.length) {
            ensure(grown(size), true);
        }
        own[size++] = value;
        bounded = false;
        appendValidity(valid);
    }

    @Override
    public void appendValue(@Nullable Object value) {
        append(value == null ? 0 : Values.toLong(type, value), value != null);
    }

    @Override
    public Column toColumn() {
        return new LongColumn(type, Arrays.copyOfRange(values, offset, offset + size), copyValidity());
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : Values.fromLong(type, values[offset + row]);
    }
}
