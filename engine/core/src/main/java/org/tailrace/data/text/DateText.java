package org.tailrace.data.text;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Month;
import java.time.chrono.IsoChronology;

/**
 * Dates as text, the way Spark casts: {@code yyyy}, {@code yyyy-[m]m}, {@code yyyy-[m]m-[d]d}, the last also followed by
 * {@code T} or a blank and anything; years of 4 to 7 digits, with a sign if need be.
 */
public final class DateText {
    /** What {@link #parse} returns for a text that is no date. */
    public static final int INVALID = Integer.MIN_VALUE;

    private DateText() {}

    /** Days since the epoch, or {@link #INVALID}. */
    public static int parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parse(bytes, 0, bytes.length);
    }

    /** Days since the epoch, or {@link #INVALID}. */
    public static int parse(byte[] text, int start, int stop) {
        int from = Ascii.skipBlanks(text, start, stop);
        int to = Ascii.skipBlanksBack(text, from, stop);
        int sign = 1;
        if (from < to && (text[from] == '-' || text[from] == '+')) {
            sign = text[from] == '-' ? -1 : 1;
            from++;
        }
        int at = Ascii.skipDigits(text, from, to);
        int digits = at - from;
        if (digits < 4 || digits > 7) {
            return INVALID;
        }
        int year = sign * Ascii.number(text, from, at);
        if (at == to) {
            return days(year, 1, 1);
        }
        if (text[at++] != '-') {
            return INVALID;
        }
        int next = Ascii.skipDigits(text, at, to);
        if (next == at || next - at > 2) {
            return INVALID;
        }
        int month = Ascii.number(text, at, next);
        if (next == to) {
            return days(year, month, 1);
        }
        if (text[next++] != '-') {
            return INVALID;
        }
        at = Ascii.skipDigits(text, next, to);
        if (at == next || at - next > 2 || at < to && text[at] != ' ' && text[at] != 'T') {
            return INVALID;
        }
        return days(year, month, Ascii.number(text, next, at));
    }

    /** Days since the epoch of a date of the proleptic Gregorian calendar, or {@link #INVALID}. */
    public static int days(int year, int month, int day) {
        if (month < 1
                || month > 12
                || day < 1
                || day > 31
                || day > 28 && day > Month.of(month).length(IsoChronology.INSTANCE.isLeapYear(year))) {
            return INVALID;
        }
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        long result = era * 146_097 + dayOfEra - 719_468;
        return result <= Integer.MIN_VALUE || result > Integer.MAX_VALUE ? INVALID : (int) result;
    }

    /** {@code 2024-03-10}; years beyond 9999 have a sign. */
    public static String print(int days) {
        return LocalDate.ofEpochDay(days).toString();
    }
}
