package org.tailrace.exec;

import java.util.Arrays;

/**
 * Row numbers by a time, earliest first, for rows that come many at a time. The rows of a vector are one run, sorted by
 * time, which costs nothing where they came so; a heap holds the runs by their first row. So taking rows out costs what
 * is taken out, and little per row.
 */
final class TimeRuns {
    private long[][] times = new long[4][];
    private int[][] rows = new int[4][];
    private int[] starts = new int[4];
    private int[] free = new int[4];
    private int freeCount;
    private int runs;
    private final TimeHeap heads = new TimeHeap();
    private long bytes;

    /** Takes the arrays over: {@code count} rows and their times. */
    void add(long[] runTimes, int[] runRows, int count) {
        if (count == 0) {
            return;
        }
        if (!sorted(runTimes, count)) {
            sort(runTimes, runRows, count);
        }
        int run = freeCount > 0 ? free[--freeCount] : runs++;
        if (run == times.length) {
            times = Arrays.copyOf(times, run * 2);
            rows = Arrays.copyOf(rows, run * 2);
            starts = Arrays.copyOf(starts, run * 2);
            free = Arrays.copyOf(free, run * 2);
        }
        times[run] = runTimes.length == count ? runTimes : Arrays.copyOf(runTimes, count);
        rows[run] = runRows.length == count ? runRows : Arrays.copyOf(runRows, count);
        starts[run] = 0;
        bytes += 12L * count;
        heads.add(runTimes[0], run);
    }

    private static boolean sorted(long[] times, int count) {
        for (int i = 1; i < count; i++) {
            if (times[i] < times[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** By time, and rows of one time in their order: ranks in the low bits make the sort one of plain longs. */
    private static void sort(long[] times, int[] rows, int count) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, times[i]);
            greatest = Math.max(greatest, times[i]);
        }
        int bits = 32 - Integer.numberOfLeadingZeros(count);
        long span = greatest - least;
        int[] order = span < 0 || span >>> 62 - bits != 0 ? compared(times, count) : packed(times, count, least, bits);
        long[] oldTimes = Arrays.copyOf(times, count);
        int[] oldRows = Arrays.copyOf(rows, count);
        for (int i = 0; i < count; i++) {
            times[i] = oldTimes[order[i]];
            rows[i] = oldRows[order[i]];
        }
    }

    private static int[] packed(long[] times, int count, long least, int bits) {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = times[i] - least << bits | i;
        }
        Arrays.sort(keys);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) keys[i] & (1 << bits) - 1;
        }
        return order;
    }

    private static int[] compared(long[] times, int count) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b]));
        return Arrays.stream(order).mapToInt(i -> i).toArray();
    }

    /** Appends the rows whose time is at or before {@code limit} to {@code target}, and forgets them. */
    void take(long limit, Ints target) {
        while (heads.due(limit)) {
            int run = heads.poll();
            long[] runTimes = times[run];
            int at = starts[run];
            while (at < runTimes.length && runTimes[at] <= limit) {
                target.add(rows[run][at++]);
            }
            if (at < runTimes.length) {
                starts[run] = at;
                heads.add(runTimes[at], run);
            } else {
                bytes -= 12L * runTimes.length;
                times[run] = null;
                rows[run] = null;
                free[freeCount++] = run;
            }
        }
    }

    /** The earliest time, or {@code Long.MAX_VALUE}. */
    long earliest() {
        return heads.earliest();
    }

    void clear() {
        heads.clear();
        Arrays.fill(times, 0, runs, null);
        Arrays.fill(rows, 0, runs, null);
        runs = 0;
        freeCount = 0;
        bytes = 0;
    }

    long bytes() {
        return bytes + heads.bytes();
    }
}
