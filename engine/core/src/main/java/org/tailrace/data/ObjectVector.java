package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Java objects that bind to no schema; NULL is null. */
public final class ObjectVector extends Vector {
    public @Nullable Object[] values = new @Nullable Object[0];
    private @Nullable Object[] own = values;

    public ObjectVector(DataType type) {
        super(type);
    }

    @Override
    public void view(Column column, int from, int count) {
        var source = (ObjectColumn) column;
        values = source.values;
        viewing(source, from, count);
    }

    @Override
    void ensure(int capacity, boolean keep) {
        if (own.length < capacity) {
            own = keep ? Arrays.copyOf(own, capacity) : new @Nullable Object[capacity];
        }
        values = own;
    }

    @Override
    public void gather(Vector source, int[] from, int count) {
        var other = (ObjectVector) source;
        @Nullable Object[] in = other.values;
        int base = other.offset;
        prepare(count);
        for (int i = 0; i < count; i++) {
            values[i] = in[base + from[i]];
        }
        gatherValidity(source, from, count);
    }

    @Override
    public void append(Vector source, int row) {
        appendValue(source.get(row));
    }

    @Override
    public void appendValue(@Nullable Object value) {
        if (size == own.length) {
            ensure(grown(size), true);
        }
        own[size++] = value;
        appendValidity(value != null);
    }

    @Override
    public Column toColumn() {
        return new ObjectColumn(type, Arrays.copyOfRange(values, offset, offset + size), copyValidity());
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : values[offset + row];
    }
}
