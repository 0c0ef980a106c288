package org.tailrace.bench.contest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.data.Query;
import org.tailrace.bench.data.Texts;

/**
 * Takes what a system answers. While systems are compared it keeps the rows as text, of those with a key the newest; while
 * they are measured it only counts what it is told.
 */
public final class Answer {
    private final boolean keep;
    private final int keys;
    /** By key the row; of rows without a key, the row itself and how often it is there. */
    private final Map<String, String> byKey = new LinkedHashMap<>();

    private final Map<String, Integer> times = new LinkedHashMap<>();
    private long count;
    private long sum;

    public Answer(Query query, boolean keep) {
        this(query.keys, keep);
    }

    /** @param keys a row replaces the one with the same first so many columns; 0: each row stays */
    public Answer(int keys, boolean keep) {
        this.keep = keep;
        this.keys = keys;
    }

    /** A column of a block of a result. */
    public interface Col {
        Object get(int row);
    }

    public static Col of(long[] values) {
        return row -> values[row];
    }

    public static Col of(int[] values) {
        return row -> values[row];
    }

    public static Col of(int[] codes, Texts texts) {
        return row -> texts.values[codes[row]];
    }

    public static Col of(Object constant) {
        return row -> constant;
    }

    public boolean keeps() {
        return keep;
    }

    /** @param mark some value of the result, so that no work is dead */
    public void take(int size, long mark, Col... columns) {
        count += size;
        sum += mark;
        if (keep) {
            for (int row = 0; row < size; row++) {
                @Nullable Object[] values = new Object[columns.length];
                for (int i = 0; i < columns.length; i++) {
                    values[i] = columns[i].get(row);
                }
                add(values);
            }
        }
    }

    /** A row: whole numbers, doubles, texts, instants, in the order of the query's columns. */
    public synchronized void add(@Nullable Object... values) {
        String row = text(values, values.length);
        if (keys > 0) {
            byKey.put(text(values, keys), row);
        } else {
            times.merge(row, 1, Integer::sum);
        }
    }

    /** Takes a row back that no longer holds. */
    public synchronized void remove(@Nullable Object... values) {
        String row = text(values, values.length);
        if (keys > 0) {
            byKey.remove(text(values, keys), row);
        } else {
            times.merge(row, -1, Integer::sum);
        }
    }

    private static String text(@Nullable Object[] values, int columns) {
        var text = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            Object value = values[i];
            text.append(value instanceof Instant time ? ChronoUnit.MICROS.between(Instant.EPOCH, time) : value)
                    .append('|');
        }
        return text.toString();
    }

    /** The rows, sorted. */
    public synchronized List<String> rows() {
        var rows = new ArrayList<>(byKey.values());
        times.forEach((row, n) -> {
            for (int i = 0; i < n; i++) {
                rows.add(row);
            }
        });
        rows.sort(null);
        return rows;
    }

    @Override
    public String toString() {
        return count + " rows, mark " + sum;
    }
}
