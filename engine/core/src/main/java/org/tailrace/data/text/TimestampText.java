package org.tailrace.data.text;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps as text, the way Spark casts: a date as {@link DateText} has it, then optionally {@code T} or a blank,
 * {@code [h]h:[m]m[:[s]s[.fraction]]} and a zone: {@code Z}, {@code +hh:mm}, {@code UTC+h}, or a region such as
 * {@code Europe/Paris}. Digits beyond microseconds are cut off. A time that a zone skips moves forward by the gap; of two
 * that it repeats, the earlier counts.
 */
public final class TimestampText {
    /** What the parsers return for a text that is no timestamp. */
    public static final long INVALID = Long.MIN_VALUE;

    private static final long MICROS_PER_SECOND = 1_000_000L;

    private TimestampText() {}

    /** Microseconds since the epoch, or {@link #INVALID}. {@code zone} counts where the text names none. */
    public static long parse(String text, ZoneId zone) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parse(bytes, 0, bytes.length, zone);
    }

    /** Microseconds since the epoch, or {@link #INVALID}; allocates nothing unless the text names a region. */
    public static long parse(byte[] text, int start, int stop, ZoneId zone) {
        return parse(text, start, stop, zone, false);
    }

    /** Microseconds of a wall clock without zone, or {@link #INVALID}; a zone in the text is not looked at. */
    public static long parseLocal(byte[] text, int start, int stop) {
        return parse(text, start, stop, ZoneOffset.UTC, true);
    }

    public static long parseLocal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parseLocal(bytes, 0, bytes.length);
    }

    private static long parse(byte[] text, int start, int stop, ZoneId sessionZone, boolean local) {
        int from = Ascii.skipBlanks(text, start, stop);
        int to = Ascii.skipBlanksBack(text, from, stop);
        int dateEnd = from;
        while (dateEnd < to && text[dateEnd] != 'T' && text[dateEnd] != ' ') {
            dateEnd++;
        }
        int days = DateText.parse(text, from, dateEnd);
        if (days == DateText.INVALID) {
            return INVALID;
        }
        long micros = 0;
        ZoneId zone = sessionZone;
        if (dateEnd < to) {
            int at = dateEnd + 1;
            int next = Ascii.skipDigits(text, at, to);
            int hour = field(text, at, next);
            if (hour < 0 || hour > 23 || next == to || text[next] != ':') {
                return INVALID;
            }
            at = next + 1;
            next = Ascii.skipDigits(text, at, to);
            int minute = field(text, at, next);
            if (minute < 0 || minute > 59) {
                return INVALID;
            }
            int second = 0;
            int fraction = 0;
            if (next < to && text[next] == ':') {
                at = next + 1;
                next = Ascii.skipDigits(text, at, to);
                second = field(text, at, next);
                if (second < 0 || second > 59) {
                    return INVALID;
                }
                if (next < to && text[next] == '.') {
                    at = next + 1;
                    next = Ascii.skipDigits(text, at, to);
                    fraction = fraction(text, at, next);
                }
            }
            micros = ((hour * 60L + minute) * 60 + second) * MICROS_PER_SECOND + fraction;
            if (next < to) {
                ZoneId named = zone(text, Ascii.skipBlanks(text, next, to), to);
                if (named == null) {
                    return INVALID;
                }
                zone = named;
            }
        }
        try {
            long wall = Math.addExact(Math.multiplyExact((long) days, Interval.MICROS_PER_DAY), micros);
            return local ? wall : toInstant(wall, zone);
        } catch (ArithmeticException e) {
            return INVALID;
        }
    }

    private static int field(byte[] text, int from, int to) {
        return to == from || to - from > 2 ? -1 : Ascii.number(text, from, to);
    }

    private static int fraction(byte[] text, int from, int to) {
        int value = 0;
        for (int i = 0; i < 6; i++) {
            value = value * 10 + (from + i < to ? text[from + i] - '0' : 0);
        }
        return value;
    }

    private static @Nullable ZoneId zone(byte[] text, int from, int to) {
        if (to - from == 1 && text[from] == 'Z') {
            return ZoneOffset.UTC;
        }
        return find(new String(text, from, to - from, StandardCharsets.UTF_8));
    }

    /** The zone of an id as Spark takes it, such as {@code +1:30}, {@code UTC+2} or {@code Asia/Kolkata}; null if none. */
    public static @Nullable ZoneId find(String id) {
        // Spark fills up one-digit hours and minutes before it asks Java.
        String full = id.trim().replaceAll("([+-])(\\d)(:|$)", "$10$2$3").replaceAll("([+-]\\d\\d):(\\d)$", "$1:0$2");
        try {
            return ZoneId.of(full, ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The instant, in micros, at which a wall clock in {@code zone} shows {@code wall} micros since the epoch. */
    public static long toInstant(long wall, ZoneId zone) {
        if (zone == ZoneOffset.UTC) {
            return wall;
        }
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return Math.subtractExact(wall, rules.getOffset(Instant.EPOCH).getTotalSeconds() * MICROS_PER_SECOND);
        }
        long second = Math.floorDiv(wall, MICROS_PER_SECOND);
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        long offset = time.atZone(zone).toEpochSecond();
        return Math.addExact(Math.multiplyExact(offset, MICROS_PER_SECOND), Math.floorMod(wall, MICROS_PER_SECOND));
    }

    /** What a wall clock in {@code zone} shows at an instant, both in micros since the epoch. */
    public static long toWall(long micros, ZoneId zone) {
        if (zone == ZoneOffset.UTC) {
            return micros;
        }
        Instant second = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND));
        return micros + zone.getRules().getOffset(second).getTotalSeconds() * MICROS_PER_SECOND;
    }

    /** {@code 2024-03-10 02:30:00.25} in {@code zone}, trailing zeros of the fraction left out. */
    public static String print(long micros, ZoneId zone) {
        return printLocal(toWall(micros, zone));
    }

    /** As {@link #print}, of a wall clock without zone. */
    public static String printLocal(long wall) {
        var out = new StringBuilder(26);
        long days = Math.floorDiv(wall, Interval.MICROS_PER_DAY);
        long rest = Math.floorMod(wall, Interval.MICROS_PER_DAY);
        out.append(java.time.LocalDate.ofEpochDay(days)).append(' ');
        long seconds = rest / MICROS_PER_SECOND;
        two(out, seconds / 3600).append(':');
        two(out, seconds / 60 % 60).append(':');
        two(out, seconds % 60);
        fraction(out, rest % MICROS_PER_SECOND);
        return out.toString();
    }

    /** A point and the micros without trailing zeros, or nothing for 0. */
    static void fraction(StringBuilder out, long micros) {
        if (micros != 0) {
            String digits = Long.toString(MICROS_PER_SECOND + micros);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            out.append('.').append(digits, 1, end);
        }
    }

    private static StringBuilder two(StringBuilder out, long value) {
        return out.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
