package org.tailrace.exec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Row;

/** What a user's function keeps per key, by the key's id: a row and a time at which to be woken. With an undo record. */
final class KeyedState {
    static final long NEVER = Long.MAX_VALUE;

    private @Nullable Row[] rows = new @Nullable Row[16];
    private long[] timeouts = new long[16];
    private final TimeHeap due = new TimeHeap();

    private record Before(@Nullable Row row, long timeoutMs) {}

    private final Map<Integer, Before> undo = new HashMap<>();
    private final Ints changed = new Ints();
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
        }
        used = Math.max(used, key + 1);
        if (!undo.containsKey(key)) {
            undo.put(key, new Before(rows[key], timeoutMs(key)));
            changed.add(key);
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
        return 12L * rows.length + due.bytes() + size.of(used, this::bytes);
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
        Before before = undo.get(key);
        return before == null ? present(key) : before.row() != null || before.timeoutMs() != NEVER;
    }

    void commit() {
        undo.clear();
        changed.clear();
    }

    void rollback() {
        undo.forEach((key, before) -> {
            rows[key] = before.row();
            timeouts[key] = before.timeoutMs() == NEVER ? 0 : before.timeoutMs();
        });
        undo.clear();
        changed.clear();
        due.clear();
        for (int key = 0; key < timeouts.length; key++) {
            if (timeouts[key] != 0) {
                due.add(timeouts[key], key);
            }
        }
    }
}
