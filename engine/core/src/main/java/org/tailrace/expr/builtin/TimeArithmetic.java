package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Values;
import org.tailrace.data.Vector;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.TimestampText;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function.Signature;
import org.tailrace.expr.ScalarFunction;

/**
 * Sums and differences of dates, timestamps and intervals. A day-time interval is a length of 24-hour days, as Spark adds
 * it to a timestamp; months are those of the calendar in the session's zone.
 */
final class TimeArithmetic {
    private static final DataType DAYS =
            new DataType.DayTimeInterval(DataType.DayTimeInterval.DAY, DataType.DayTimeInterval.DAY);

    private TimeArithmetic() {}

    /** Null if the operation is not about times. */
    static @Nullable Signature resolve(Operator operator, DataType left, DataType right, boolean nullable) {
        if (operator == Operator.MULTIPLY) {
            if (interval(left) && (right.isNumeric() || right == DataType.STRING)) {
                return new Signature(List.of(left, number(right)), whole(left), nullable);
            }
            return interval(right) && (left.isNumeric() || left == DataType.STRING)
                    ? new Signature(List.of(number(left), right), whole(right), nullable)
                    : null;
        }
        boolean minus = operator == Operator.SUBTRACT;
        if (minus && time(left) && (time(right) || right == DataType.STRING)
                || minus && left == DataType.STRING && time(right)) {
            if (left == DataType.DATE && right == DataType.DATE) {
                return new Signature(List.of(left, right), DAYS, nullable);
            }
            DataType common = left == DataType.TIMESTAMP_NTZ && right == DataType.TIMESTAMP_NTZ
                    ? DataType.TIMESTAMP_NTZ
                    : DataType.TIMESTAMP;
            return new Signature(List.of(common, common), DataType.DAY_TIME, nullable);
        }
        if (time(left) && interval(right)) {
            DataType result = left == DataType.DATE
                            && right instanceof DataType.DayTimeInterval length
                            && length.to() > DataType.DayTimeInterval.DAY
                    ? DataType.TIMESTAMP
                    : left;
            return new Signature(List.of(left == DataType.DATE ? result : left, right), result, nullable);
        }
        if (!minus && interval(left) && time(right)) {
            Signature turned = resolve(operator, right, left, nullable);
            return turned == null
                    ? null
                    : new Signature(
                            List.of(
                                    turned.parameters().get(1),
                                    turned.parameters().get(0)),
                            turned.result(),
                            nullable);
        }
        if (left == DataType.DATE && (right.isIntegral() || right == DataType.VOID)) {
            return new Signature(List.of(left, DataType.INT), DataType.DATE, nullable);
        }
        if (!minus && right == DataType.DATE && left.isIntegral()) {
            return new Signature(List.of(DataType.INT, right), DataType.DATE, nullable);
        }
        if (left instanceof DataType.DayTimeInterval && right instanceof DataType.DayTimeInterval
                || left instanceof DataType.YearMonthInterval && right instanceof DataType.YearMonthInterval) {
            DataType common =
                    org.tailrace.expr.Coercion.common(left, right, true).orElseThrow();
            return new Signature(List.of(common, common), common, nullable);
        }
        return null;
    }

    private static boolean time(DataType type) {
        return type == DataType.DATE || type == DataType.TIMESTAMP || type == DataType.TIMESTAMP_NTZ;
    }

    private static boolean interval(DataType type) {
        return type instanceof DataType.DayTimeInterval || type instanceof DataType.YearMonthInterval;
    }

    private static DataType number(DataType type) {
        return type == DataType.STRING ? DataType.DOUBLE : type;
    }

    private static DataType whole(DataType interval) {
        return interval instanceof DataType.DayTimeInterval ? DataType.DAY_TIME : DataType.YEAR_MONTH;
    }

    static ScalarFunction.Kernel bind(
            Operator operator, DataType left, DataType right, DataType result, EvalContext context, Overflow overflow) {
        boolean attempt = overflow == Overflow.NULL;
        Strict.Step step;
        if (operator == Operator.MULTIPLY) {
            int length = interval(left) ? 0 : 1;
            step = (v, row, out) -> Cell.put(
                    out,
                    row,
                    rounded(
                            BigDecimal.valueOf(Cell.whole(v[length], row)).multiply(number(v[1 - length], row)),
                            result));
        } else if (interval(left) && time(right) || left == DataType.INT && right == DataType.DATE) {
            Strict.Step turned = step(operator, right, left, result, context.zone());
            step = (v, row, out) -> turned.apply(new Vector[] {v[1], v[0]}, row, out);
        } else {
            step = step(operator, left, right, result, context.zone());
        }
        Strict.Step checked = step;
        return Strict.kernel((v, row, out) -> {
            try {
                checked.apply(v, row, out);
            } catch (ArithmeticException e) {
                if (!attempt) {
                    throw Errors.overflow(result, operator.attempt);
                }
                out.setNull(row);
            }
        });
    }

