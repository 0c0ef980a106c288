package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Booleans; also the NULLs of a bare {@code void}. */
public final class BooleanColumn extends Column {
    final boolean[] values;
    final int offset;

    /** Takes the arrays over: they must not change any more. */
    public BooleanColumn(DataType type, boolean[] values, long @Nullable [] validity) {
        this(type, values, 0, values.length, validity);
    }

    /** Rows of an array that holds others too. */
    BooleanColumn(DataType type, boolean[] values, int offset, int size, long @Nullable [] validity) {
        super(type, size, validity);
        this.values = values;
        this.offset = offset;
    }

    @Override
    Column slice(int from, int count) {
        return new BooleanColumn(type(), values, offset + from, count, validity(from, count));
    }

    @Override
    Column compact() {
        return size() == values.length
                ? this
                : new BooleanColumn(type(), Arrays.copyOfRange(values, offset, offset + size()), validity);
    }

    public boolean value(int row) {
        return values[offset + row];
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : (Object) values[offset + row];
    }
}
