package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.state.StateLog;

/**
 * The entries of one variable of a processor, for all keys: in memory, with what undoes a call or a batch, and with what
 * changed since the last batch for the log.
 */
final class EntryStore {
    private final Schema key;
    private final Schema at;
    private final Schema value;
    private final boolean expires;
    final StateLog.Layout layout;

    private final Map<List<@Nullable Object>, TreeMap<Row, Entry>> entries = new HashMap<>();
    private final PriorityQueue<Entry> due = new PriorityQueue<>(Entry.BY_TIME);
    private long size;
    private long bytes;

    /** Entries as they were before each change, newest last. */
    private final Deque<Change> undo = new ArrayDeque<>();

    private record Change(Row key, Row at, @Nullable Entry before) {}

    private record Place(List<@Nullable Object> key, List<@Nullable Object> at) {}

    /** For each place that changed since the last batch, its key and what was there. */
    private final Map<Place, Change> changed = new LinkedHashMap<>();

    EntryStore(String operator, Schema key, Schema at, Schema value, boolean expires) {
        this.key = key;
        this.at = at;
        this.value = value;
        this.expires = expires;
        var fields = new ArrayList<Field>();
        key.fields().forEach(f -> fields.add(new Field(f.name(), f.type(), true)));
        at.fields().forEach(f -> fields.add(new Field(f.name(), f.type(), true)));
        value.fields().forEach(f -> fields.add(new Field(f.name(), f.type(), true)));
        if (expires) {
            fields.add(new Field("expires_ms", DataType.BIGINT, true));
        }
        layout = new StateLog.Layout(operator, new Schema(fields), key.size() + at.size());
    }

    /** The entries of a key, in order. */
    Collection<Entry> of(Row its) {
        TreeMap<Row, Entry> found = entries.get(Entry.identity(its));
        return found == null ? List.of() : found.values();
    }

    Optional<Entry> last(Row its) {
        TreeMap<Row, Entry> found = entries.get(Entry.identity(its));
        return found == null ? Optional.empty() : Optional.of(found.lastEntry().getValue());
    }

    @Nullable
    Entry get(Row its, Row where) {
        TreeMap<Row, Entry> found = entries.get(Entry.identity(its));
        return found == null ? null : found.get(where);
    }

    void put(Entry entry) {
        noting(entry.key(), entry.at(), set(entry));
    }

    void remove(Row its, Row where) {
        Entry before = take(its, where);
        if (before != null) {
            noting(its, where, before);
        }
    }

    void removeAll(Row its) {
        for (Entry entry : List.copyOf(of(its))) {
            remove(its, entry.at());
        }
    }

    private void noting(Row its, Row where, @Nullable Entry before) {
        var change = new Change(its, where, before);
        undo.add(change);
        changed.putIfAbsent(new Place(Entry.identity(its), Entry.identity(where)), change);
    }

    private @Nullable Entry set(Entry entry) {
        Entry before = entries.computeIfAbsent(Entry.identity(entry.key()), k -> new TreeMap<>(Entry::compare))
                .put(entry.at(), entry);
        size += before == null ? 1 : 0;
        bytes += bytes(entry) - (before == null ? 0 : bytes(before));
        if (expires && entry.expiresMs() != Entry.NEVER) {
            due.add(entry);
        }
        return before;
    }

    private @Nullable Entry take(Row its, Row where) {
        List<@Nullable Object> identity = Entry.identity(its);
        TreeMap<Row, Entry> found = entries.get(identity);
        Entry before = found == null ? null : found.remove(where);
        if (before != null) {
            size--;
            bytes -= bytes(before);
            if (found.isEmpty()) {
                entries.remove(identity);
            }
        }
        return before;
    }

    /** Entries whose time is at or before this, earliest first; they stay. */
    List<Entry> due(long nowMs) {
        var found = new ArrayList<Entry>();
        while (!due.isEmpty() && due.peek().expiresMs() <= nowMs) {
            Entry entry = due.poll();
            if (get(entry.key(), entry.at()) == entry) {
                found.add(entry);
            }
        }
        due.addAll(found);
        return found;
    }

    /** The earliest time of an entry; {@link Entry#NEVER} for none. */
    long earliestMs() {
        while (!due.isEmpty() && get(due.peek().key(), due.peek().at()) != due.peek()) {
            due.poll();
        }
        return due.isEmpty() ? Entry.NEVER : due.peek().expiresMs();
    }

    /** A point to which {@link #undoTo} goes back. */
    int mark() {
        return undo.size();
    }

    void undoTo(int mark) {
        while (undo.size() > mark) {
            Change change = undo.removeLast();
            if (change.before() == null) {
                take(change.key(), change.at());
            } else {
                set(change.before());
            }
        }
    }

    void commit() {
        undo.clear();
        changed.clear();
    }

    void rollback() {
        undoTo(0);
        changed.clear();
    }

    long size() {
        return size;
    }

    /** How many keys have entries. */
    long keys() {
        return entries.size();
    }

    /** About how much memory the entries take. */
    long bytes() {
        return bytes;
    }

    private long bytes(Entry entry) {
        return (expires ? 160 : 120)
                + ObjectSize.of(entry.key())
                + ObjectSize.of(entry.at())
                + ObjectSize.of(entry.value());
    }

    /** Entries that were written since the last commit, or that are gone since then. */
    long changed(boolean gone) {
        return changed.values().stream()
                .filter(c -> {
                    boolean present = get(c.key(), c.at()) != null;
                    return gone ? !present && c.before() != null : present;
                })
                .count();
    }

    void save(StateLog log, long version) throws IOException {
        var rows = new StateRows(layout);
        for (Change change : changed.values()) {
            Entry entry = get(change.key(), change.at());
            if (entry == null && change.before() == null) {
                continue;
            }
            VectorBatch target = entry == null ? rows.removed : rows.upserts;
            int c = append(target, 0, change.key());
            c = append(target, c, change.at());
            if (entry != null) {
                c = append(target, c, entry.value());
                if (expires) {
                    target.columns[c].appendValue(entry.expiresMs() == Entry.NEVER ? null : (Object) entry.expiresMs());
                }
            }
            target.size++;
        }
        rows.commit(log, version);
    }

    private static int append(VectorBatch target, int from, Row row) {
        int c = from;
        for (Object each : row.values()) {
            target.columns[c++].appendValue(each);
        }
        return c;
    }

    void load(StateLog log, long version, int vectorSize) throws IOException {
        entries.clear();
        due.clear();
        undo.clear();
        changed.clear();
        size = 0;
        bytes = 0;
        StateRows.load(log, version, layout.row(), vectorSize, rows -> {
            for (int i = 0; i < rows.size; i++) {
                Object time = expires ? rows.columns[layout.row().size() - 1].get(i) : null;
                set(new Entry(
                        row(rows, i, 0, key),
                        row(rows, i, key.size(), at),
                        row(rows, i, key.size() + at.size(), value),
                        time == null ? Entry.NEVER : (Long) time));
            }
        });
    }

    private static Row row(VectorBatch rows, int row, int from, Schema schema) {
        var values = new ArrayList<@Nullable Object>();
        for (int c = 0; c < schema.size(); c++) {
            values.add(rows.columns[from + c].get(row));
        }
        return new Row(schema, values);
    }

    void clear() {
        entries.clear();
        due.clear();
        commit();
        size = 0;
        bytes = 0;
    }
}
