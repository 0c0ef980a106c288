package org.tailrace.data;

import org.jspecify.annotations.Nullable;

/** Java objects that bind to no schema. */
public final class ObjectColumn extends Column {
    final @Nullable Object[] values;

    /** Takes the array over. */
    public ObjectColumn(DataType type, @Nullable Object[] values, long @Nullable [] validity) {
        super(type, values.length, validity);
        this.values = values;
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : values[row];
    }
}
