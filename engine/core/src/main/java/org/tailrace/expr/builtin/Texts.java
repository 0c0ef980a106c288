package org.tailrace.expr.builtin;

import java.util.Arrays;

/** What the functions of text do, on Java's strings; positions count code points. */
final class Texts {
    private Texts() {}

    static String initcap(String text) {
        var out = new StringBuilder(text.length());
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(start ? Character.toUpperCase(c) : Character.toLowerCase(c));
            start = c == ' ';
        }
        return out.toString();
    }

    static String trim(String text, String characters, boolean start, boolean end) {
        int from = 0;
        int to = text.length();
        while (start && from < to && characters.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (end && to > from && characters.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    static String translate(String text, String from, String to) {
        int[] source = from.codePoints().toArray();
        int[] target = to.codePoints().toArray();
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            for (int i = 0; i < source.length; i++) {
                if (source[i] == c) {
                    if (i < target.length) {
                        out.appendCodePoint(target[i]);
                    }
                    return;
                }
            }
            out.appendCodePoint(c);
        });
        return out.toString();
    }

    static String overlay(String text, String replacement, int position, int length) {
        int size = length < 0 ? replacement.codePointCount(0, replacement.length()) : length;
        return substring(text, 1, position - 1) + replacement + substring(text, position + size, Integer.MAX_VALUE);
    }

    static String mask(String text, String upper, String lower, String digit) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isUpperCase(c)) {
                out.append(upper);
            } else if (Character.isLowerCase(c)) {
                out.append(lower);
            } else if (Character.isDigit(c)) {
                out.append(digit);
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** Spark's {@code substring}: 1 is the first character, 0 too, and −1 the last. */
    static String substring(String text, int position, int length) {
        int count = text.codePointCount(0, text.length());
        long from = position > 0 ? position - 1L : position < 0 ? (long) count + position : 0;
        long to = Math.min(count, from + length);
        from = Math.max(0, from);
        if (length <= 0 || to <= from) {
            return "";
        }
        int start = text.offsetByCodePoints(0, (int) from);
        return text.substring(start, text.offsetByCodePoints(start, (int) (to - from)));
    }

    static String substringIndex(String text, String separator, int count) {
        if (separator.isEmpty() || count == 0) {
            return "";
        }
        if (count > 0) {
            int at = -1;
            for (int i = 0; i < count; i++) {
                at = text.indexOf(separator, at + 1);
                if (at < 0) {
                    return text;
                }
            }
            return text.substring(0, at);
        }
        int at = text.length();
        for (int i = 0; i > count; i--) {
            at = at == 0 ? -1 : text.lastIndexOf(separator, at - 1);
            if (at < 0) {
                return text;
            }
        }
        return text.substring(at + separator.length());
    }

    /** The so-many-th part, from the end if negative; empty if there are not so many. */
    static String part(String text, String separator, int part) {
        if (separator.isEmpty()) {
            return part == 1 || part == -1 ? text : "";
        }
        int wanted = part > 0 ? part : count(text, separator) + 2 + part;
        int from = 0;
        for (int i = 1; i < wanted && from >= 0; i++) {
            int at = text.indexOf(separator, from);
            from = at < 0 ? -1 : at + separator.length();
        }
        if (wanted < 1 || from < 0) {
            return "";
        }
        int to = text.indexOf(separator, from);
        return text.substring(from, to < 0 ? text.length() : to);
    }

    private static int count(String text, String separator) {
        int count = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + separator.length())) {
            count++;
        }
        return count;
    }

    static String pad(String text, int length, String pad, boolean left) {
        int count = text.codePointCount(0, text.length());
        if (length <= count || pad.isEmpty()) {
            return substring(text, 1, length);
        }
        int missing = length - count;
        int padCount = pad.codePointCount(0, pad.length());
        String fill = substring(pad.repeat(missing / padCount + 1), 1, missing);
        return left ? fill + text : text + fill;
    }

    /** The position of {@code search} from {@code start} on, from 1; 0 if there is none. */
    static int locate(String search, String text, int start) {
        int count = text.codePointCount(0, text.length());
        if (start < 1 || start > count + 1) {
            return 0;
        }
        int at = text.indexOf(search, text.offsetByCodePoints(0, start - 1));
        return at < 0 ? 0 : text.codePointCount(0, at) + 1;
    }

    static boolean startsWith(byte[] text, int from, int to, byte[] part, int partFrom, int partTo) {
        int length = partTo - partFrom;
        return to - from >= length && Arrays.equals(text, from, from + length, part, partFrom, partTo);
    }

    static boolean endsWith(byte[] text, int from, int to, byte[] part, int partFrom, int partTo) {
        int length = partTo - partFrom;
        return to - from >= length && Arrays.equals(text, to - length, to, part, partFrom, partTo);
    }

    static boolean contains(byte[] text, int from, int to, byte[] part, int partFrom, int partTo) {
        int length = partTo - partFrom;
        for (int at = from; at <= to - length; at++) {
            if (Arrays.equals(text, at, at + length, part, partFrom, partTo)) {
                return true;
            }
        }
        return false;
    }

    static int levenshtein(String a, String b) {
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, change);
            }
            int[] spare = above;
            above = row;
            row = spare;
        }
        return above[b.length()];
    }

    static String soundex(String text) {
        String codes = "01230120022455012623010202";
        if (text.isEmpty() || !letter(text.charAt(0))) {
            return text;
        }
        var out = new StringBuilder(4).append(Character.toUpperCase(text.charAt(0)));
        char last = codes.charAt(Character.toUpperCase(text.charAt(0)) - 'A');
        for (int i = 1; i < text.length() && out.length() < 4; i++) {
            char c = Character.toUpperCase(text.charAt(i));
            if (!letter(c)) {
                last = '0';
                continue;
            }
            char code = codes.charAt(c - 'A');
            if (code != '0' && code != last) {
                out.append(code);
            }
            if (c != 'H' && c != 'W') {
                last = code;
            }
        }
        return out.append("000").substring(0, 4);
    }

    private static boolean letter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    /** Whether a text is all digits and, every second from the right doubled, their sum ends in 0. */
    static boolean luhn(String text) {
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(text.length() - 1 - i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            int twice = i % 2 == 0 ? digit : 2 * digit;
            sum += twice / 10 + twice % 10;
        }
        return !text.isEmpty() && sum % 10 == 0;
    }
}
