package org.tailrace.data;

import org.jspecify.annotations.Nullable;

/** Doubles, and floats widened to doubles. */
public final class DoubleColumn extends Column {
    final double[] values;

    /** Takes the arrays over: they must not change any more. */
    public DoubleColumn(DataType type, double[] values, long @Nullable [] validity) {
        super(type, values.length, validity);
        this.values = values;
    }

    public double value(int row) {
        return values[row];
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row) ? null : Values.fromDouble(type(), values[row]);
    }
}
