package org.tailrace.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Row numbers by a time, earliest first, for rows that come many at a time. The rows of a vector are one run, sorted by
 * time, which costs nothing where they came so; a heap holds the runs by their first row. So taking rows out costs what
 * is taken out, and little per row. Rows that come few at a time lie in a heap of their own.
 */
final class TimeRuns {
    private static final int FEW = 32;

    private long[][] times = new long[4][];
    /** Null where the rows of a run lie one behind the other, see {@link #origins}. */
    private int @Nullable [][] rows = new int[4][];

    /** The row at place 0 of a run without {@link #rows}. */
    private int[] origins = new int[4];

    private int[] starts = new int[4];
    private int[] ends = new int[4];
    private int[] free = new int[4];
    private int freeCount;
    private int runs;
    private final TimeHeap heads = new TimeHeap();
    private final TimeHeap few = new TimeHeap();
    private long bytes;

    /** Takes the arrays over: {@code count} rows and their times. */
    void add(long[] runTimes, int[] runRows, int count) {
        if (count < FEW) {
            for (int i = 0; i < count; i++) {
                few.add(runTimes[i], runRows[i]);
            }
            return;
        }
        if (!sorted(runTimes, 0, count)) {
            sort(runTimes, runRows, count);
        }
        int run = run();
        times[run] = runTimes.length == count ? runTimes : Arrays.copyOf(runTimes, count);
        rows[run] = runRows.length == count ? runRows : Arrays.copyOf(runRows, count);
        open(run, 0, count);
        bytes += 12L * count;
    }

    /**
     * Notes rows from {@code firstRow} on, whose times lie one behind the other in an array that never changes; says whether
     * they are sorted and more than a few: others it does not take.
     */
    boolean addRange(long[] values, int from, int count, int firstRow) {
        if (count < FEW || !sorted(values, from, count)) {
            return false;
        }
        int run = run();
        times[run] = values;
        rows[run] = null;
        origins[run] = firstRow - from;
        open(run, from, from + count);
        return true;
    }

    private void open(int run, int start, int end) {
        starts[run] = start;
        ends[run] = end;
        heads.add(times[run][start], run);
    }

    private int run() {
        int run = freeCount > 0 ? free[--freeCount] : runs++;
        if (run == times.length) {
            times = Arrays.copyOf(times, run * 2);
            rows = Arrays.copyOf(rows, run * 2);
            origins = Arrays.copyOf(origins, run * 2);
            starts = Arrays.copyOf(starts, run * 2);
            ends = Arrays.copyOf(ends, run * 2);
            free = Arrays.copyOf(free, run * 2);
        }
        return run;
    }

    private static boolean sorted(long[] times, int from, int count) {
        for (int i = from + 1; i < from + count; i++) {
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
        while (few.due(limit)) {
            target.add(few.poll());
        }
        while (heads.due(limit)) {
            int run = heads.poll();
            long[] runTimes = times[run];
            int[] runRows = rows[run];
            int at = starts[run];
            int end = ends[run];
            while (at < end && runTimes[at] <= limit) {
                target.add(runRows == null ? origins[run] + at : runRows[at]);
                at++;
            }
            if (at < end) {
                starts[run] = at;
                heads.add(runTimes[at], run);
            } else {
                bytes -= runRows == null ? 0 : 12L * runTimes.length;
                times[run] = null;
                rows[run] = null;
                free[freeCount++] = run;
            }
        }
    }

    /** The earliest time, or {@code Long.MAX_VALUE}. */
    long earliest() {
        return Math.min(heads.earliest(), few.earliest());
    }

    void clear() {
        heads.clear();
        few.clear();
        Arrays.fill(times, 0, runs, null);
        Arrays.fill(rows, 0, runs, null);
        runs = 0;
        freeCount = 0;
        bytes = 0;
    }

    long bytes() {
        return bytes + heads.bytes() + few.bytes();
    }
}
