package org.tailrace.data;

import org.jspecify.annotations.Nullable;

/** Small integers, days and months. */
public final class IntColumn extends Column {
    final int[] values;

    /** Takes the arrays over: they must not change any more. */
    public IntColumn(DataType type, int[] values, long @Nullable [] validity) {
        super(type, values.length, validity);
        this.values = values;
    }

    public int value(int row) {
        return values[row];
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : Values.fromInt(type(), values[row]);
    }
}