    static BigDecimal number(Vector vector, int row) {
        return vector.type instanceof DataType.Decimal
                ? org.tailrace.expr.Decimals.get(vector, row)
                : vector.type.isFractional()
                        ? new BigDecimal(Cell.real(vector, row))
                        : BigDecimal.valueOf(Cell.whole(vector, row));
    }

    static long rounded(BigDecimal value, DataType type) {
        BigDecimal whole = value.setScale(0, RoundingMode.HALF_UP);
        return type instanceof DataType.YearMonthInterval ? whole.intValueExact() : whole.longValueExact();
    }

    private static Strict.Step step(Operator operator, DataType left, DataType right, DataType result, ZoneId zone) {
        int sign = operator == Operator.SUBTRACT ? -1 : 1;
        if (left == DataType.DATE && right == DataType.DATE) {
            return (v, row, out) ->
                    Cell.put(out, row, (Cell.whole(v[0], row) - Cell.whole(v[1], row)) * Interval.MICROS_PER_DAY);
        }
        if (left == DataType.DATE && right == DataType.INT) {
            // Days wrap around, as in Spark.
            return (v, row, out) ->
                    Cell.put(out, row, (long) (int) (Cell.whole(v[0], row) + sign * Cell.whole(v[1], row)));
        }
        if (left == DataType.DATE && right instanceof DataType.DayTimeInterval) {
            return (v, row, out) -> Cell.put(out, row, (long)
                    Math.toIntExact(Cell.whole(v[0], row) + sign * (Cell.whole(v[1], row) / Interval.MICROS_PER_DAY)));
        }
        if (right instanceof DataType.YearMonthInterval && time(left)) {
            return (v, row, out) -> {
                long months = sign * Cell.whole(v[1], row);
                long value = Cell.whole(v[0], row);
                Cell.put(
                        out,
                        row,
                        left == DataType.DATE
                                ? (long) Calendar.addMonths((int) value, months)
                                : addMonths(
                                        value, months, left == DataType.TIMESTAMP ? zone : java.time.ZoneOffset.UTC));
            };
        }
        if (left == DataType.TIMESTAMP
                && right instanceof DataType.DayTimeInterval
                && !zone.getRules().isFixedOffset()) {
            return (v, row, out) ->
                    Cell.put(out, row, addDayTime(Cell.whole(v[0], row), sign * Cell.whole(v[1], row), zone));
        }
        return (v, row, out) -> {
            long a = Cell.whole(v[0], row);
            long b = Cell.whole(v[1], row);
            long value = sign < 0 ? Math.subtractExact(a, b) : Math.addExact(a, b);
            Cell.put(out, row, result instanceof DataType.YearMonthInterval ? (long) Math.toIntExact(value) : value);
        };
    }

    /** Adds whole days on the wall clock of a zone, and then the rest as time that passes. */
    static long addDayTime(long micros, long dayTime, ZoneId zone) {
        long days = dayTime / Interval.MICROS_PER_DAY;
        if (days == 0) {
            return Math.addExact(micros, dayTime);
        }
        Instant moved = Values.instant(micros).atZone(zone).plusDays(days).toInstant();
        return Math.addExact(Values.micros(moved), dayTime % Interval.MICROS_PER_DAY);
    }

    /** Adds months to a timestamp on the wall clock of a zone. */
    static long addMonths(long micros, long months, ZoneId zone) {
        long wall = TimestampText.toWall(micros, zone);
        long days = Math.floorDiv(wall, Interval.MICROS_PER_DAY);
        long moved = Calendar.addMonths(Math.toIntExact(days), months);
        return TimestampText.toInstant(
                Math.addExact(
                        Math.multiplyExact(moved, Interval.MICROS_PER_DAY),
                        Math.floorMod(wall, Interval.MICROS_PER_DAY)),
                zone);
    }
}
