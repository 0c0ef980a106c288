package org.tailrace.sql;

/** Backslashes in string literals, as Spark reads and we write them. */
final class Escapes {
    private Escapes() {}

    /** Reads the escape that begins at {@code at}, appends what it stands for and returns the offset after it. */
    static int read(String text, int at, StringBuilder out) {
        char c = text.charAt(at + 1);
        if (c == 'u' && hex(text, at + 2, 4)) {
            out.append((char) Integer.parseInt(text.substring(at + 2, at + 6), 16));
            return at + 6;
        }
        if (c == 'U' && hex(text, at + 2, 8)) {
            int code = (int) Long.parseLong(text.substring(at + 2, at + 10), 16);
            if (Character.isValidCodePoint(code)) {
                out.appendCodePoint(code);
                return at + 10;
            }
        }
        if (c >= '0' && c <= '1' && octal(text, at + 1)) {
            out.append((char) Integer.parseInt(text.substring(at + 1, at + 4), 8));
            return at + 4;
        }
        switch (c) {
            case '0' -> out.append('\0');
            case 'b' -> out.append('\b');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'Z' -> out.append('\u001A');
            case '%', '_' -> out.append('\\').append(c);
            default -> out.append(c);
        }
        return at + 2;
    }

    /** A literal in single quotes that reads back as {@code value}. */
    static String quoted(String value) {
        var out = new StringBuilder("'");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean pattern =
                    c == '\\' && i + 1 < value.length() && (value.charAt(i + 1) == '%' || value.charAt(i + 1) == '_');
            switch (c) {
                case '\'' -> out.append("\\'");
                case '\\' -> out.append(pattern ? "\\" : "\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\0' -> out.append("\\u0000");
                default -> out.append(c);
            }
        }
        return out.append('\'').toString();
    }

    private static boolean hex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return false;
        }
        for (int i = from; i < from + digits; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean octal(String text, int from) {
        if (from + 3 > text.length()) {
            return false;
        }
        for (int i = from; i < from + 3; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '7') {
                return false;
            }
        }
        return true;
    }
}
