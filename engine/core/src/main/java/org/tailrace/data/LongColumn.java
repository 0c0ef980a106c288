package org.tailrace.data;

import org.jspecify.annotations.Nullable;

/** Long integers, microseconds, and unscaled decimals of up to 18 digits. */
public final class LongColumn extends Column {
    final long[] values;

    /** Takes the arrays over: they must not change any more. */
    public LongColumn(DataType type, long[] values, long @Nullable [] validity) {
        super(type, values.length, validity);
        this.values = values;
    }

    public long value(int row) {
        return values[row];
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : Values.fromLong(type(), values[row]);
    }
}
