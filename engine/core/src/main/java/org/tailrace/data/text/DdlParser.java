package org.tailrace.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.error.Nearest;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/**
 * Reads Spark's DDL: {@code id string, at timestamp not null, tags array<string>, p struct<x: int, y: int>}. Keywords in
 * any case; names may be in back quotes. A wrong text is TR-106, with a caret.
 */
public final class DdlParser {
    private static final Map<String, DataType> SIMPLE = new TreeMap<>(Map.ofEntries(
            Map.entry("boolean", DataType.BOOLEAN),
            Map.entry("byte", DataType.TINYINT),
            Map.entry("tinyint", DataType.TINYINT),
            Map.entry("short", DataType.SMALLINT),
            Map.entry("smallint", DataType.SMALLINT),
            Map.entry("int", DataType.INT),
            Map.entry("integer", DataType.INT),
            Map.entry("long", DataType.BIGINT),
            Map.entry("bigint", DataType.BIGINT),
            Map.entry("float", DataType.FLOAT),
            Map.entry("real", DataType.FLOAT),
            Map.entry("double", DataType.DOUBLE),
            Map.entry("string", DataType.STRING),
            Map.entry("binary", DataType.BINARY),
            Map.entry("date", DataType.DATE),
            Map.entry("timestamp", DataType.TIMESTAMP),
            Map.entry("timestamp_ltz", DataType.TIMESTAMP),
            Map.entry("timestamp_ntz", DataType.TIMESTAMP_NTZ),
            Map.entry("void", DataType.VOID)));

    private static final List<String> OTHERS =
            List.of("decimal", "dec", "numeric", "varchar", "char", "array", "map", "struct", "interval");

    private final String verb;
    private final String text;
    private int at;

    private DdlParser(String verb, String text) {
        this.verb = verb;
        this.text = text;
    }

    /** The fields of a text such as {@code id string, ts timestamp}; at least one. */
    public static Schema schema(String text) {
        return schema("schema", text);
    }

    /** @param verb the verb that the user gave the text to, for the error's place */
    public static Schema schema(String verb, String text) {
        var parser = new DdlParser(verb, text);
        Schema schema = parser.fields('\0');
        parser.end();
        return schema;
    }

    /** One type, such as {@code decimal(10,2)}. */
    public static DataType type(String text) {
        return type("type", text);
    }

    public static DataType type(String verb, String text) {
        var parser = new DdlParser(verb, text);
        DataType type = parser.type();
        parser.end();
        return type;
    }

    /** A type read out of a longer text. */
    public record Part(DataType type, int end) {}

    /** The type that starts at {@code from}, and where it ends. */
    public static Part typeAt(String verb, String text, int from) {
        var parser = new DdlParser(verb, text);
        parser.at = from;
        DataType type = parser.type();
        return new Part(type, parser.at);
    }

    private Schema fields(char close) {
        var fields = new ArrayList<Field>();
        do {
            String name = name("a column's name");
            skip(':');
            DataType type = type();
            boolean nullable = true;
            if (keyword("not")) {
                if (!keyword("null")) {
                    throw expected("NULL");
                }
                nullable = false;
            }
            if (keyword("comment")) {
                quotedText();
            }
            fields.add(new Field(name, type, nullable));
        } while (skip(','));
        if (close != '\0') {
            require(close);
        }
        return new Schema(fields);
    }

    private DataType type() {
        blanks();
        int start = at;
        String word = word();
        if (word.isEmpty()) {
            throw expected("a type");
        }
        String name = word.toLowerCase(Locale.ROOT);
        DataType simple = SIMPLE.get(name);
        if (simple != null) {
            return simple;
        }
        switch (name) {
            case "decimal", "dec", "numeric":
                return decimal(start);
            case "varchar", "char":
                require('(');
                number();
                require(')');
                return DataType.STRING;
            case "array":
                require('<');
                DataType element = type();
                require('>');
                return new DataType.Array(element, true);
            case "map":
                require('<');
                DataType key = type();
                require(',');
                DataType value = type();
                require('>');
                return new DataType.Map(key, value, true);
            case "struct":
                require('<');
                return new DataType.Struct(skip('>') ? new Schema(List.of()) : fields('>'));
            case "interval":
                return interval();
            default:
                var known = new ArrayList<>(SIMPLE.keySet());
                known.addAll(OTHERS);
                throw fail("no type '" + word + "'", start, at, Nearest.question(word, known));
        }
    }

