package org.tailrace.connect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.PlainValues.Kind;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.text.TextRules;

/**
 * Reads the commonest line of JSON, an object of scalars whose strings have no escapes, from its bytes into the columns. It
 * takes no line that the whole parser would not take with the same values, and refuses any that it is not sure of; the words
 * for what is wrong with one are the whole parser's. One thread.
 */
final class PlainJson {
    /** Of a name that is no column's. */
    private static final int LONGEST_NAME = 1000;

    /** The bytes of each name and of the quote behind it. */
    private final byte[][] names;

    private final PlainValues values;

    private PlainJson(byte[][] names, PlainValues values) {
        this.names = names;
        this.values = values;
    }

    /** Null if the columns are such that no line of theirs is plain. */
    static @Nullable PlainJson of(Schema schema, TextRules rules) {
        PlainValues values = PlainValues.of(schema, rules);
        boolean quoted = schema.names().stream().anyMatch(name -> name.chars().anyMatch(PlainJson::escaped));
        if (values == null || quoted || new HashSet<>(schema.names()).size() < schema.size()) {
            return null;
        }
        byte[][] names = schema.names().stream()
                .map(name -> (name + '"').getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        return new PlainJson(names, values);
    }

    /** A character that text of JSON can only hold as an escape, or that is half of one. */
    private static boolean escaped(int c) {
        return c == '"' || c == '\\' || c < ' ' || Character.isSurrogate((char) c);
    }

    /**
     * Appends the object in {@code in[from..to)} as one row, to vectors of {@code size} rows; false if it refuses, and then
     * some vectors may have the row's value.
     */
    boolean append(byte[] in, int from, int to, Vector[] into, int size) {
        int at = blanks(in, from, to);
        if (at == to || in[at] != '{') {
            return false;
        }
        int guess = 0;
        do {
            at = blanks(in, at + 1, to);
            if (at == to || in[at] != '"') {
                return false;
            }
            int column = guess;
            if (guess < names.length && begins(in, at + 1, to, names[guess])) {
                at += names[guess].length + 1;
            } else {
                int end = PlainValues.textEnd(in, at + 1, to, (byte) '"', (byte) '\\');
                if (end < 0 || end == to || end - at > LONGEST_NAME) {
                    return false;
                }
                column = find(in, at + 1, end);
                at = end + 1;
            }
            at = blanks(in, at, to);
            if (at == to || in[at] != ':') {
                return false;
            }
            at = blanks(in, at + 1, to);
            if (column >= 0 && into[column].size > size) {
                return false;
            }
            at = at == to ? -1 : value(in, at, to, column, column < 0 ? null : into[column]);
            if (at < 0) {
                return false;
            }
            guess = column < 0 ? guess : column + 1;
            at = blanks(in, at, to);
        } while (at < to && in[at] == ',');
        if (at == to || in[at] != '}' || blanks(in, at + 1, to) < to) {
            return false;
        }
        for (Vector vector : into) {
            if (vector.size == size) {
                vector.appendValue(null);
            }
        }
        return true;
    }

    /** Behind the value at {@code at}; −1 if it is refused. */
    private int value(byte[] in, int at, int to, int column, @Nullable Vector into) {
        byte first = in[at];
        boolean quoted = first == '"';
        int start = quoted ? at + 1 : at;
        int end = quoted ? PlainValues.textEnd(in, start, to, (byte) '"', (byte) '\\') : scalarEnd(in, at, to);
        if (end < 0 || quoted && end == to) {
            return -1;
        }
        boolean none = first == 'n' && PlainValues.is(in, start, end, "null");
        boolean truth = first == 't' && PlainValues.is(in, start, end, "true")
                || first == 'f' && PlainValues.is(in, start, end, "false");
        if (!quoted && !none && !truth && !number(in, start, end)) {
            return -1;
        }
        if (into != null) {
            Kind kind = values.kind(column);
            boolean text = kind == Kind.TEXT || kind == Kind.TIME || kind == Kind.DAY;
            if (none) {
                into.appendValue(null);
            } else if (text != quoted
                    || truth != (kind == Kind.TRUTH)
                    || !values.append(column, in, start, end, into)) {
                return -1;
            }
        }
        return quoted ? end + 1 : end;
    }

    private static int scalarEnd(byte[] in, int from, int to) {
        int at = from;
        while (at < to && in[at] > ' ' && in[at] != ',' && in[at] != '}') {
            at++;
        }
        return at;
    }

    /** By JSON's grammar: no plus before it, no zeros to begin with, digits before and behind the point. */
    private static boolean number(byte[] in, int from, int to) {
        int at = from < to && in[from] == '-' ? from + 1 : from;
        int whole = digits(in, at, to);
        if (whole == at || in[at] == '0' && whole > at + 1 || to - from > PlainValues.LONGEST_NUMBER) {
            return false;
        }
        at = whole;
        if (at < to && in[at] == '.') {
            int fraction = digits(in, at + 1, to);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < to && (in[at] | ' ') == 'e') {
            at = at + 1 < to && (in[at + 1] == '-' || in[at + 1] == '+') ? at + 2 : at + 1;
            int exponent = digits(in, at, to);
            if (exponent == at) {
                return false;
            }
            at = exponent;
        }
        return at == to;
    }

    private static int digits(byte[] in, int from, int to) {
        int at = from;
        while (at < to && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        return at;
    }

    private static boolean begins(byte[] in, int from, int to, byte[] name) {
        return to - from >= name.length && Arrays.equals(in, from, from + name.length, name, 0, name.length);
    }

    private int find(byte[] in, int from, int end) {
        for (int i = 0; i < names.length; i++) {
            if (Arrays.equals(in, from, end, names[i], 0, names[i].length - 1)) {
                return i;
            }
        }
        return -1;
    }

    private static int blanks(byte[] in, int from, int to) {
        int at = from;
        while (at < to && in[at] <= ' ' && (in[at] == ' ' || in[at] == '\t' || in[at] == '\r')) {
            at++;
        }
        return at;
    }
}
