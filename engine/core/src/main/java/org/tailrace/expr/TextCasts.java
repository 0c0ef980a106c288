package org.tailrace.expr;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.OptionalLong;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.text.DateText;
import org.tailrace.data.text.IntervalText;
import org.tailrace.data.text.NumberText;
import org.tailrace.data.text.TimestampText;
import org.tailrace.data.text.ValueText;

/** Casts to and from text. */
final class TextCasts {
    private TextCasts() {}

    static CastStep print(EvalContext context) {
        var buffer = new StringBuilder();
        ZoneId zone = context.zone();
        return (in, row, out) -> {
            if (in.type == DataType.BINARY) {
                var bytes = (BytesVector) in;
                ((BytesVector) out).set(row, bytes.data(), bytes.start(row), bytes.end(row));
                return true;
            }
            buffer.setLength(0);
            ValueText.print(in, row, zone, buffer);
            ((BytesVector) out).set(row, buffer.toString().getBytes(StandardCharsets.UTF_8));
            return true;
        };
    }

    static CastStep parse(DataType to, ZoneId zone, boolean ansi) {
        if (to == DataType.BOOLEAN) {
            return (in, row, out) -> {
                switch (((BytesVector) in).string(row).trim().toLowerCase(Locale.ROOT)) {
                    case "t", "true", "y", "yes", "1" -> ((BooleanVector) out).values[row] = true;
                    case "f", "false", "n", "no", "0" -> ((BooleanVector) out).values[row] = false;
                    default -> {
                        return false;
                    }
                }
                return true;
            };
        }
        if (to.isIntegral()) {
            return whole(to, ansi);
        }
        if (to.isFractional()) {
            var reader = new NumberText();
            boolean single = to == DataType.FLOAT;
            return (in, row, out) -> {
                var bytes = (BytesVector) in;
                if (!reader.readDouble(bytes.data(), bytes.start(row), bytes.end(row))) {
                    return false;
                }
                ((DoubleVector) out).values[row] = single ? (float) reader.real : reader.real;
                return true;
            };
        }
        if (to instanceof DataType.Decimal) {
            return (in, row, out) -> {
                BigDecimal value = NumberText.decimal(((BytesVector) in).string(row));
                if (value == null) {
                    return false;
                }
                Decimals.setOrFail(out, row, value, ansi);
                return true;
            };
        }
        return time(to, zone);
    }

    private static CastStep whole(DataType to, boolean ansi) {
        var reader = new NumberText();
        long limit = NumberCasts.limit(to);
        return (in, row, out) -> {
            var bytes = (BytesVector) in;
            byte[] data = bytes.data();
            int start = bytes.start(row);
            int end = bytes.end(row);
            if (!(ansi ? reader.readLong(data, start, end) : reader.readLongCut(data, start, end))) {
                return false;
            }
            long value = reader.whole;
            if (value > limit || value < -limit - 1) {
                return false;
            }
            if (out instanceof LongVector longs) {
                longs.values[row] = value;
            } else {
                ((IntVector) out).values[row] = (int) value;
            }
            return true;
        };
    }

    private static CastStep time(DataType to, ZoneId zone) {
        if (to == DataType.DATE) {
            return (in, row, out) -> {
                var bytes = (BytesVector) in;
                int days = DateText.parse(bytes.data(), bytes.start(row), bytes.end(row));
                ((IntVector) out).values[row] = days;
                return days != DateText.INVALID;
            };
        }
        if (to == DataType.TIMESTAMP || to == DataType.TIMESTAMP_NTZ) {
            boolean local = to == DataType.TIMESTAMP_NTZ;
            return (in, row, out) -> {
                var bytes = (BytesVector) in;
                byte[] data = bytes.data();
                long micros = local
                        ? TimestampText.parseLocal(data, bytes.start(row), bytes.end(row))
                        : TimestampText.parse(data, bytes.start(row), bytes.end(row), zone);
                ((LongVector) out).values[row] = micros;
                return micros != TimestampText.INVALID;
            };
        }
        if (to instanceof DataType.DayTimeInterval) {
            return (in, row, out) -> {
                OptionalLong micros = IntervalText.dayTime(((BytesVector) in).string(row));
                ((LongVector) out).values[row] = micros.orElse(0);
                return micros.isPresent();
            };
        }
        return (in, row, out) -> {
            OptionalLong months = IntervalText.yearMonth(((BytesVector) in).string(row));
            ((IntVector) out).values[row] = (int) months.orElse(0);
            return months.isPresent();
        };
    }
}
