package org.tailrace.expr.builtin;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.TimestampText;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code date_trunc(unit, time)}: the start of the unit that a time is in, on the clocks of the session's zone. */
final class Truncate extends Described implements ScalarFunction {

    /** Units below a day have a length; the others are periods of the calendar. */
    private enum Unit {
        MICROSECOND(1),
        MILLISECOND(1_000),
        SECOND(1_000_000),
        MINUTE(60_000_000L),
        HOUR(3_600_000_000L),
        DAY(Interval.MICROS_PER_DAY),
        WEEK(0),
        MONTH(0),
        QUARTER(0),
        YEAR(0);

        private final long micros;

        Unit(long micros) {
            this.micros = micros;
        }

        static @Nullable Unit of(String name) {
            switch (name.toUpperCase(Locale.ROOT)) {
                case "MICROSECOND":
                    return MICROSECOND;
                case "MILLISECOND":
                    return MILLISECOND;
                case "SECOND":
                    return SECOND;
                case "MINUTE":
                    return MINUTE;
                case "HOUR":
                    return HOUR;
                case "DAY", "DD":
                    return DAY;
                case "WEEK":
                    return WEEK;
                case "MONTH", "MON", "MM":
                    return MONTH;
                case "QUARTER":
                    return QUARTER;
                case "YEAR", "YYYY", "YY":
                    return YEAR;
                default:
                    return null;
            }
        }

        LocalDate start(LocalDate date) {
            switch (this) {
                case WEEK:
                    return date.minusDays(date.getDayOfWeek().getValue() - 1L);
                case MONTH:
                    return date.withDayOfMonth(1);
                case QUARTER:
                    return date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / 3 * 3 + 1);
                case YEAR:
                    return date.withDayOfYear(1);
                default:
                    return date;
            }
        }
    }

    Truncate() {
        super(
                "date_trunc",
                "date_trunc(unit, time)",
                "The start of the year, quarter, month, week, day, hour, minute or second that a time is in.",
                "date_trunc('HOUR', timestamp'2015-03-05 09:32:05')");
    }

    /** {@code trunc(date, unit)}: of dates, from the week up. */
    static Function ofDate() {
        return Strict.of(
                "trunc",
                "trunc(day date, unit string) -> date?",
                "The first day of the year, quarter, month or week that a date is in.",
                "trunc(date'2019-08-04', 'week')",
                (v, i, out) -> {
                    Unit unit = Unit.of(Cell.text(v[1], i));
                    if (unit == null || unit.micros > 0) {
                        out.setNull(i);
                    } else {
                        Cell.put(
                                out,
                                i,
                                unit.start(LocalDate.ofEpochDay(Cell.whole(v[0], i)))
                                        .toEpochDay());
                    }
                });
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        DataType unit = arguments.get(0).type();
        if (!Coercion.implicit(unit, DataType.STRING)) {
            throw new TypeMismatch("needs a unit such as 'HOUR', not " + unit, 0);
        }
        DataType time = arguments.get(1).type();
        if (time != DataType.STRING
                && time != DataType.VOID
                && time != DataType.DATE
                && time != DataType.TIMESTAMP
                && time != DataType.TIMESTAMP_NTZ) {
            throw new TypeMismatch("needs a timestamp, not " + time, 1);
        }
        return new Signature(List.of(DataType.STRING, DataType.TIMESTAMP), DataType.TIMESTAMP, true);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        ZoneId zone = context.zone();
        boolean fixed = zone.getRules().isFixedOffset();
        long shift = fixed ? TimestampText.toWall(0, zone) : 0;
        if (arguments.get(0) instanceof Typed.Constant constant && constant.value() instanceof String name) {
            Unit unit = Unit.of(name);
            if (unit != null && unit.micros > 0 && fixed) {
                return (vectors, count, out) ->
                        dense((LongVector) vectors[1], count, (LongVector) out, unit.micros, shift);
            }
        }
        return Strict.kernel((v, i, out) -> {
            Unit unit = Unit.of(Cell.text(v[0], i));
            if (unit == null) {
                out.setNull(i);
            } else {
                Cell.put(out, i, truncate(Cell.whole(v[1], i), unit, zone));
            }
        });
    }

    private static void dense(LongVector in, int count, LongVector out, long unit, long shift) {
        out.prepare(count);
        for (int row = 0, at = in.offset; row < count; row++, at++) {
            long wall = in.values[at] + shift;
            out.values[row] = wall - Math.floorMod(wall, unit) - shift;
        }
        out.andValidity(in);
    }

    private static long truncate(long micros, Unit unit, ZoneId zone) {
        long wall = TimestampText.toWall(micros, zone);
        if (unit.micros > 0 && unit != Unit.DAY) {
            // The clock's offset stays: an hour that a zone repeats is truncated within itself.
            return micros - Math.floorMod(wall, unit.micros);
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(wall, Interval.MICROS_PER_DAY));
        return TimestampText.toInstant(unit.start(date).toEpochDay() * Interval.MICROS_PER_DAY, zone);
    }
}
