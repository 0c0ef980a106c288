package org.tailrace.exec;

import java.util.Arrays;

/** Rows of each key, in the order in which they were added: a linked list per key over arrays. */
final class JoinChains {
    private int[] first = new int[16];
    private int[] last = new int[16];
    private int keys;
    private int[] next = new int[16];

    void clear() {
        keys = 0;
    }

    /** Adds rows by their keys; one whose key is −1 is in no chain. */
    void add(int[] keysOf, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            if (keysOf[i] >= 0) {
                add(keysOf[i], rows[i]);
            }
        }
    }

    void add(int key, int row) {
        if (key >= first.length) {
            first = Arrays.copyOf(first, Math.max(key + 1, first.length * 2));
            last = Arrays.copyOf(last, first.length);
        }
        while (keys <= key) {
            first[keys++] = -1;
        }
        if (row >= next.length) {
            next = Arrays.copyOf(next, Math.max(row + 1, next.length * 2));
        }
        next[row] = -1;
        if (first[key] < 0) {
            first[key] = row;
        } else {
            next[last[key]] = row;
        }
        last[key] = row;
    }

    long bytes() {
        return 4L * (first.length + last.length + next.length);
    }

    /** The first row of a key, −1 if there is none. */
    int first(int key) {
        return key < 0 || key >= keys ? -1 : first[key];
    }

    /** The row after this one, −1 at the end. */
    int next(int row) {
        return next[row];
    }
}
