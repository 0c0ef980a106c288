package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.text.Interval;
import org.tailrace.expr.Decimals;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** A part of a date or time: {@code year}, {@code hour} and the like, and {@code extract(part, source)}. */
final class DateField {
    private static final long HOUR = 3_600_000_000L;
    private static final long MINUTE = 60_000_000L;
    private static final long SECOND = 1_000_000L;

    private DateField() {}

    /** A part of a calendar date. */
    private interface OfDate {
        long of(LocalDate date);
    }

    private static final Map<String, OfDate> DATES = Map.ofEntries(
            Map.entry("year", date -> date.getYear()),
            Map.entry("yearofweek", date -> date.get(IsoFields.WEEK_BASED_YEAR)),
            Map.entry("quarter", date -> date.get(IsoFields.QUARTER_OF_YEAR)),
            Map.entry("month", date -> date.getMonthValue()),
            Map.entry("week", TimeFunctions::week),
            Map.entry("day", date -> date.getDayOfMonth()),
            Map.entry("dayofweek", date -> date.getDayOfWeek().getValue() % 7 + 1),
            Map.entry("dayofweek_iso", date -> date.getDayOfWeek().getValue()),
            Map.entry("doy", date -> date.getDayOfYear()));

    static void addTo(List<Function> all) {
        date(all, "year", "year", "The year.");
        date(all, "quarter", "quarter", "The quarter of the year, 1 to 4.");
        date(all, "month", "month", "The month, 1 to 12.");
        date(all, "day dayofmonth", "day", "The day of the month.");
        date(all, "dayofweek", "dayofweek", "The day of the week, 1 for Sunday to 7.");
        date(all, "dayofyear", "doy", "The day of the year.");
        date(all, "weekofyear", "week", "The ISO week of the year.");
        all.add(Strict.of(
                "weekday",
                "weekday(day date) -> int",
                "The day of the week, 0 for Monday to 6.",
                "weekday(date'2009-07-30')",
                (v, i, out) -> Cell.put(out, i, Math.floorMod(Cell.whole(v[0], i) + 3, 7L))));
        name(all, "dayname", "The short name of the weekday.", false);
        name(all, "monthname", "The short name of the month.", true);
        clock(all, "hour", HOUR, 24);
        clock(all, "minute", MINUTE, 60);
        clock(all, "second", SECOND, 60);
        all.add(new Extract());
    }

    private static void date(List<Function> all, String names, String field, String doc) {
        String name = names.split(" ")[0];
        OfDate part = DATES.get(field);
        all.add(Strict.of(
                names,
                name + "(day date) -> int",
                doc,
                name + "(date'2016-07-30')",
                (v, i, out) -> Cell.put(out, i, part.of(LocalDate.ofEpochDay(Cell.whole(v[0], i))))));
    }

    private static void name(List<Function> all, String name, String doc, boolean month) {
        all.add(Strict.of(
                name,
                name + "(day date) -> string",
                doc,
                name + "(date'2008-02-20')",
                (v, i, out) ->
                        Cell.put(out, i, TimeFunctions.shortName(LocalDate.ofEpochDay(Cell.whole(v[0], i)), month))));
    }

    private static void clock(List<Function> all, String name, long unit, int many) {
        all.add(Strict.looping(
                name,
                name + "(time timestamp|timestamp_ntz) -> int",
                "The " + name + " of the time in the session's zone.",
                name + "(timestamp'2018-02-14 12:58:59')",
                (a, r, c) -> new ClockField(c.zone(), unit, many)));
    }

