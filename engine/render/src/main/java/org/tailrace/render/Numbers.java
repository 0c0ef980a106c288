package org.tailrace.render;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The one formatter of numbers: the same digits on every JDK, in every locale. */
public final class Numbers {
    static final String MINUS = "\u2212";
    private static final BigDecimal SMALL = new BigDecimal("0.005");
    private static final BigDecimal LARGE = new BigDecimal("1e15");

    private Numbers() {}

    /** {@code 1,284}. */
    public static String count(long value) {
        String digits = Long.toString(value);
        boolean negative = digits.startsWith("-");
        return (negative ? MINUS : "") + grouped(negative ? digits.substring(1) : digits);
    }

    /** Two decimals, or three significant digits where these would show nothing: {@code 167.14}, {@code 1.23E-7}. */
    public static String real(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : MINUS + "∞";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal size = exact.abs();
        if (size.signum() != 0 && (size.compareTo(SMALL) < 0 || size.compareTo(LARGE) >= 0)) {
            BigDecimal rounded = size.round(new MathContext(3));
            int exponent = rounded.precision() - rounded.scale() - 1;
            BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
            return (value < 0 ? MINUS : "") + mantissa.toPlainString() + "E" + exponent;
        }
        return decimal(exact.setScale(2, RoundingMode.HALF_UP));
    }

    /** All digits, grouped. */
    public static String decimal(BigDecimal value) {
        String digits = value.abs().toPlainString();
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        return (value.signum() < 0 ? MINUS : "") + grouped(whole) + (point < 0 ? "" : digits.substring(point));
    }

    /** {@code 5.5 k}, {@code 8 k}, {@code 1.2 M}. */
    public static String rate(double value) {
        return scaled(value, 1000, new String[] {"", " k", " M", " G"});
    }

    /** {@code 403 KB}. */
    public static String bytes(long value) {
        return scaled(value, 1024, new String[] {" B", " KB", " MB", " GB", " TB"});
    }

    private static String scaled(double value, int step, String[] units) {
        int unit = 0;
        while (value >= step && unit < units.length - 1) {
            value /= step;
            unit++;
        }
        String digits = value >= 100 || unit == 0
                ? fixed(value, 0)
                : fixed(value, 1).endsWith(".0") ? fixed(value, 0) : fixed(value, 1);
        return digits + units[unit];
    }

    /** {@code 679 ms}, {@code 4.2 s}, {@code 12.3 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    public static String duration(long millis) {
        if (millis < 0) {
            return MINUS + duration(-millis);
        }
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            String seconds = fixed(millis / 1000.0, 1);
            return (seconds.endsWith(".0") ? seconds.substring(0, seconds.length() - 2) : seconds) + " s";
        }
        long seconds = millis / 1000;
        if (seconds < 3600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return pair(seconds / 3600, "h", seconds / 60 % 60, "min");
        }
        return pair(seconds / 86_400, "d", seconds / 3600 % 24, "h");
    }

    private static String pair(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** {@code +19}, {@code −2.19}. */
    static String delta(double value, boolean whole) {
        String size = whole ? count(Math.round(Math.abs(value))) : real(Math.abs(value));
        return (value < 0 ? MINUS : "+") + size;
    }

    /** For coordinates: at most one decimal, none if it is zero. */
    static String coordinate(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0
                ? Long.toString(tenths / 10)
                : (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10 + "." + Math.abs(tenths) % 10;
    }

    static String fixed(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    private static String grouped(String digits) {
        if (digits.length() <= 3) {
            return digits;
        }
        var out = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0) {
                out.append(',');
            }
            out.append(digits.charAt(i));
        }
        return out.toString();
    }
}
