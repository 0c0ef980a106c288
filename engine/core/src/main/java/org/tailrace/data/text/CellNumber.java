package org.tailrace.data.text;

/**
 * Reads numbers from text without making objects: short ones exactly by hand, long ones by the JDK. Holds the last number
 * that was read; one thread.
 */
final class CellNumber {
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long EXACT = 1L << 53;

    long whole;
    double fractional;

    /** Reads a whole number into {@link #whole}; false if the text is none or does not fit. */
    boolean readWhole(char[] text, int from, int to) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative || at < to && text[at] == '+') {
            at++;
        }
        if (at == to) {
            return false;
        }
        // Gathered below zero, where there is one number more; above zero means that it did not fit.
        long value = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
                return false;
            }
            value = value * 10 - digit;
            if (value > 0) {
                return false;
            }
        }
        if (!negative && value == Long.MIN_VALUE) {
            return false;
        }
        whole = negative ? value : -value;
        return true;
    }

    /** Reads a decimal number, NaN or an infinity into {@link #fractional}; false if the text is none. */
    boolean readFractional(char[] text, int from, int to) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative || at < to && text[at] == '+') {
            at++;
        }
        long digits = 0;
        int count = 0;
        int fraction = 0;
        boolean point = false;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                if (digits >= EXACT / 10) {
                    return readByJdk(text, from, to);
                }
                digits = digits * 10 + digit;
                count++;
                fraction += point ? 1 : 0;
            } else if (text[at] == '.' && !point) {
                point = true;
            } else {
                return readByJdk(text, from, to);
            }
        }
        if (count == 0) {
            return false;
        }
        if (fraction >= POWERS.length) {
            return readByJdk(text, from, to);
        }
        double value = digits / POWERS[fraction];
        fractional = negative ? -value : value;
        return true;
    }

    private boolean readByJdk(char[] text, int from, int to) {
        String word = new String(text, from, to - from);
        switch (word) {
            case "NaN":
                fractional = Double.NaN;
                return true;
            case "Infinity", "+Infinity", "Inf", "+Inf":
                fractional = Double.POSITIVE_INFINITY;
                return true;
            case "-Infinity", "-Inf":
                fractional = Double.NEGATIVE_INFINITY;
                return true;
            default:
                return readPlain(word);
        }
    }

    /** The JDK would also take {@code 1d} and {@code 0x1p3}. */
    private boolean readPlain(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        try {
            fractional = Double.parseDouble(word);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
