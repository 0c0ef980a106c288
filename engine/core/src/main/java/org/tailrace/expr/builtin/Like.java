package org.tailrace.expr.builtin;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BytesVector;
import org.tailrace.expr.Errors;

/** A LIKE pattern: compared byte by byte if it has {@code %} only at its ends, else a regular expression. */
final class Like {
    private final boolean openStart;
    private final boolean openEnd;
    private final byte[] literal;
    private final @Nullable Pattern pattern;

    private Like(boolean openStart, boolean openEnd, byte[] literal, @Nullable Pattern pattern) {
        this.openStart = openStart;
        this.openEnd = openEnd;
        this.literal = literal;
        this.pattern = pattern;
    }

    static Like of(String text, char escape, boolean ignoreCase) {
        var regex = new StringBuilder();
        var literal = new StringBuilder();
        boolean simple = !ignoreCase;
        boolean openStart = false;
        boolean openEnd = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == escape) {
                if (++i == text.length() || "_%".indexOf(text.charAt(i)) < 0 && text.charAt(i) != escape) {
                    throw Errors.argument(
                            "the escape character in LIKE '" + text + "' stands before nothing that it escapes",
                            "double it");
                }
                regex.append(Pattern.quote(text.substring(i, i + 1)));
                literal.append(text.charAt(i));
                simple &= !openEnd;
            } else if (c == '%') {
                regex.append(".*");
                openStart |= i == 0;
                openEnd |= i > 0;
                simple &= i == 0 || i == text.length() - 1;
            } else if (c == '_') {
                regex.append('.');
                simple = false;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
                literal.append(c);
            }
        }
        int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        return new Like(
                openStart,
                openEnd || openStart && text.length() == 1,
                literal.toString().getBytes(StandardCharsets.UTF_8),
                simple ? null : Pattern.compile(surrogates(text, regex), flags));
    }

    /** Quoting by character would split pairs of surrogates; they are put together again. */
    private static String surrogates(String text, StringBuilder regex) {
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c))
                ? regex.toString()
                        .replaceAll("\\\\Q([\\uD800-\\uDBFF])\\\\E\\\\Q([\\uDC00-\\uDFFF])\\\\E", "\\\\Q$1$2\\\\E")
                : regex.toString();
    }

    boolean matches(BytesVector text, int row) {
        if (pattern != null) {
            return pattern.matcher(text.string(row)).matches();
        }
        byte[] data = text.data();
        int from = text.start(row);
        int to = text.end(row);
        if (openStart) {
            return openEnd
                    ? Texts.contains(data, from, to, literal, 0, literal.length)
                    : Texts.endsWith(data, from, to, literal, 0, literal.length);
        }
        return Texts.startsWith(data, from, to, literal, 0, literal.length) && (openEnd || to - from == literal.length);
    }
}
