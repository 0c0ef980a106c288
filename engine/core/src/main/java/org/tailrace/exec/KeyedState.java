package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Row;

/** What a user's function keeps per key, by the key's id: a row and a time at which to be woken. With an undo record. */
final class KeyedState {
    static final long NEVER = Long.MAX_VALUE;

    private @Nullable Row[] rows = new @Nullable Row[16];
    private long[] timeouts = new long[16];
    private final TimeHeap due = new TimeHeap();

    /** By key, its place in {@link #changed} plus one; 0 for a key that has not changed. */
    private int[] places = new int[16];

    private final Ints changed = new Ints();

    /** What changed keys had, by their place. */
    private final List<@Nullable Row> rowsBefore = new ArrayList<>();

    private long[] timeoutsBefore = new long[16];
    /** Keys below this may have something. */
    private int used;

    private final SampledSize size = new SampledSize();

    @Nullable
    Row row(int key) {
        return key < rows.length ? rows[key] : null;
    }

    long timeoutMs(int key) {
        return key < timeouts.length && timeouts[key] != 0 ? timeouts[key] : NEVER;
    }

    /** Whether anything is kept. */
    boolean present(int key) {
        return row(key) != null || timeoutMs(key) != NEVER;
    }

    void set(int key, @Nullable Row row, long timeoutMs) {
        if (key >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(key + 1, rows.length * 2));
            timeouts = Arrays.copyOf(timeouts, rows.length);
            places = Arrays.copyOf(places, rows.length);
        }
        used = Math.max(used, key + 1);
        if (places[key] == 0) {
            if (changed.size == timeoutsBefore.length) {
                timeoutsBefore = Arrays.copyOf(timeoutsBefore, changed.size * 2);
            }
            timeoutsBefore[changed.size] = timeouts[key];
            rowsBefore.add(rows[key]);
            changed.add(key);
            places[key] = changed.size;
        }
        put(key, row, timeoutMs);
    }

    private void put(int key, @Nullable Row row, long timeoutMs) {
        boolean later = timeoutMs != timeoutMs(key);
        rows[key] = row;
        timeouts[key] = timeoutMs == NEVER ? 0 : timeoutMs;
        if (later && timeoutMs != NEVER) {
            due.add(timeoutMs, key);
        }
    }

    /** Keys whose time is before {@code nowMs}, earliest first; they are not woken again unless they ask. */
    Ints takeDue(long nowMs) {
        var keys = new Ints();
        while (nowMs > Long.MIN_VALUE && due.due(nowMs - 1)) {
            long time = due.earliest();
            int key = due.poll();
            if (timeoutMs(key) == time) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** The earliest time at which a key is to be woken. */
    long earliestMs() {
        while (due.earliest() != Long.MAX_VALUE && timeoutMs(due.peek()) != due.earliest()) {
            due.poll();
        }
        return due.earliest();
    }

    /** About what rows and timeouts take. */
    long bytes() {
        return 16L * rows.length + due.bytes() + size.of(used, this::bytes);
    }

    private long bytes(int[] some, int count) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += ObjectSize.of(rows[some[i]]);
        }
        return bytes;
    }

    /** Keys changed since the last commit, in the order of the first change. */
    Ints changed() {
        return changed;
    }

    boolean presentBefore(int key) {
        int place = key < places.length ? places[key] - 1 : -1;
        return place < 0 ? present(key) : rowsBefore.get(place) != null || timeoutsBefore[place] != 0;
    }

    void commit() {
        for (int i = 0; i < changed.size; i++) {
            places[changed.values[i]] = 0;
        }
        changed.clear();
        rowsBefore.clear();
    }

    void rollback() {
        for (int i = 0; i < changed.size; i++) {
            rows[changed.values[i]] = rowsBefore.get(i);
            timeouts[changed.values[i]] = timeoutsBefore[i];
        }
        commit();
        due.clear();
        for (int key = 0; key < timeouts.length; key++) {
            if (timeouts[key] != 0) {
                due.add(timeouts[key], key);
            }
        }
    }
}
