package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Long integers, microseconds, and unscaled decimals of up to 18 digits. */
public final class LongColumn extends Column {
    final long[] values;
    final int offset;

    /** Takes the arrays over: they must not change any more. */
    public LongColumn(DataType type, long[] values, long @Nullable [] validity) {
        this(type, values, 0, values.length, validity);
    }

    /** Rows of an array that holds others too. */
    LongColumn(DataType type, long[] values, int offset, int size, long @Nullable [] validity) {
        super(type, size, validity);
        this.values = values;
        this.offset = offset;
    }

    @Override
    Column slice(int from, int count) {
        return new LongColumn(type(), values, offset + from, count, validity(from, count));
    }

    @Override
    Column compact() {
        return size() == values.length
                ? this
                : new LongColumn(type(), Arrays.copyOfRange(values, offset, offset + size()), validity);
    }

    public long value(int row) {
        return values[offset + row];
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : Values.fromLong(type(), values[offset + row]);
    }
}