    private DataType decimal(int start) {
        if (!skip('(')) {
            return new DataType.Decimal(10, 0);
        }
        int precision = number();
        int scale = skip(',') ? number() : 0;
        require(')');
        if (precision < 1 || precision > DataType.Decimal.MAX_PRECISION || scale > precision) {
            throw fail(
                    "no decimal has " + precision + " digits and " + scale + " after the point",
                    start,
                    at,
                    "1 to 38 digits, at most all of them after the point");
        }
        return new DataType.Decimal(precision, scale);
    }

    private DataType interval() {
        int start = at;
        int from = unit(start);
        int to = keyword("to") ? unit(start) : from;
        if (from < 10 && to >= from && to < 10) {
            return new DataType.DayTimeInterval(from, to);
        } else if (from >= 10 && to >= from) {
            return new DataType.YearMonthInterval(from - 10, to - 10);
        }
        throw fail("no such interval type", start, at, "interval day to second, or interval year to month");
    }

    private int unit(int start) {
        blanks();
        switch (word().toLowerCase(Locale.ROOT)) {
            case "day":
                return DataType.DayTimeInterval.DAY;
            case "hour":
                return DataType.DayTimeInterval.HOUR;
            case "minute":
                return DataType.DayTimeInterval.MINUTE;
            case "second":
                return DataType.DayTimeInterval.SECOND;
            case "year":
                return 10 + DataType.YearMonthInterval.YEAR;
            case "month":
                return 10 + DataType.YearMonthInterval.MONTH;
            default:
                throw fail("no such interval type", start, at, "interval day to second, or interval year to month");
        }
    }

    private String name(String what) {
        blanks();
        if (at < text.length() && text.charAt(at) == '`') {
            var out = new StringBuilder();
            int start = at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c != '`') {
                    out.append(c);
                } else if (at < text.length() && text.charAt(at) == '`') {
                    out.append('`');
                    at++;
                } else {
                    return out.toString();
                }
            }
            throw fail("the back quote is not closed", start, text.length(), "");
        }
        String word = word();
        if (word.isEmpty()) {
            throw expected(what);
        }
        return word;
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean keyword(String keyword) {
        blanks();
        int start = at;
        if (word().equalsIgnoreCase(keyword)) {
            return true;
        }
        at = start;
        return false;
    }

    private int number() {
        blanks();
        int start = at;
        String digits = word();
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            at = start;
            throw expected("a number");
        }
        return Integer.parseInt(digits);
    }

    private void quotedText() {
        blanks();
        int start = at;
        char quote = at < text.length() ? text.charAt(at) : '\0';
        int close = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (close < 0) {
            at = start;
            throw expected("a quoted text");
        }
        at = close + 1;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean skip(char c) {
        blanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char c) {
        if (!skip(c)) {
            throw expected("'" + c + "'");
        }
    }

    private void end() {
        blanks();
        if (at < text.length()) {
            throw expected("a comma or the end");
        }
    }

    private PlanException expected(String what) {
        blanks();
        int start = at;
        String found = word();
        if (found.isEmpty() && start < text.length()) {
            found = text.substring(start, start + 1);
        }
        int end = Math.max(start + found.length(), start);
        return fail(
                "needs " + what + " here, not " + (found.isEmpty() ? "the end" : "'" + found + "'"), start, end, "");
    }

    private PlanException fail(String what, int start, int end, String fix) {
        return new PlanException(Problem.of("TR-106", what)
                .at(new Place(verb, text, start, end))
                .fix(fix.isEmpty() ? "a schema is written like \"id string, price double, ts timestamp\"" : fix));
    }
}
