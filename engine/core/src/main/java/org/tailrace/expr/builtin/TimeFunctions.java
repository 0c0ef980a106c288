package org.tailrace.expr.builtin;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.text.DateText;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.TimestampText;
import org.tailrace.expr.Decimals;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;

/** Functions of dates and timestamps. Dates of timestamps are those of the session's zone. */
final class TimeFunctions {
    private static final long SECOND = 1_000_000L;

    private TimeFunctions() {}

    static List<Function> all() {
        var all = new ArrayList<Function>();
        DateField.addTo(all);
        calendar(all);
        making(all);
        epochs(all);
        zones(all);
        all.addAll(Now.ALL);
        all.add(new TimestampAdd());
        all.add(new TimestampDiff());
        all.add(new Truncate());
        all.addAll(TimeText.all());
        return all;
    }

    private static void calendar(List<Function> all) {
        all.add(days(
                "date_add dateadd",
                "date_add(start date, days int) -> date",
                "So many days later.",
                "date_add(date'2016-07-30', 1)",
                1));
        all.add(days(
                "date_sub",
                "date_sub(start date, days int) -> date",
                "So many days earlier.",
                "date_sub(date'2016-07-30', 1)",
                -1));
        all.add(Strict.of(
                "datediff date_diff",
                "datediff(end date, start date) -> int",
                "The days from the second date to the first.",
                "datediff(date'2009-07-31', date'2009-07-30')",
                (v, i, out) -> Cell.put(out, i, Cell.whole(v[0], i) - Cell.whole(v[1], i))));
        all.add(Strict.failing(
                "add_months",
                "add_months(start date, months int) -> date",
                "So many months later, on the last day where there is no such day.",
                "add_months(date'2016-08-31', 1)",
                (a, r, c) -> (v, i, out) -> {
                    try {
                        Cell.put(out, i, (long) Calendar.addMonths(Cell.integer(v[0], i), Cell.integer(v[1], i)));
                    } catch (ArithmeticException e) {
                        throw Errors.overflow(DataType.DATE, "");
                    }
                }));
        all.add(Strict.of(
                "last_day",
                "last_day(day date) -> date",
                "The last day of the month.",
                "last_day(date'2009-01-12')",
                (v, i, out) -> Cell.put(
                        out,
                        i,
                        LocalDate.ofEpochDay(Cell.integer(v[0], i))
                                .with(TemporalAdjusters.lastDayOfMonth())
                                .toEpochDay())));
        all.add(Strict.failing(
                "next_day",
                "next_day(start date, weekday string) -> date?",
                "The first such weekday after a date.",
                "next_day(date'2015-01-14', 'TU')",
                (a, r, c) -> (v, i, out) -> {
                    DayOfWeek wanted = weekday(Cell.text(v[1], i));
                    if (wanted == null) {
                        invalid(true, "no day of the week is called '" + Cell.text(v[1], i) + "'", out, i, c);
                    } else {
                        Cell.put(
                                out,
                                i,
                                LocalDate.ofEpochDay(Cell.integer(v[0], i))
                                        .with(TemporalAdjusters.next(wanted))
                                        .toEpochDay());
                    }
                }));
        all.add(Strict.bound(
                "months_between",
                "months_between(a timestamp, b timestamp[, rounded boolean]) -> double?",
                "The months from b to a, a month counted as 31 days for what is left; rounded to 8 digits.",
                "months_between('1997-02-28 10:30:00', '1996-10-30')",
                (a, r, c) -> (v, i, out) -> Cell.put(
                        out,
                        i,
                        monthsBetween(
                                Calendar.wall(v[0], i, c.zone()),
                                Calendar.wall(v[1], i, c.zone()),
                                v.length < 3 || Cell.truth(v[2], i)))));
    }

    private static Strict days(String names, String signature, String doc, String example, int sign) {
        return Strict.of(
                names,
                signature,
                doc,
                example,
                (v, i, out) -> Cell.put(out, i, (long) (int) (Cell.whole(v[0], i) + sign * Cell.whole(v[1], i))));
    }

