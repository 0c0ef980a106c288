package org.tailrace.data.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
}
