package org.tailrace.data.text;

/**
 * A length of time as Spark keeps it: months and days have no fixed length, so they stay apart.
 *
 * @param micros the part below a day, in microseconds; may exceed a day
 */
public record Interval(int months, int days, long micros) {
    public static final long MICROS_PER_DAY = 86_400_000_000L;

    /**
     * The length with a day of 24 hours, in microseconds.
     *
     * @param daysPerMonth 31 for the delay of a watermark, as Spark counts
     * @throws ArithmeticException if it does not fit
     */
    public long toMicros(int daysPerMonth) {
        long allDays = Math.addExact(Math.multiplyExact((long) months, daysPerMonth), days);
        return Math.addExact(Math.multiplyExact(allDays, MICROS_PER_DAY), micros);
    }

    public boolean hasMonths() {
        return months != 0;
    }

    public Interval negated() {
        return new Interval(Math.negateExact(months), Math.negateExact(days), Math.negateExact(micros));
    }
}
