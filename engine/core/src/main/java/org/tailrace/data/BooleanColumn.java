package org.tailrace.data;

import org.jspecify.annotations.Nullable;

/** Booleans; also the NULLs of a bare {@code void}. */
public final class BooleanColumn extends Column {
    final boolean[] values;

    /** Takes the arrays over: they must not change any more. */
    public BooleanColumn(DataType type, boolean[] values, long @Nullable [] validity) {
        super(type, values.length, validity);
        this.values = values;
    }

    public boolean value(int row) {
        return values[row];
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : (Object) values[row];
    }
}
