package org.tailrace.expr;

/** Lists of row numbers. */
public final class Rows {
    private Rows() {}

    /** 0, 1, 2, … of at least {@code count} numbers; {@code old}, made by this method before, if it is long enough. */
    public static int[] identity(int[] old, int count) {
        if (old.length >= count) {
            return old;
        }
        int[] rows = new int[Math.max(count, old.length * 2)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        return rows;
    }

    /** An array of at least {@code count}; its contents are unspecified. */
    public static int[] room(int[] old, int count) {
        return old.length >= count ? old : new int[Math.max(count, old.length * 2)];
    }
}
