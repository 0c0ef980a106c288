package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Field;
import org.tailrace.data.LongVector;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.state.StateLog;

/**
 * Groups without a window of their own. One of the keys may be an event time, or a window that an operator below made:
 * then groups are late and leave by it, those whose time is NULL never.
 */
final class PlainStore extends GroupStore {
    private final GroupShape shape;
    private final List<String> names;
    private final TimeText text;
    private final int timeKey;
    private GroupTable table;
    private final TimeRuns times = new TimeRuns();
    private final LateGroups lateGroups;
    private final AggregateRows part;
    private int[] selection = new int[0];
    /** Groups that a part of a batch has had: as many are expected in the next part. */
    private int expected;

    private boolean isPart;

    /** @param timeKey the key that is an event time, −1 if there is none or groups never leave */
    PlainStore(GroupShape shape, List<String> names, int timeKey, TimeText text) {
        this.shape = shape;
        this.names = names;
        this.timeKey = timeKey;
        this.text = text;
        table = new GroupTable(shape);
        lateGroups = new LateGroups(shape, false);
        part = shape.rows();
    }

    @Override
    void begin(long lateBeforeMicros, long nowMs) {
        super.begin(lateBeforeMicros, nowMs);
        lateGroups.clear();
    }

    /** Forgets everything: a bounded table starts anew each time. */
    void clear() {
        table = new GroupTable(shape);
        times.clear();
    }

    /** The event time of each row: that of the key, or the end of the window that it is. */
    private @Nullable LongVector time(Vector[] keys) {
        if (timeKey < 0) {
            return null;
        }
        Vector key = keys[timeKey];
        return (LongVector) (key instanceof StructVector window ? window.children[1] : key);
    }

    @Override
    void add(AggregateInput input, VectorBatch rows, int block) {
        AggregateRows all = input.rows;
        LongVector time = time(all.keys);
        if (time == null || lateMicros == Long.MIN_VALUE) {
            addToTable(all);
            return;
        }
        Vector key = all.keys[timeKey];
        selection = Ints.room(selection, all.count);
        int count = 0;
        var lateRows = new Ints();
        for (int i = 0; i < all.count; i++) {
            if (!key.isNull(i) && time.values[time.offset + i] <= lateMicros) {
                lateRows.add(i);
            } else {
                selection[count++] = i;
            }
        }
        if (lateRows.size == 0) {
            addToTable(all);
            return;
        }
        noteLate(all, time, lateRows, rows, block);
        part.gather(all, selection, count);
        addToTable(part);
    }

    private void noteLate(AggregateRows all, LongVector time, Ints lateRows, VectorBatch rows, int block) {
        part.gather(all, lateRows.values, lateRows.size);
        lateGroups.add(part.keys, lateRows.size, 0, block);
        for (int i = 0; i < lateRows.size; i++) {
            int row = lateRows.values[i];
            if (late.count()) {
                long at = time.values[time.offset + row];
                late.sample(rows, row, at, batchTimeMs, text.late(at, lateMicros / 1000));
            }
        }
    }

    private void addToTable(AggregateRows rows) {
        int before = table.size();
        table.add(rows);
        index(rows.keys, rows.count, before);
    }

    /** Puts the groups from {@code next} on, which these rows made, in order of their times. */
    private void index(Vector[] keys, int count, int next) {
        LongVector time = time(keys);
        if (time == null || table.size() == next || isPart) {
            return;
        }
        int[] groups = table.groups();
        int fresh = next;
        long[] at = new long[table.size() - next];
        int[] of = new int[at.length];
        int found = 0;
        for (int i = 0; i < count && fresh < table.size(); i++) {
            if (groups[i] == fresh) {
                if (!keys[timeKey].isNull(i)) {
                    at[found] = time.values[time.offset + i];
                    of[found++] = fresh;
                }
                fresh++;
            }
        }
        times.add(at, of, found);
    }

    @Override
    GroupStore partial() {
        var part = new PlainStore(shape, names, timeKey, text);
        part.table = table.part(expected);
        part.isPart = true;
        return part;
    }

    @Override
    void merge(GroupStore other, int block) {
        var later = (PlainStore) other;
        expected = later.table.size();
        later.table.forEachKeys((keys, ids, count) -> {
            int before = table.size();
            table.merge(later.table, keys, ids, count);
            index(keys, count, before);
        });
        lateGroups.merge(later.lateGroups, block);
        late.append(later.late);
    }

    @Override
    void finish() {
        late.dropped = lateGroups.count();
        if (shape.keys().isEmpty()) {
            table.touchOnly();
        }
    }

    @Override
    void writeTouched(GroupWriter writer) throws Exception {
        writer.write(table, table.touched());
    }

    @Override
    void writeAll(GroupWriter writer) throws Exception {
        writer.write(table, table.all());
    }

    @Override
    long earliestMicros() {
        return times.earliest();
    }

    @Override
    void evict(long passedMicros, @Nullable GroupWriter writer) throws Exception {
        var gone = new Ints();
        times.take(passedMicros, gone);
        gone.sort();
        for (int i = 0; i < gone.size; i++) {
            table.remove(gone.values[i]);
        }
        if (writer != null) {
            writer.write(table, gone);
        }
    }

    @Override
    StateLog.Layout layout(String operator) {
        var keys = new ArrayList<Field>();
        for (int k = 0; k < names.size(); k++) {
            keys.add(new Field(names.get(k), shape.keys().get(k).type(), true));
        }
        return StateRows.layout(operator, keys, table.stateNames(), table.stateTypes());
    }

    @Override
    void load(StateLog log, long version) throws IOException {
        clear();
        int width = shape.keys().size();
        StateRows.load(log, version, layout("").row(), shape.vectorSize(), rows -> {
            int before = table.size();
            Vector[] keys = java.util.Arrays.copyOf(rows.columns, width);
            table.load(keys, rows.columns, width, rows.size);
            index(keys, rows.size, before);
        });
    }

    @Override
    void save(StateLog log, long version) throws IOException {
        var changes = new StateRows(layout(""));
        table.saveChanges(changes, GroupTable.NO_PREFIX);
        changes.commit(log, version);
    }

    @Override
    void commit() {
        if (table.commit()) {
            reindex();
        }
    }

    @Override
    void rollback() {
        table.rollback();
        reindex();
    }

    private void reindex() {
        if (timeKey < 0) {
            return;
        }
        times.clear();
        table.forEachKeys((keys, ids, count) -> {
            LongVector time = time(keys);
            long[] at = new long[count];
            int[] of = new int[count];
            int found = 0;
            for (int i = 0; time != null && i < count; i++) {
                if (!keys[timeKey].isNull(i)) {
                    at[found] = time.values[time.offset + i];
                    of[found++] = ids[i];
                }
            }
            times.add(at, of, found);
        });
    }

    @Override
    long rows() {
        return table.liveSize();
    }

    @Override
    long bytes() {
        return table.bytes() + times.bytes();
    }

    @Override
    long updated() {
        return table.touchedSize();
    }

    @Override
    long removed() {
        return table.removedSize();
    }
}
