package org.tailrace.exec;

import java.util.Arrays;

/** Puts the rows of a vector into buckets by a long, keeping their order in each. */
final class RowBuckets {
    private long[] values = new long[16];
    private int[] starts = new int[17];
    private int buckets;
    private int[] bucketOf = new int[0];
    private int[] selection = new int[0];
    private int[] slots = new int[32];
    private int rows;

    void clear(int expectedRows) {
        buckets = 0;
        rows = 0;
        bucketOf = Ints.room(bucketOf, expectedRows);
        selection = Ints.room(selection, expectedRows);
        Arrays.fill(slots, 0);
    }

    /** Row {@code row} goes into the bucket of {@code value}; rows come in rising order, some perhaps into several buckets. */
    void put(int row, long value) {
        int last = rows == 0 ? -1 : bucketOf[rows - 1];
        int bucket = last >= 0 && values[last] == value ? last : find(value);
        if (rows == selection.length || rows == bucketOf.length) {
            selection = Arrays.copyOf(selection, Math.max(16, rows * 2));
            bucketOf = Arrays.copyOf(bucketOf, selection.length);
        }
        selection[rows] = row;
        bucketOf[rows++] = bucket;
    }

    private int find(long value) {
        int mask = slots.length - 1;
        int slot = (int) (value * 0x9E3779B97F4A7C15L >>> 40) & mask;
        int entry;
        while ((entry = slots[slot]) != 0) {
            if (values[entry - 1] == value) {
                return entry - 1;
            }
            slot = slot + 1 & mask;
        }
        if (buckets == values.length) {
            values = Arrays.copyOf(values, buckets * 2);
        }
        values[buckets++] = value;
        slots[slot] = buckets;
        if (buckets * 2 > slots.length) {
            rehash();
        }
        return buckets - 1;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int b = 0; b < buckets; b++) {
            int slot = (int) (values[b] * 0x9E3779B97F4A7C15L >>> 40) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = b + 1;
        }
    }

    /** Ends putting: rows of one bucket lie together from now on. */
    void group() {
        starts = Ints.room(starts, buckets + 1);
        Arrays.fill(starts, 0, buckets + 1, 0);
        for (int i = 0; i < rows; i++) {
            starts[bucketOf[i] + 1]++;
        }
        for (int b = 0; b < buckets; b++) {
            starts[b + 1] += starts[b];
        }
        int[] next = Arrays.copyOf(starts, buckets);
        int[] grouped = new int[rows];
        for (int i = 0; i < rows; i++) {
            grouped[next[bucketOf[i]]++] = selection[i];
        }
        selection = grouped;
    }

    int buckets() {
        return buckets;
    }

    int rows() {
        return rows;
    }

    long value(int bucket) {
        return values[bucket];
    }

    /** The rows of a bucket, in order. */
    int[] rowsOf(int bucket) {
        return Arrays.copyOfRange(selection, starts[bucket], starts[bucket + 1]);
    }
}
