package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Small integers, days and months. */
public final class IntColumn extends Column {
    final int[] values;
    final int offset;

    /** Takes the arrays over: they must not change any more. */
    public IntColumn(DataType type, int[] values, long @Nullable [] validity) {
        this(type, values, 0, values.length, validity);
    }

    /** Rows of an array that holds others too. */
    IntColumn(DataType type, int[] values, int offset, int size, long @Nullable [] validity) {
        super(type, size, validity);
        this.values = values;
        this.offset = offset;
    }

    @Override
    Column slice(int from, int count) {
        return new IntColumn(type(), values, offset + from, count, validity(from, count));
    }

    @Override
    Column compact() {
        return size() == values.length
                ? this
                : new IntColumn(type(), Arrays.copyOfRange(values, offset, offset + size()), validity);
    }

    public int value(int row) {
        return values[offset + row];
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : Values.fromInt(type(), values[offset + row]);
    }
}
