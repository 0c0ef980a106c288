package org.tailrace.expr;

import java.math.BigDecimal;
import java.time.ZoneId;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.TimestampText;

/** Casts between dates, timestamps and numbers of seconds. */
final class TimeCasts {
    private static final long MICROS = 1_000_000L;

    private TimeCasts() {}

    static CastStep step(DataType from, DataType to, ZoneId zone, boolean ansi) {
        if (from == DataType.DATE) {
            boolean local = to == DataType.TIMESTAMP_NTZ;
            return (in, row, out) -> {
                long wall = ((IntVector) in).values[in.offset + row] * Interval.MICROS_PER_DAY;
                ((LongVector) out).values[row] = local ? wall : TimestampText.toInstant(wall, zone);
                return true;
            };
        }
        if (to == DataType.DATE) {
            boolean local = from == DataType.TIMESTAMP_NTZ;
            return (in, row, out) -> {
                long micros = ((LongVector) in).values[in.offset + row];
                long wall = local ? micros : TimestampText.toWall(micros, zone);
                ((IntVector) out).values[row] = (int) Math.floorDiv(wall, Interval.MICROS_PER_DAY);
                return true;
            };
        }
        if (from == DataType.TIMESTAMP && to == DataType.TIMESTAMP_NTZ) {
            return (in, row, out) -> {
                ((LongVector) out).values[row] = TimestampText.toWall(((LongVector) in).values[in.offset + row], zone);
                return true;
            };
        }
        if (from == DataType.TIMESTAMP_NTZ) {
            return (in, row, out) -> {
                ((LongVector) out).values[row] =
                        TimestampText.toInstant(((LongVector) in).values[in.offset + row], zone);
                return true;
            };
        }
        return from == DataType.TIMESTAMP ? toNumber(to, ansi) : fromNumber(from, ansi);
    }

    private static CastStep toNumber(DataType to, boolean ansi) {
        if (to.isFractional()) {
            boolean single = to == DataType.FLOAT;
            return (in, row, out) -> {
                double seconds = ((LongVector) in).values[in.offset + row] / 1e6;
                ((DoubleVector) out).values[row] = single ? (float) seconds : seconds;
                return true;
            };
        }
        if (to instanceof DataType.Decimal) {
            return (in, row, out) ->
                    Decimals.set(out, row, BigDecimal.valueOf(((LongVector) in).values[in.offset + row], 6));
        }
        long limit = NumberCasts.limit(to);
        return (in, row, out) -> {
            long seconds = Math.floorDiv(((LongVector) in).values[in.offset + row], MICROS);
            if (out instanceof LongVector longs) {
                longs.values[row] = seconds;
                return true;
            }
            ((IntVector) out).values[row] = NumberCasts.narrow(to, seconds);
            return !ansi || seconds <= limit && seconds >= -limit - 1;
        };
    }

    private static CastStep fromNumber(DataType from, boolean ansi) {
        if (from.isFractional()) {
            return (in, row, out) -> {
                double seconds = ((DoubleVector) in).values[in.offset + row];
                double micros = seconds * 1e6;
                ((LongVector) out).values[row] = (long) micros;
                boolean some = !Double.isNaN(seconds) && !Double.isInfinite(seconds);
                // 2^63 is the first that a long cannot hold.
                return some && (!ansi || micros >= -0x1p63 && micros < 0x1p63);
            };
        }
        if (from instanceof DataType.Decimal) {
            return (in, row, out) -> {
                ((LongVector) out).values[row] =
                        Decimals.get(in, row).movePointRight(6).longValue();
                return true;
            };
        }
        return (in, row, out) -> {
            long seconds = in instanceof LongVector longs
                    ? longs.values[in.offset + row]
                    : ((IntVector) in).values[in.offset + row];
            ((LongVector) out).values[row] = seconds * MICROS;
            return Math.abs(seconds) <= Long.MAX_VALUE / MICROS;
        };
    }
}
