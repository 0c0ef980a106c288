package org.tailrace.bench.data;

/**
 * A stream whose keys come and go: a thousand keys a second of event time that were never there before, and a watermark so
 * far behind that {@link #keys} of them are always kept. A batch of a thousand rows brings as many keys as its watermark
 * makes leave.
 *
 * <p>The first blocks fill the state; then come batches to warm up and batches to measure, of {@link #rows} rows each.
 */
public final class Passing {
    public static final String TABLE = "passing";
    public static final String SCHEMA = "k bigint, v bigint, ts timestamp";
    public static final String SQL = "SELECT window(ts, '1 second') AS w, k, count(*) AS n, sum(v) AS s FROM passing"
            + " GROUP BY window(ts, '1 second'), k";
    /** New keys in a second of event time; also what leaves when the watermark passes one. */
    public static final int PER_SECOND = 1000;

    private static final int FILL = 1_000_000;
    private static final long MICROS_EACH = 1_000_000 / PER_SECOND;

    public final int rows;
    public final int keys;
    public final int warm;
    public final int measured;
    /** Row numbers at which blocks begin, and the end of the last. */
    public final int[] before;

    public final long[] key;
    public final long[] value;
    public final long[] time;

    /**
     * @param rows of a batch that is not for filling
     * @param keys kept, whole thousands
     */
    public Passing(int rows, int keys, int warm, int measured) {
        this.rows = rows;
        this.keys = keys;
        this.warm = warm;
        this.measured = measured;
        int fills = (keys + FILL - 1) / FILL;
        before = new int[fills + warm + measured + 1];
        for (int i = 1; i < before.length; i++) {
            before[i] = i <= fills ? Math.min(i * FILL, keys) : before[i - 1] + rows;
        }
        int all = before[before.length - 1];
        key = new long[all];
        value = new long[all];
        time = new long[all];
        for (int i = 0; i < all; i++) {
            // An odd factor makes a permutation of all longs, so that keys are spread and yet distinct.
            key[i] = i * 0x9E3779B97F4A7C15L;
            value[i] = i * 31L % PER_SECOND;
            time[i] = Events.START_MICROS + i * MICROS_EACH;
        }
    }

    /** How far the watermark is behind. */
    public String delay() {
        return keys / PER_SECOND + " seconds";
    }

    /** The first block that is measured. */
    public int firstMeasured() {
        return before.length - 1 - measured;
    }
}
