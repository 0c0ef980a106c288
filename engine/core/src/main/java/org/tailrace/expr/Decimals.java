package org.tailrace.expr;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Decimal128Vector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.data.text.NumberText;

/** Decimals in and out of vectors, whichever way they are stored. */
public final class Decimals {
    static final long[] TENS = new long[19];

    static {
        long ten = 1;
        for (int i = 0; i < TENS.length; i++, ten *= 10) {
            TENS[i] = ten;
        }
    }

    private Decimals() {}

    /** 10 to the power of {@code exponent}, 0 to 18. */
    public static long tenTo(int exponent) {
        return TENS[exponent];
    }

    public static BigDecimal get(Vector vector, int row) {
        int scale = ((DataType.Decimal) vector.type).scale();
        return vector instanceof LongVector longs
                ? BigDecimal.valueOf(longs.values[longs.offset + row], scale)
                : new BigDecimal(((Decimal128Vector) vector).unscaled(row), scale);
    }

    /** Rounds half up and writes; false, and nothing written, if the value has too many digits for the type. */
    public static boolean set(Vector out, int row, BigDecimal value) {
        var type = (DataType.Decimal) out.type;
        BigInteger unscaled = NumberText.unscaled(value, type.precision(), type.scale());
        if (unscaled == null) {
            return false;
        }
        setUnscaled(out, row, unscaled);
        return true;
    }

    public static void setUnscaled(Vector out, int row, BigInteger unscaled) {
        if (out instanceof LongVector longs) {
            longs.values[row] = unscaled.longValue();
        } else {
            ((Decimal128Vector) out).set(row, unscaled);
        }
    }

    /** Writes, or does what the mode says where the value does not fit: an error, or NULL. */
    public static void setOrFail(Vector out, int row, @Nullable BigDecimal value, boolean ansi) {
        if (value == null) {
            out.setNull(row);
        } else if (!set(out, row, value)) {
            if (ansi) {
                throw Errors.decimalRange(value.toPlainString(), out.type);
            }
            out.setNull(row);
        }
    }
}
