package org.tailrace.data;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Decimals of more than 18 digits: the unscaled value in 128 bits, as a high and a low long. */
public final class Decimal128Column extends Column {
    final long[] high;
    final long[] low;

    /** Takes the arrays over. */
    public Decimal128Column(DataType type, long[] high, long[] low, long @Nullable [] validity) {
        super(type, high.length, validity);
        this.high = high;
        this.low = low;
    }

    @Override
    public @Nullable Object get(int row) {
        return isNull(row)
                ? null
                : new BigDecimal(Decimal128Vector.unscaled(high[row], low[row]), ((DataType.Decimal) type()).scale());
    }
}
