package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Small integers, days and months. */
public final class IntVector extends Vector {
    public int[] values = new int[0];
    private int[] own = values;

    public IntVector(DataType type) {
        super(type);
    }

    @Override
    public void view(Column column, int from, int count) {
        var source = (IntColumn) column;
        values = source.values;
        viewing(source, from, count);
        offset += source.offset;
    }

    @Override
    void ensure(int capacity, boolean keep) {
        if (own.length < capacity) {
            own = keep ? Arrays.copyOf(own, capacity) : new int[capacity];
        }
        values = own;
    }

    @Override
    public void gather(Vector source, int[] from, int count) {
        var other = (IntVector) source;
        int[] in = other.values;
        int base = other.offset;
        prepare(count);
        int[] out = values;
        for (int i = 0; i < count; i++) {
            out[i] = in[base + from[i]];
        }
        gatherValidity(source, from, count);
    }

    @Override
    public void gather(Vector[] sources, int bits, int[] rows, int count) {
        prepare(count);
        int[] out = values;
        int mask = (1 << bits) - 1;
        boolean nulls = false;
        for (int i = 0; i < count; i++) {
            var source = (IntVector) sources[rows[i] >>> bits];
            out[i] = source.values[source.offset + (rows[i] & mask)];
            nulls |= source.validity != null;
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
        System.arraycopy(((IntVector) source).values, source.offset, own, size, count);
        size += count;
    }

    @Override
    public void append(Vector source, int row) {
        var other = (IntVector) source;
        append(other.values[other.offset + row], !other.isNull(row));
    }

    /** Appends a value, or NULL unless {@code valid}. */
    public void append(int value, boolean valid) {
        if (size == own.length) {
            ensure(grown(size), true);
        }
        own[size++] = value;
        appendValidity(valid);
    }

    @Override
    public void appendValue(@Nullable Object value) {
        append(value == null ? 0 : Values.toInt(type, value), value != null);
    }

    @Override
    public Column toColumn() {
        return new IntColumn(type, Arrays.copyOfRange(values, offset, offset + size), copyValidity());
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : Values.fromInt(type, values[offset + row]);
    }
}