    private static @Nullable DayOfWeek weekday(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            String full = day.name();
            if (wanted.equals(full) || wanted.equals(full.substring(0, 3)) || wanted.equals(full.substring(0, 2))) {
                return day;
            }
        }
        return null;
    }

    private static double monthsBetween(long a, long b, boolean rounded) {
        LocalDate left = LocalDate.ofEpochDay(Math.floorDiv(a, Interval.MICROS_PER_DAY));
        LocalDate right = LocalDate.ofEpochDay(Math.floorDiv(b, Interval.MICROS_PER_DAY));
        long months = (left.getYear() - right.getYear()) * 12L + left.getMonthValue() - right.getMonthValue();
        boolean bothLast =
                left.getDayOfMonth() == left.lengthOfMonth() && right.getDayOfMonth() == right.lengthOfMonth();
        if (left.getDayOfMonth() == right.getDayOfMonth() || bothLast) {
            return months;
        }
        long seconds = (Math.floorMod(a, Interval.MICROS_PER_DAY) - Math.floorMod(b, Interval.MICROS_PER_DAY)) / SECOND
                + (left.getDayOfMonth() - right.getDayOfMonth()) * 86_400L;
        double exact = months + seconds / (31 * 86_400.0);
        return rounded ? Math.round(exact * 1e8) / 1e8 : exact;
    }

    private static void making(List<Function> all) {
        all.add(Strict.failing(
                        "make_date",
                        "make_date(year int, month int, day int) -> date",
                        "The date of a year, month and day.",
                        "make_date(2013, 7, 15)",
                        (a, r, c) -> (v, i, out) -> {
                            int days =
                                    DateText.days(Cell.integer(v[0], i), Cell.integer(v[1], i), Cell.integer(v[2], i));
                            invalid(days == DateText.INVALID, "there is no such date", out, i, c);
                            Cell.put(out, i, (long) days);
                        })
                .nullUnlessAnsi());
        for (String attempt : List.of("", "try_")) {
            timestamp(all, attempt, "make_timestamp", DataType.TIMESTAMP);
            timestamp(all, attempt, "make_timestamp_ltz", DataType.TIMESTAMP);
            timestamp(all, attempt, "make_timestamp_ntz", DataType.TIMESTAMP_NTZ);
        }
        all.add(Strict.failing(
                "make_dt_interval",
                "make_dt_interval([days int[, hours int[, minutes int[, seconds decimal(18,6)]]]])"
                        + " -> interval day to second",
                "The interval of days, hours, minutes and seconds.",
                "make_dt_interval(1, 12, 30, 1.5)",
                (a, r, c) -> (v, i, out) -> {
                    long micros = 0;
                    long[] units = {Interval.MICROS_PER_DAY, 3600 * SECOND, 60 * SECOND};
                    try {
                        for (int k = 0; k < Math.min(v.length, 3); k++) {
                            micros = Math.addExact(micros, Math.multiplyExact(Cell.whole(v[k], i), units[k]));
                        }
                        long rest = v.length > 3
                                ? Decimals.get(v[3], i).unscaledValue().longValue()
                                : 0;
                        micros = Math.addExact(micros, rest);
                    } catch (ArithmeticException e) {
                        throw Errors.overflow(r, "");
                    }
                    Cell.put(out, i, micros);
                }));
        all.add(Strict.failing(
                "make_ym_interval",
                "make_ym_interval([years int[, months int]]) -> interval year to month",
                "The interval of years and months.",
                "make_ym_interval(1, 2)",
                (a, r, c) -> (v, i, out) -> {
                    long months =
                            (v.length > 0 ? Cell.whole(v[0], i) * 12 : 0) + (v.length > 1 ? Cell.whole(v[1], i) : 0);
                    if (months != (int) months) {
                        throw Errors.overflow(DataType.YEAR_MONTH, "");
                    }
                    Cell.put(out, i, months);
                }));
    }

    private static void timestamp(List<Function> all, String attempt, String name, DataType type) {
        boolean local = type == DataType.TIMESTAMP_NTZ;
        all.add(Strict.failing(
                attempt + name,
                attempt + name + "(year int, month int, day int, hour int, minute int, second decimal(16,6)"
                        + (local ? "" : "[, zone string]") + ") -> " + type.ddl() + (attempt.isEmpty() ? "" : "?"),
                "The timestamp of a date and time "
                        + (local ? "in no zone" : "in the session's zone, or in another")
                        + (attempt.isEmpty() ? "." : ", or NULL if there is none such."),
                attempt + name + "(2014, " + (attempt.isEmpty() ? "12" : "13") + ", 28, 6, 30, 45.887)",
                (a, r, c) -> (v, i, out) -> {
                    ZoneId zone = local ? ZoneOffset.UTC : v.length > 6 ? zone(v[6], i) : c.zone();
                    long micros = TimestampText.parse(
                            "%04d-%02d-%02d %02d:%02d:%s"
                                    .formatted(
                                            Cell.integer(v[0], i),
                                            Cell.integer(v[1], i),
                                            Cell.integer(v[2], i),
                                            Cell.integer(v[3], i),
                                            Cell.integer(v[4], i),
                                            Decimals.get(v[5], i).toPlainString()),
                            zone);
                    Cell.put(out, i, micros);
                    if (micros == TimestampText.INVALID && !attempt.isEmpty()) {
                        out.setNull(i);
                    } else {
                        invalid(micros == TimestampText.INVALID, "there is no such time", out, i, c);
                    }
                }));
    }

    private static void invalid(boolean wrong, String what, Vector out, int row, EvalContext context) {
        if (wrong && context.ansi()) {
            throw Errors.argument(what, "");
        } else if (wrong) {
            out.setNull(row);
        }
    }

    private static void epochs(List<Function> all) {
        from(all, "timestamp_seconds", "seconds", "timestamp_seconds(1230219000)", SECOND);
        from(all, "timestamp_millis", "milliseconds", "timestamp_millis(1230219000123)", 1000);
        from(all, "timestamp_micros", "microseconds", "timestamp_micros(1230219000123123)", 1);
        to(all, "unix_seconds", "seconds", SECOND);
        to(all, "unix_millis", "milliseconds", 1000);
        to(all, "unix_micros", "microseconds", 1);
        all.add(Strict.of(
                "unix_date",
                "unix_date(day date) -> int",
                "The days since 1970-01-01.",
                "unix_date(date'1970-01-02')",
                (v, i, out) -> Cell.put(out, i, Cell.whole(v[0], i))));
        all.add(Strict.of(
                "date_from_unix_date",
                "date_from_unix_date(days int) -> date",
                "The date so many days after 1970-01-01.",
                "date_from_unix_date(1)",
                (v, i, out) -> Cell.put(out, i, Cell.whole(v[0], i))));
    }

    private static void from(List<Function> all, String name, String unit, String example, long micros) {
        Strict function = Strict.failing(
                name,
                name + "(n " + (micros == SECOND ? "bigint|double|decimal" : "bigint") + ") -> timestamp",
                "The timestamp so many " + unit + " after 1970-01-01 00:00:00 UTC.",
                example,
                (a, r, c) -> (v, i, out) -> {
                    if (v[0].type == DataType.DOUBLE) {
                        Cell.put(out, i, (long) (Cell.real(v[0], i) * micros));
                    } else if (v[0].type instanceof DataType.Decimal) {
                        Cell.put(out, i, Decimals.get(v[0], i).movePointRight(6).longValue());
                    } else {
                        try {
                            Cell.put(out, i, Math.multiplyExact(Cell.whole(v[0], i), micros));
                        } catch (ArithmeticException e) {
                            throw Errors.overflow(DataType.TIMESTAMP, "");
                        }
                    }
                });
        // Of seconds Spark takes fractions and texts too.
        all.add(micros == SECOND ? function : function.asWritten(0));
    }

    private static void to(List<Function> all, String name, String unit, long micros) {
        all.add(Strict.of(
                        name,
                        name + "(time timestamp) -> bigint",
                        "The " + unit + " since 1970-01-01 00:00:00 UTC.",
                        name + "(timestamp'1970-01-01 00:00:01Z')",
                        (v, i, out) -> Cell.put(out, i, Math.floorDiv(Cell.whole(v[0], i), micros)))
                .asWritten(0));
    }

    static ZoneId zone(Vector names, int row) {
        ZoneId zone = TimestampText.find(Cell.text(names, row));
        if (zone == null) {
            throw Errors.argument("no time zone '" + Cell.text(names, row) + "'", "such as Europe/Paris or +02:00");
        }
        return zone;
    }

    private static void zones(List<Function> all) {
        all.add(Strict.failing(
                "from_utc_timestamp",
                "from_utc_timestamp(time timestamp, zone string) -> timestamp?",
                "What clocks in a zone show when clocks in UTC show the given time.",
                "from_utc_timestamp('2016-08-31', 'Asia/Seoul')",
                (a, r, c) ->
                        (v, i, out) -> Cell.put(out, i, TimestampText.toWall(Cell.whole(v[0], i), zone(v[1], i)))));
        all.add(Strict.failing(
                "to_utc_timestamp",
                "to_utc_timestamp(time timestamp, zone string) -> timestamp?",
                "What clocks in UTC show when clocks in a zone show the given time.",
                "to_utc_timestamp('2016-08-31', 'Asia/Seoul')",
                (a, r, c) ->
                        (v, i, out) -> Cell.put(out, i, TimestampText.toInstant(Cell.whole(v[0], i), zone(v[1], i)))));
        all.add(Strict.failing(
                "convert_timezone",
                "convert_timezone(from string, to string, time timestamp_ntz) -> timestamp_ntz",
                "What clocks in one zone show when clocks in another show the given time.",
                "convert_timezone('Europe/Brussels', 'America/Los_Angeles', timestamp_ntz'2021-12-06 00:00:00')",
                (a, r, c) -> (v, i, out) -> Cell.put(
                        out,
                        i,
                        TimestampText.toWall(
                                TimestampText.toInstant(Cell.whole(v[2], i), zone(v[0], i)), zone(v[1], i)))));
        all.add(Strict.bound(
                "current_timezone",
                "current_timezone() -> string",
                "The session's time zone.",
                "length(current_timezone()) > 0",
                (a, r, c) -> (v, i, out) -> Cell.put(
                        out,
                        i,
                        c.zone().equals(ZoneOffset.UTC) ? "UTC" : c.zone().getId())));
    }

    /** The English short name of a month or weekday. */
    static String shortName(LocalDate date, boolean month) {
        return month
                ? date.getMonth().getDisplayName(TextStyle.SHORT, Locale.US)
                : date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.US);
    }

    static long week(LocalDate date) {
        return date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
