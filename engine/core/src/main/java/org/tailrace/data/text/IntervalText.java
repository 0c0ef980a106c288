package org.tailrace.data.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/**
 * Reads Spark's interval words: {@code 1 minute}, {@code interval 5 minutes}, {@code 1 day 2 hours}, {@code -3 months},
 * {@code 1.5 seconds}. A wrong text is TR-107.
 */
public final class IntervalText {
    private static final List<String> UNITS =
            List.of("year", "month", "week", "day", "hour", "minute", "second", "millisecond", "microsecond");

    private IntervalText() {}

    /** @throws PlanException TR-107, without a place, if the text is no interval */
    public static Interval parse(String text) {
        return find(text).orElseThrow(() -> new PlanException(problem(text)));
    }

    /** What is wrong with a text that {@link #find} does not read; the caller adds the place. */
    public static Problem problem(String text) {
        String fix = "write a number and a unit, like \"10 seconds\" or \"1 day 2 hours\"";
        for (String word : text.trim().toLowerCase(Locale.ROOT).split("[^a-z]+")) {
            String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
            if (word.isEmpty() || word.equals("interval") || UNITS.contains(singular)) {
                continue;
            }
            Optional<String> near = switch (singular) {
                case "s", "sec" -> Optional.of("seconds");
                case "m", "min" -> Optional.of("minutes");
                case "h", "hr" -> Optional.of("hours");
                case "d" -> Optional.of("days");
                case "ms", "milli" -> Optional.of("milliseconds");
                case "us", "micro" -> Optional.of("microseconds");
                default -> Nearest.to(singular, UNITS).map(unit -> word.endsWith("s") ? unit + "s" : unit);
            };
            if (near.isPresent()) {
                fix = "did you mean '" + near.get() + "'?";
            }
            break;
        }
        return Problem.of("TR-107", "no length of time '" + text + "'")
                .have(String.join(", ", UNITS) + ", each also with an s")
                .fix(fix);
    }