    /** {@code extract(part from source)}, {@code date_part('part', source)}; the part a constant. */
    private static final class Extract extends Described implements ScalarFunction {
        private static final Map<String, String> SYNONYMS = Map.ofEntries(
                Map.entry("y", "year"),
                Map.entry("years", "year"),
                Map.entry("yr", "year"),
                Map.entry("yrs", "year"),
                Map.entry("qtr", "quarter"),
                Map.entry("mon", "month"),
                Map.entry("mons", "month"),
                Map.entry("months", "month"),
                Map.entry("w", "week"),
                Map.entry("weeks", "week"),
                Map.entry("d", "day"),
                Map.entry("days", "day"),
                Map.entry("dow", "dayofweek"),
                Map.entry("dow_iso", "dayofweek_iso"),
                Map.entry("h", "hour"),
                Map.entry("hours", "hour"),
                Map.entry("hr", "hour"),
                Map.entry("hrs", "hour"),
                Map.entry("m", "minute"),
                Map.entry("min", "minute"),
                Map.entry("mins", "minute"),
                Map.entry("minutes", "minute"),
                Map.entry("s", "second"),
                Map.entry("sec", "second"),
                Map.entry("secs", "second"),
                Map.entry("seconds", "second"));

        Extract() {
            super(
                    "extract date_part datepart",
                    "extract(part, source)",
                    "A part of a date, time or interval: year, quarter, month, week, day, dow, doy, hour, minute, second.",
                    "extract('year', date'2019-08-12')");
        }

        private static @Nullable String part(Typed typed) {
            if (typed instanceof Typed.Constant constant && constant.value() instanceof String text) {
                String part = text.toLowerCase(Locale.ROOT);
                return SYNONYMS.getOrDefault(part, part);
            }
            return null;
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            if (arguments.size() != 2) {
                throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
            }
            String part = part(arguments.get(0));
            boolean clock = "hour".equals(part) || "minute".equals(part) || "second".equals(part);
            if (part == null || !clock && !DATES.containsKey(part)) {
                throw new TypeMismatch("needs a part such as 'year' or 'hour', not '" + part + "'", 0);
            }
            DataType source = arguments.get(1).type();
            boolean time = source == DataType.TIMESTAMP
                    || source == DataType.TIMESTAMP_NTZ
                    || source == DataType.DATE && !clock
                    || source instanceof DataType.DayTimeInterval && (clock || part.equals("day"))
                    || source instanceof DataType.YearMonthInterval && (part.equals("year") || part.equals("month"));
            if (!time && source != DataType.STRING && source != DataType.VOID && source != DataType.DATE) {
                throw new TypeMismatch("cannot take the " + part + " of " + source, 1);
            }
            DataType result = part.equals("second") ? new DataType.Decimal(8, 6) : DataType.INT;
            return new Signature(
                    List.of(DataType.STRING, time ? source : DataType.TIMESTAMP),
                    result,
                    arguments.get(1).nullable());
        }

        @Override
        public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
            String part = String.valueOf(part(arguments.get(0)));
            DataType source = arguments.get(1).type();
            ZoneId zone = context.zone();
            return Strict.kernel((v, i, out) -> {
                if (source instanceof DataType.YearMonthInterval) {
                    long months = Cell.whole(v[1], i);
                    Cell.put(out, i, part.equals("year") ? months / 12 : months % 12);
                    return;
                }
                boolean length = source instanceof DataType.DayTimeInterval;
                long micros = length ? Cell.whole(v[1], i) : Calendar.wall(v[1], i, zone);
                long rest = length ? micros % Interval.MICROS_PER_DAY : Math.floorMod(micros, Interval.MICROS_PER_DAY);
                switch (part) {
                    case "hour" -> Cell.put(out, i, rest / HOUR);
                    case "minute" -> Cell.put(out, i, rest / MINUTE % 60);
                    case "second" -> Decimals.set(out, i, BigDecimal.valueOf(rest % MINUTE, 6));
                    default -> put(out, i, part, micros, length);
                }
            });
        }

        private static void put(Vector out, int row, String part, long micros, boolean length) {
            if (length) {
                Cell.put(out, row, micros / Interval.MICROS_PER_DAY);
            } else {
                LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, Interval.MICROS_PER_DAY));
                Cell.put(
                        out,
                        row,
                        java.util.Objects.requireNonNull(DATES.get(part)).of(date));
            }
        }
    }
}
