package org.tailrace.expr.builtin;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.tailrace.data.DataType;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.TimestampText;
import org.tailrace.expr.Errors;
import org.tailrace.expr.Function.TypeMismatch;
import org.tailrace.expr.Typed;

/**
 * The units in which Spark adds to timestamps and takes their differences. Months and days are counted on the wall clock of
 * the session's zone, shorter units on the instants.
 */
enum CalendarUnit {
    MICROSECOND(ChronoUnit.MICROS, 0, 1),
    MILLISECOND(ChronoUnit.MILLIS, 0, 1000),
    SECOND(ChronoUnit.SECONDS, 0, 1_000_000),
    MINUTE(ChronoUnit.MINUTES, 0, 60_000_000),
    HOUR(ChronoUnit.HOURS, 0, 3_600_000_000L),
    DAY(ChronoUnit.DAYS, 0, Interval.MICROS_PER_DAY),
    DAYOFYEAR(ChronoUnit.DAYS, 0, Interval.MICROS_PER_DAY),
    WEEK(ChronoUnit.WEEKS, 0, 7 * Interval.MICROS_PER_DAY),
    MONTH(ChronoUnit.MONTHS, 1, 0),
    QUARTER(ChronoUnit.MONTHS, 3, 0),
    YEAR(ChronoUnit.YEARS, 12, 0);

    private final ChronoUnit between;
    /** In months, or 0 if the unit has a fixed length on the wall clock. */
    private final int months;

    private final long micros;

    CalendarUnit(ChronoUnit between, int months, long micros) {
        this.between = between;
        this.months = months;
        this.micros = micros;
    }

    /** The unit that the first argument of a call names. */
    static CalendarUnit of(Typed argument) {
        if (argument instanceof Typed.Constant constant && constant.value() instanceof String name) {
            for (CalendarUnit unit : values()) {
                if (unit.name().equals(name.toUpperCase(Locale.ROOT))) {
                    return unit;
                }
            }
        }
        throw new TypeMismatch(
                "needs a unit: YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND or MICROSECOND", 0);
    }

    /** So many units after a time in micros since the epoch. */
    long add(long time, long count, ZoneId zone) {
        try {
            long wall = TimestampText.toWall(time, zone);
            if (months > 0) {
                int days = (int) Math.floorDiv(wall, Interval.MICROS_PER_DAY);
                long later = Calendar.addMonths(days, Math.multiplyExact(count, months));
                return TimestampText.toInstant(
                        Math.addExact(
                                Math.multiplyExact(later, Interval.MICROS_PER_DAY),
                                Math.floorMod(wall, Interval.MICROS_PER_DAY)),
                        zone);
            }
            long added = Math.multiplyExact(count, micros);
            long ofDay = added % Interval.MICROS_PER_DAY;
            long days = added - ofDay;
            long start = days == 0 ? time : TimestampText.toInstant(Math.addExact(wall, days), zone);
            return Math.addExact(start, ofDay);
        } catch (ArithmeticException e) {
            throw Errors.overflow(DataType.TIMESTAMP, "");
        }
    }

    /** The whole units from one time on the wall clock to another. */
    long between(long start, long end) {
        long count = between.between(wall(start), wall(end));
        return this == QUARTER ? count / 3 : count;
    }

    private static LocalDateTime wall(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
    }
}
