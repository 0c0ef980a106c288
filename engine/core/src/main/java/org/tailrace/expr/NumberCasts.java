package org.tailrace.expr;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;

/** Casts between numbers and booleans: dense loops where every value fits or wraps, else row by row. */
final class NumberCasts {
    private NumberCasts() {}

    /** The greatest value of a whole-number type. */
    static long limit(DataType type) {
        if (type == DataType.TINYINT) {
            return Byte.MAX_VALUE;
        }
        if (type == DataType.SMALLINT) {
            return Short.MAX_VALUE;
        }
        return type == DataType.INT ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    /** The low bits, as a whole-number type of at most 32 bits has them. */
    static int narrow(DataType type, long value) {
        if (type == DataType.TINYINT) {
            return (byte) value;
        }
        return type == DataType.SMALLINT ? (short) value : (int) value;
    }

    /** A loop without branches on values, or null if the pair has none. @param strict overflow is an error */
    static ScalarFunction.@Nullable Kernel dense(DataType from, DataType to, boolean strict) {
        boolean ints = from.storage() == org.tailrace.data.Storage.INT;
        if (ints && to == DataType.BIGINT) {
            return (arguments, count, result) -> {
                var in = (IntVector) arguments[0];
                var out = (LongVector) result;
                out.prepare(count);
                int[] source = in.values;
                long[] target = out.values;
                for (int i = 0, at = in.offset; i < count; i++, at++) {
                    target[i] = source[at];
                }
                out.andValidity(in);
            };
        }
        if (ints && to.isFractional()) {
            boolean single = to == DataType.FLOAT;
            return (arguments, count, result) -> {
                var in = (IntVector) arguments[0];
                var out = (DoubleVector) result;
                out.prepare(count);
                int[] source = in.values;
                double[] target = out.values;
                for (int i = 0, at = in.offset; i < count; i++, at++) {
                    target[i] = single ? (float) source[at] : source[at];
                }
                out.andValidity(in);
            };
        }
        if (from == DataType.BIGINT && to.isFractional()) {
            boolean single = to == DataType.FLOAT;
            return (arguments, count, result) -> {
                var in = (LongVector) arguments[0];
                var out = (DoubleVector) result;
                out.prepare(count);
                long[] source = in.values;
                double[] target = out.values;
                for (int i = 0, at = in.offset; i < count; i++, at++) {
                    target[i] = single ? (float) source[at] : source[at];
                }
                out.andValidity(in);
            };
        }
        if (from.isFractional() && to.isFractional()) {
            boolean single = to == DataType.FLOAT;
            return (arguments, count, result) -> {
                var in = (DoubleVector) arguments[0];
                var out = (DoubleVector) result;
                out.prepare(count);
                double[] source = in.values;
                double[] target = out.values;
                for (int i = 0, at = in.offset; i < count; i++, at++) {
                    target[i] = single ? (float) source[at] : source[at];
                }
                out.andValidity(in);
            };
        }
        if (ints && to.storage() == org.tailrace.data.Storage.INT && !to.equals(DataType.DATE)) {
            boolean widens = limit(from) <= limit(to);
            if (widens || !strict) {
                return (arguments, count, result) -> {
                    var in = (IntVector) arguments[0];
                    var out = (IntVector) result;
                    out.prepare(count);
                    int[] source = in.values;
                    int[] target = out.values;
                    for (int i = 0, at = in.offset; i < count; i++, at++) {
                        target[i] = narrow(to, source[at]);
                    }
                    out.andValidity(in);
                };
            }
        }
        return null;
    }

    static CastStep step(DataType from, DataType to, boolean ansi) {
        if (to == DataType.BOOLEAN) {
            return (in, row, out) -> {
                ((BooleanVector) out).values[row] = in instanceof IntVector ints
                        ? ints.values[in.offset + row] != 0
                        : in instanceof DoubleVector doubles
                                ? doubles.values[in.offset + row] != 0
                                : from == DataType.BIGINT
                                        ? ((LongVector) in).values[in.offset + row] != 0
                                        : Decimals.get(in, row).signum() != 0;
                return true;
            };
        }
        if (from == DataType.BOOLEAN) {
            return (in, row, out) -> {
                int value = ((BooleanVector) in).values[in.offset + row] ? 1 : 0;
                return set(out, row, value);
            };
        }
        if (to instanceof DataType.Decimal) {
            return toDecimal(from);
        }
        if (to.isFractional()) {
            boolean single = to == DataType.FLOAT;
            return (in, row, out) -> {
                BigDecimal value = Decimals.get(in, row);
                ((DoubleVector) out).values[row] = single ? value.floatValue() : value.doubleValue();
                return true;
            };
        }
        if (to == DataType.BINARY) {
            return (in, row, out) -> {
                long value = in instanceof LongVector longs
                        ? longs.values[in.offset + row]
                        : ((IntVector) in).values[in.offset + row];
                int bytes = from == DataType.TINYINT ? 1 : from == DataType.SMALLINT ? 2 : from == DataType.INT ? 4 : 8;
                byte[] big = new byte[bytes];
                for (int i = 0; i < bytes; i++) {
                    big[i] = (byte) (value >>> 8 * (bytes - 1 - i));
                }
                ((BytesVector) out).set(row, big);
                return true;
            };
        }
        return toWhole(from, to, ansi);
    }

    private static CastStep toDecimal(DataType from) {
        if (from.isFractional()) {
            return (in, row, out) -> {
                double value = ((DoubleVector) in).values[in.offset + row];
                if (Double.isNaN(value) || Double.isInfinite(value)) {
                    // As in Spark, in ANSI mode too.
                    out.setNull(row);
                    return true;
                }
                return Decimals.set(out, row, BigDecimal.valueOf(value));
            };
        }
        if (from instanceof DataType.Decimal) {
            return (in, row, out) -> Decimals.set(out, row, Decimals.get(in, row));
        }
        return (in, row, out) -> {
            long value = in instanceof LongVector longs
                    ? longs.values[in.offset + row]
                    : ((IntVector) in).values[in.offset + row];
            return set(out, row, value);
        };
    }

    /** Writes a whole number under any numeric type. */
    private static boolean set(Vector out, int row, long value) {
        if (out.type instanceof DataType.Decimal type) {
            if (out instanceof LongVector longs && type.scale() <= 18 && Math.abs(value) < 1_000_000_000L) {
                int room = type.precision() - type.scale();
                if (room < 9 && Math.abs(value) >= Decimals.TENS[room]) {
                    return false;
                }
                if (type.scale() <= 9) {
                    longs.values[row] = value * Decimals.TENS[type.scale()];
                    return true;
                }
            }
            return Decimals.set(out, row, BigDecimal.valueOf(value));
        }
        if (out instanceof IntVector ints) {
            ints.values[row] = (int) value;
        } else if (out instanceof LongVector longs) {
            longs.values[row] = value;
        } else {
            ((DoubleVector) out).values[row] = value;
        }
        return true;
    }

    private static CastStep toWhole(DataType from, DataType to, boolean ansi) {
        long limit = limit(to);
        if (from.isFractional()) {
            return (in, row, out) -> {
                double value = ((DoubleVector) in).values[in.offset + row];
                // (long) and (int) saturate; the smaller types take the low bits of an int, as Java and Spark do.
                long whole = to == DataType.BIGINT ? (long) value : narrow(to, (int) value);
                set(out, row, whole);
                return !ansi || Math.floor(value) <= limit && Math.ceil(value) >= -(double) limit - 1;
            };
        }
        if (from instanceof DataType.Decimal) {
            return (in, row, out) -> {
                BigDecimal value = Decimals.get(in, row).setScale(0, RoundingMode.DOWN);
                boolean fits = value.precision() <= 19
                        && value.compareTo(BigDecimal.valueOf(limit)) <= 0
                        && value.compareTo(BigDecimal.valueOf(-limit - 1)) >= 0;
                long low = value.longValue();
                set(out, row, to == DataType.BIGINT ? low : narrow(to, low));
                return fits || !ansi;
            };
        }
        return (in, row, out) -> {
            long value = in instanceof LongVector longs
                    ? longs.values[in.offset + row]
                    : ((IntVector) in).values[in.offset + row];
            ((IntVector) out).values[row] = narrow(to, value);
            return !ansi || value <= limit && value >= -limit - 1;
        };
    }
}
