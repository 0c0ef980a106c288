package org.tailrace.sql;

import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tailrace.data.DataType;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.IntervalText;
import org.tailrace.expr.Expr;

/**
 * {@code INTERVAL} literals in all three spellings: {@code 5 minutes 3 seconds}, {@code '1 02:03' day to minute},
 * {@code '5 minutes'}. Their type names the units that were written, as in Spark.
 */
final class IntervalParser {
    private static final List<String> DAY_TIME = List.of("day", "hour", "minute", "second");
    private static final List<String> YEAR_MONTH = List.of("year", "month");
    private static final Pattern YEAR_TO_MONTH = Pattern.compile("([+-])?(\\d+)-(\\d+)");
    private static final Pattern DAY_TO_SECOND =
            Pattern.compile("([+-])?(?:(\\d+)(?:\\s+|$))?(?:(\\d+))?(?::(\\d+))?(?::(\\d+))?(?:\\.(\\d{1,9}))?");

    private final Tokens tokens;

    IntervalParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Whether an interval begins here: otherwise the word is a name. */
    boolean starts() {
        if (!tokens.atWord("INTERVAL")) {
            return false;
        }
        Token after = tokens.peek(1);
        boolean signed = after.isOperator("-") || after.isOperator("+");
        Token.Kind kind = (signed ? tokens.peek(2) : after).kind();
        return kind == Token.Kind.NUMBER || kind == Token.Kind.STRING;
    }

    Expr.Literal literal() {
        int mark = tokens.mark();
        tokens.expectWord("INTERVAL");
        boolean negative = false;
        if (tokens.peek().kind() == Token.Kind.STRING || tokens.peek(1).kind() == Token.Kind.STRING) {
            int sign = tokens.mark();
            negative = tokens.acceptOperator("-");
            if (!negative) {
                tokens.acceptOperator("+");
            }
            if (unit(tokens.peek(1)).isEmpty()) {
                String text = tokens.next().text();
                return literal(text, mark, negative);
            }
            if (tokens.peek(2).isWord("TO")) {
                return range(tokens.next().text(), mark, negative);
            }
            tokens.reset(sign);
        }
        return units(mark);
    }

    /** {@code 1 day 2 hours}, numbers also as strings. */
    private Expr.Literal units(int mark) {
        var text = new StringBuilder();
        do {
            boolean negative = tokens.acceptOperator("-");
            if (!negative) {
                tokens.acceptOperator("+");
            }
            Token number = tokens.peek();
            if (number.kind() != Token.Kind.NUMBER && number.kind() != Token.Kind.STRING) {
                throw tokens.unexpected("a number");
            }
            tokens.next();
            if (unit(tokens.peek()).isEmpty()) {
                throw tokens.unexpected("a unit of time, such as MINUTES");
            }
            String value = number.text().strip();
            boolean flips = negative && value.startsWith("-");
            text.append(text.isEmpty() ? "" : " ")
                    .append(negative && !flips ? "-" : "")
                    .append(flips ? value.substring(1) : value)
                    .append(' ')
                    .append(tokens.next().text().toLowerCase(Locale.ROOT));
        } while (more());
        return literal(text.toString(), mark, false);
    }

    private boolean more() {
        Token.Kind kind = tokens.peek().kind();
        if (kind == Token.Kind.NUMBER || kind == Token.Kind.STRING) {
            return unit(tokens.peek(1)).isPresent();
        }
        return false;
    }

