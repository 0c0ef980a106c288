package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Doubles, and floats widened to doubles. */
public final class DoubleColumn extends Column {
    final double[] values;
    final int offset;

    /** Takes the arrays over: they must not change any more. */
    public DoubleColumn(DataType type, double[] values, long @Nullable [] validity) {
        this(type, values, 0, values.length, validity);
    }

    /** Rows of an array that holds others too. */
    DoubleColumn(DataType type, double[] values, int offset, int size, long @Nullable [] validity) {
        super(type, size, validity);
        this.values = values;
        this.offset = offset;
    }

    @Override
    Column slice(int from, int count) {
        return new DoubleColumn(type(), values, offset + from, count, validity(from, count));
    }

    @Override
    Column compact() {
        return size() == values.length
                ? this
                : new DoubleColumn(type(), Arrays.copyOfRange(values, offset, offset + size()), validity);
    }

    public double value(int row) {
        return values[offset + row];
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : Values.fromDouble(type(), values[offset + row]);
    }
}
