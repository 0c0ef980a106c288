package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Booleans; also the NULLs of a bare {@code void}. */
public final class BooleanVector extends Vector {
    public boolean[] values = new boolean[0];
    private boolean[] own = values;

    public BooleanVector(DataType type) {
        super(type);
    }

    @Override
    public void view(Column column, int from, int count) {
        var source = (BooleanColumn) column;
        values = source.values;
        viewing(source, from, count);
        offset += source.offset;
    }

    @Override
    void ensure(int capacity, boolean keep) {
        if (own.length < capacity) {
            own = keep ? Arrays.copyOf(own, capacity) : new boolean[capacity];
        }
        values = own;
    }

    @Override
    public void gather(Vector source, int[] from, int count) {
        var other = (BooleanVector) source;
        boolean[] in = other.values;
        int base = other.offset;
        prepare(count);
        boolean[] out = values;
        for (int i = 0; i < count; i++) {
            out[i] = in[base + from[i]];
        }
        gatherValidity(source, from, count);
    }

    @Override
    public void append(Vector source, int row) {
        var other = (BooleanVector) source;
        append(other.values[other.offset + row], !other.isNull(row));
    }

    /** Appends a value, or NULL unless {@code valid}. */
    public void append(boolean value, boolean valid) {
        if (size == own.length) {
            ensure(grown(size), true);
        }
        own[size++] = value;
        appendValidity(valid);
    }

    @Override
    public void appendValue(@Nullable Object value) {
        append(value != null && (Boolean) value, value != null);
    }

    @Override
    public Column toColumn() {
        return new BooleanColumn(type, Arrays.copyOfRange(values, offset, offset + size), copyValidity());
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : (Object) values[offset + row];
    }
}