    private Expr.Literal literal(String text, int mark, boolean negative) {
        Interval interval = IntervalText.find(text)
                .orElseThrow(() -> new org.tailrace.error.PlanException(
                        IntervalText.problem(text).at(tokens.placeFrom(mark))));
        if (negative) {
            interval = interval.negated();
        }
        int first = 9;
        int last = -1;
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
            Optional<String> unit = unit(word);
            if (unit.isPresent()) {
                int rank = rank(unit.get());
                first = Math.min(first, rank);
                last = Math.max(last, rank);
            }
        }
        if (first < 2 && last >= 2) {
            throw tokens.error(
                    "TR-111",
                    "months and days in one interval",
                    mark,
                    "add two intervals, one of years and months and one of days and less");
        }
        return value(interval, first, last);
    }

    private static Expr.Literal value(Interval interval, int first, int last) {
        if (first < 2) {
            return new Expr.Literal(
                    Period.ofMonths(interval.months()).normalized(), new DataType.YearMonthInterval(first, last));
        }
        return new Expr.Literal(
                Duration.of(interval.toMicros(31), ChronoUnit.MICROS),
                new DataType.DayTimeInterval(Math.min(first, 5) - 2, Math.max(last, 2) - 2));
    }

    /** {@code '1-2' YEAR TO MONTH}, {@code '1 02:03:04' DAY TO SECOND}. */
    private Expr.Literal range(String text, int mark, boolean negative) {
        int from = rank(unit(tokens.next()).orElseThrow());
        tokens.expectWord("TO");
        int to = rank(unit(tokens.peek()).orElseThrow(() -> tokens.unexpected("a unit of time")));
        tokens.next();
        if (to <= from || from < 2 != to < 2) {
            throw tokens.error("TR-100", "no interval goes from this unit to that", mark, "");
        }
        Matcher months = YEAR_TO_MONTH.matcher(text.strip());
        if (from < 2 && months.matches() && Integer.parseInt(months.group(3)) < 12) {
            int total = Math.addExact(
                    Math.multiplyExact(Integer.parseInt(months.group(2)), 12), Integer.parseInt(months.group(3)));
            boolean minus = "-".equals(months.group(1)) != negative;
            return value(new Interval(minus ? -total : total, 0, 0), from, to);
        }
        return dayTime(text.strip(), from - 2, to - 2, negative)
                .map(interval -> value(interval, from, to))
                .orElseThrow(() -> tokens.error(
                        "TR-100",
                        "'" + text + "' does not fit the units",
                        mark,
                        "such as '1-2' YEAR TO MONTH or '1 02:03:04' DAY TO SECOND"));
    }

    private static Optional<Interval> dayTime(String text, int from, int to, boolean negative) {
        Matcher m = DAY_TO_SECOND.matcher(text);
        if (from < 0 || !m.matches()) {
            return Optional.empty();
        }
        var numbers = new java.util.ArrayList<Long>();
        for (int group = 2; group <= 5; group++) {
            if (m.group(group) != null) {
                numbers.add(Long.parseLong(m.group(group)));
            }
        }
        if (numbers.size() != to - from + 1) {
            return Optional.empty();
        }
        long[] scale = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L};
        long micros = 0;
        for (int i = 0; i < numbers.size(); i++) {
            micros = Math.addExact(micros, Math.multiplyExact(scale[from + i], numbers.get(i)));
        }
        if (m.group(6) != null) {
            micros += Long.parseLong((m.group(6) + "000000").substring(0, 6));
        }
        return Optional.of(new Interval(0, 0, "-".equals(m.group(1)) != negative ? -micros : micros));
    }

    private static Optional<String> unit(Token token) {
        return token.kind() == Token.Kind.WORD ? unit(token.text().toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** The field that a unit counts into. */
    private static Optional<String> unit(String word) {
        String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        return switch (singular) {
            case "year", "month", "day", "hour", "minute", "second" -> Optional.of(singular);
            case "week" -> Optional.of("day");
            case "millisecond", "microsecond" -> Optional.of("second");
            default -> Optional.empty();
        };
    }

    /** Years 0, months 1, days 2, down to seconds 5. */
    private static int rank(String unit) {
        int index = YEAR_MONTH.indexOf(unit);
        return index >= 0 ? index : DAY_TIME.indexOf(unit) + 2;
    }
}
