package org.tailrace.bench;

import java.util.ArrayList;
import java.util.List;

/** Takes what a hand-written loop finds: counts the rows, and keeps them as text when answers are compared. */
final class Answer {
    private final boolean keep;
    private final List<String> rows = new ArrayList<>();
    private long count;
    private long sum;

    Answer(boolean keep) {
        this.keep = keep;
    }

    /** A column of a result. */
    interface Col {
        Object get(int row);
    }

    static Col of(long[] values) {
        return row -> values[row];
    }

    static Col of(int[] values) {
        return row -> (long) values[row];
    }

    static Col of(int[] codes, Texts texts) {
        return row -> texts.values[codes[row]];
    }

    static Col of(Object constant) {
        return row -> constant;
    }

    /** @param mark some value of the result, so that no work is dead */
    void take(int size, long mark, Col... columns) {
        count += size;
        sum += mark;
        if (keep) {
            for (int row = 0; row < size; row++) {
                var text = new StringBuilder();
                for (Col column : columns) {
                    text.append(column.get(row)).append('|');
                }
                rows.add(text.toString());
            }
        }
    }

    List<String> rows() {
        return rows;
    }

    @Override
    public String toString() {
        return count + " rows, mark " + sum;
    }
}