    /** The interval, or nothing if the text is none or does not fit. */
    public static Optional<Interval> find(String text) {
        try {
            return read(text.trim().toLowerCase(Locale.ROOT));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Interval> read(String text) {
        int at = 0;
        if (text.startsWith("interval") && text.length() > 8 && Character.isWhitespace(text.charAt(8))) {
            at = blanks(text, 9);
        }
        if (at == text.length()) {
            return Optional.empty();
        }
        int months = 0;
        int days = 0;
        long micros = 0;
        while (at < text.length()) {
            int sign = 1;
            if (text.charAt(at) == '-' || text.charAt(at) == '+') {
                sign = text.charAt(at) == '-' ? -1 : 1;
                at = blanks(text, at + 1);
            }
            int start = at;
            while (at < text.length() && digit(text.charAt(at))) {
                at++;
            }
            String whole = text.substring(start, at);
            String fraction = "";
            boolean point = at < text.length() && text.charAt(at) == '.';
            if (point) {
                start = ++at;
                while (at < text.length() && digit(text.charAt(at))) {
                    at++;
                }
                fraction = text.substring(start, at);
            }
            if (whole.length() > 18 || fraction.length() > 9 || whole.isEmpty() && fraction.isEmpty()) {
                return Optional.empty();
            }
            long number = whole.isEmpty() ? 0 : sign * Long.parseLong(whole);
            start = blanks(text, at);
            if (start == at) {
                return Optional.empty();
            }
            at = start;
            while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
                at++;
            }
            String unit = text.substring(start, at);
            if (unit.endsWith("s")) {
                unit = unit.substring(0, unit.length() - 1);
            }
            if (point && !unit.equals("second")) {
                return Optional.empty();
            }
            switch (unit) {
                case "year" -> months = Math.addExact(months, Math.toIntExact(Math.multiplyExact(number, 12L)));
                case "month" -> months = Math.addExact(months, Math.toIntExact(number));
                case "week" -> days = Math.addExact(days, Math.toIntExact(Math.multiplyExact(number, 7L)));
                case "day" -> days = Math.addExact(days, Math.toIntExact(number));
                case "hour" -> micros = add(micros, number, 3_600_000_000L);
                case "minute" -> micros = add(micros, number, 60_000_000L);
                case "second" -> {
                    micros = add(micros, number, 1_000_000L);
                    micros = Math.addExact(micros, sign * microsOf(fraction));
                }
                case "millisecond" -> micros = add(micros, number, 1_000L);
                case "microsecond" -> micros = add(micros, number, 1L);
                default -> {
                    return Optional.empty();
                }
            }
            start = blanks(text, at);
            if (start == at && at < text.length()) {
                return Optional.empty();
            }
            at = start;
        }
        return Optional.of(new Interval(months, days, micros));
    }

    private static long add(long micros, long number, long unit) {
        return Math.addExact(micros, Math.multiplyExact(number, unit));
    }

    /** Digits after the point of a second; those beyond microseconds are cut off. */
    private static long microsOf(String fraction) {
        return Long.parseLong((fraction + "000000").substring(0, 6));
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int blanks(String text, int at) {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static final Pattern DAY_TIME =
            Pattern.compile("([+-])?(?:(\\d{1,9}) )?(\\d{1,10}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?");
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-])?(\\d{1,9})-(\\d{1,2})");
    private static final Pattern LITERAL =
            Pattern.compile("(?i)interval\\s*([+-])?\\s*'([^']*)'\\s*([a-z]+)(?:\\s+to\\s+([a-z]+))?");

    /**
     * The microseconds of a day-time interval: interval words without months, {@code [d ]h:m[:s]}, or a literal such as
     * {@code INTERVAL '1 02:00:00' DAY TO SECOND}, which is what {@link #print} gives.
     */
    public static OptionalLong dayTime(String text) {
        String trimmed = text.trim();
        Matcher literal = LITERAL.matcher(trimmed);
        if (literal.matches()) {
            String inside = literal.group(2).trim();
            String unit = literal.group(3);
            OptionalLong value = literal.group(4) == null || !inside.contains(":")
                    ? dayTime(inside + " " + unit)
                    : dayTime(fill(inside, unit, literal.group(4)));
            return "-".equals(literal.group(1)) && value.isPresent() ? OptionalLong.of(-value.getAsLong()) : value;
        }
        Matcher clock = DAY_TIME.matcher(trimmed);
        try {
            if (clock.matches()) {
                long seconds = Math.addExact(
                        Math.multiplyExact(number(clock.group(2)), 86_400L),
                        number(clock.group(3)) * 3600 + number(clock.group(4)) * 60 + number(clock.group(5)));
                String fraction = clock.group(6) == null ? "" : clock.group(6);
                long micros = Math.addExact(Math.multiplyExact(seconds, 1_000_000L), microsOf(fraction));
                return OptionalLong.of("-".equals(clock.group(1)) ? -micros : micros);
            }
            Optional<Interval> words = find(trimmed).filter(interval -> !interval.hasMonths());
            return words.isPresent() ? OptionalLong.of(words.get().toMicros(0)) : OptionalLong.empty();
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** Makes {@code h:m}, which {@link #DAY_TIME} reads, of the {@code m:s} of MINUTE TO SECOND. */
    private static String fill(String inside, String from, String to) {
        return from.equalsIgnoreCase("minute") && to.equalsIgnoreCase("second")
                ? inside.startsWith("-") ? "-0:" + inside.substring(1) : "0:" + inside
                : inside;
    }

    /** The months of a year-month interval: words of years and months, {@code y-m}, or a literal. */
    public static OptionalLong yearMonth(String text) {
        String trimmed = text.trim();
        Matcher literal = LITERAL.matcher(trimmed);
        if (literal.matches()) {
            String inside = literal.group(2).trim();
            OptionalLong value =
                    literal.group(4) == null ? yearMonth(inside + " " + literal.group(3)) : yearMonth(inside);
            return "-".equals(literal.group(1)) && value.isPresent() ? OptionalLong.of(-value.getAsLong()) : value;
        }
        Matcher parts = YEAR_MONTH.matcher(trimmed);
        if (parts.matches()) {
            long months = number(parts.group(2)) * 12 + number(parts.group(3));
            return months > Integer.MAX_VALUE || number(parts.group(3)) > 11
                    ? OptionalLong.empty()
                    : OptionalLong.of("-".equals(parts.group(1)) ? -months : months);
        }
        return find(trimmed)
                .filter(interval -> interval.days() == 0 && interval.micros() == 0)
                .map(interval -> OptionalLong.of(interval.months()))
                .orElse(OptionalLong.empty());
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** {@code INTERVAL '1 02:03:04.5' DAY TO SECOND}. */
    public static String print(DataType.DayTimeInterval type, long micros) {
        var out = new StringBuilder("INTERVAL '");
        boolean least = micros == Long.MIN_VALUE;
        if (micros < 0) {
            out.append('-');
        }
        long rest = least ? Long.MAX_VALUE : Math.abs(micros);
        long[] units = {Interval.MICROS_PER_DAY, 3_600_000_000L, 60_000_000L, 1_000_000L};
        for (int unit = type.from(); unit <= type.to(); unit++) {
            long value = rest / units[unit];
            rest -= value * units[unit];
            out.append(unit == type.from() ? "" : unit == DataType.DayTimeInterval.HOUR ? " " : ":");
            out.append(value < 10 && unit > DataType.DayTimeInterval.DAY ? "0" : "")
                    .append(value);
        }
        if (type.to() == DataType.DayTimeInterval.SECOND) {
            TimestampText.fraction(out, rest);
        }
        return out.append("' ")
                .append(type.ddl().substring(9).toUpperCase(Locale.ROOT))
                .toString();
    }

    /** {@code INTERVAL '1-2' YEAR TO MONTH}. */
    public static String print(DataType.YearMonthInterval type, int months) {
        var out = new StringBuilder("INTERVAL '");
        long rest = Math.abs((long) months);
        if (months < 0) {
            out.append('-');
        }
        if (type.from() == type.to()) {
            out.append(type.from() == DataType.YearMonthInterval.YEAR ? rest / 12 : rest);
        } else {
            out.append(rest / 12).append('-').append(rest % 12);
        }
        return out.append("' ")
                .append(type.ddl().substring(9).toUpperCase(Locale.ROOT))
                .toString();
    }
}
