package org.tailrace.data.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers out of text, blanks around them ignored. A reader holds the last number it read, so that reading a whole
 * column allocates nothing. One thread.
 */
public final class NumberText {
    private static final double[] TENS = new double[23];

    static {
        double ten = 1;
        for (int i = 0; i < TENS.length; i++, ten *= 10) {
            TENS[i] = ten;
        }
    }

    /** What {@link #readLong} read last. */
    public long whole;

    /** What {@link #readDouble} read last. */
    public double real;

    /** Reads a whole number; false if the text is none or does not fit. */
    public boolean readLong(byte[] text, int start, int stop) {
        int from = Ascii.skipBlanks(text, start, stop);
        int to = Ascii.skipBlanksBack(text, from, stop);
        return digits(text, from, to);
    }

    /** As {@link #readLong}, but digits after a point are cut off, as Spark does out of ANSI mode. */
    public boolean readLongCut(byte[] text, int start, int stop) {
        int from = Ascii.skipBlanks(text, start, stop);
        int to = Ascii.skipBlanksBack(text, from, stop);
        for (int i = from; i < to; i++) {
            if (text[i] == '.') {
                return Ascii.skipDigits(text, i + 1, to) == to && to - from > 1 && (i == from || digits(text, from, i));
            }
        }
        return digits(text, from, to);
    }

    private boolean digits(byte[] text, int from, int to) {
        int at = from;
        boolean negative = false;
        if (at < to && (text[at] == '-' || text[at] == '+')) {
            negative = text[at++] == '-';
        }
        if (at == to) {
            return false;
        }
        // Counts down, because the least long has no positive twin.
        long value = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9 || value < -922337203685477580L) {
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

    /** Reads a double: decimal, with exponent, {@code Infinity}, {@code NaN}; false if the text is none. */
    public boolean readDouble(byte[] text, int start, int stop) {
        int from = Ascii.skipBlanks(text, start, stop);
        int to = Ascii.skipBlanksBack(text, from, stop);
        return from < to && (simple(text, from, to) || general(text, from, to));
    }

    /** Up to 15 digits and a point: exact by one division. */
    private boolean simple(byte[] text, int from, int to) {
        int at = from;
        boolean negative = false;
        if (text[at] == '-' || text[at] == '+') {
            negative = text[at++] == '-';
        }
        long digits = 0;
        int count = 0;
        int point = -1;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                count++;
            } else if (text[at] == '.' && point < 0) {
                point = count;
            } else {
                return false;
            }
        }
        if (count == 0 || count > 15) {
            return false;
        }
        double value = point < 0 ? digits : digits / TENS[count - point];
        real = negative ? -value : value;
        return true;
    }

    private boolean general(byte[] text, int from, int to) {
        String word = new String(text, from, to - from, StandardCharsets.UTF_8);
        try {
            real = Double.parseDouble(word);
            return true;
        } catch (NumberFormatException e) {
            switch (word.toLowerCase(Locale.ROOT)) {
                case "inf", "+inf", "infinity", "+infinity" -> real = Double.POSITIVE_INFINITY;
                case "-inf", "-infinity" -> real = Double.NEGATIVE_INFINITY;
                case "nan" -> real = Double.NaN;
                default -> {
                    return false;
                }
            }
            return true;
        }
    }

    /** The decimal in a text, of any number of digits; null if there is none. */
    public static @Nullable BigDecimal decimal(String text) {
        try {
            String trimmed = text.trim();
            return trimmed.length() > 1000 ? null : new BigDecimal(trimmed);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Rounded half up to {@code scale}; null if it then has more than {@code precision} digits. */
    public static @Nullable BigInteger unscaled(BigDecimal value, int precision, int scale) {
        if (value.signum() != 0 && (long) value.precision() - value.scale() > precision) {
            return null;
        }
        BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
        return rounded.precision() > precision ? null : rounded.unscaledValue();
    }
}
