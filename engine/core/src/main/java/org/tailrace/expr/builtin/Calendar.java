package org.tailrace.expr.builtin;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.TimestampText;

/** Days and wall-clock times in the proleptic Gregorian calendar. */
final class Calendar {
    private Calendar() {}

    /**
     * The same day of a later month, or that month's last day if it has none; days since the epoch.
     *
     * @throws ArithmeticException if there is no such date
     */
    static int addMonths(int days, long months) {
        try {
            return Math.toIntExact(LocalDate.ofEpochDay(days).plusMonths(months).toEpochDay());
        } catch (java.time.DateTimeException e) {
            throw new ArithmeticException("date out of range");
        }
    }

    /** The wall clock of a date, timestamp or timestamp without zone, in micros since the epoch. */
    static long wall(Vector vector, int row, ZoneId zone) {
        long value = Cell.whole(vector, row);
        if (vector.type == DataType.DATE) {
            return value * Interval.MICROS_PER_DAY;
        }
        return vector.type == DataType.TIMESTAMP ? TimestampText.toWall(value, zone) : value;
    }

    static LocalDate date(Vector vector, int row, ZoneId zone) {
        return LocalDate.ofEpochDay(Math.floorDiv(wall(vector, row, zone), Interval.MICROS_PER_DAY));
    }

    /** Back from a wall clock to the stored value of {@code type}. */
    static long fromWall(long wall, DataType type, ZoneId zone) {
        if (type == DataType.DATE) {
            return Math.floorDiv(wall, Interval.MICROS_PER_DAY);
        }
        return TimestampText.toInstant(wall, type == DataType.TIMESTAMP ? zone : ZoneOffset.UTC);
    }
}
