package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.state.StateLog;

/**
 * The rows that one side of a stream–stream join waits with, by key, with an undo record: rows of a batch are cut off
 * again, rows that left or were matched come back.
 */
final class JoinSide {
    private static final int DEAD_TO_REBUILD = 1024;

    /** What makes rows leave: their time column, or a time in the key, or nothing (both −1). */
    record Leaving(int timeColumn, int timeKey) {
        static final Leaving NEVER = new Leaving(-1, -1);
    }

    private final JoinKeys keys;
    private final Schema schema;
    private final Leaving leaving;
    private final StateLog.Layout layout;

    private RowStore rows;
    private GroupIndex index;
    private JoinChains chains = new JoinChains();
    /** By row: the number under which the log knows it. */
    private LongChunks numbers = new LongChunks();

    private BitSet matched = new BitSet();
    private BitSet dead = new BitSet();
    private final TimeRuns times = new TimeRuns();
    private long nextNumber;
    private long numberBefore;
    private int endBefore;
    private int keysBefore;
    private int size;
    private int sizeBefore;
    private int deadCount;
    private final Ints deadNow = new Ints();
    private final Ints matchedNow = new Ints();
    private int[] ids = new int[0];
    private int[] added = new int[0];
    private final SampledSize rowSize = new SampledSize();

    JoinSide(String stateName, JoinKeys keys, Schema schema, Leaving leaving) {
        this.keys = keys;
        this.schema = schema;
        this.leaving = leaving;
        var fields = new ArrayList<Field>();
        fields.add(new Field("row", DataType.BIGINT, false));
        schema.fields().forEach(f -> fields.add(new Field(f.name(), f.type(), true)));
        fields.add(new Field("matched", DataType.BOOLEAN, false));
        layout = new StateLog.Layout(stateName, new Schema(fields), 1);
        rows = new RowStore(schema);
        index = keys.index();
    }

    RowStore rows() {
        return rows;
    }

    JoinKeys keys() {
        return keys;
    }

    /** Adds rows whose keys are these; gives the number of each, valid until rows are added again. */
    int[] add(VectorBatch more, Vector[] keyColumns) {
        added = Ints.room(added, more.size);
        ids = Ints.room(ids, more.size);
        rows.add(more, added);
        index.add(keyColumns, more.size, ids);
        boolean all = keys.allEqual(keyColumns);
        for (int i = 0; i < more.size; i++) {
            numbers.set(added[i], nextNumber + i);
            if (all || !keys.unequal(keyColumns, i)) {
                chains.add(ids[i], added[i]);
            }
        }
        nextNumber += more.size;
        size += more.size;
        note(more, keyColumns, added, false);
        return added;
    }

    /** Notes when rows will leave; those without a time stay. */
    private void note(VectorBatch more, Vector[] keyColumns, int[] rowNumbers, boolean liveOnly) {
        Vector column = leaveTime(more, keyColumns);
        if (column == null) {
            return;
        }
        var in = (LongVector) (column instanceof StructVector window ? window.children[1] : column);
        long[] at = new long[more.size];
        int[] of = new int[more.size];
        int count = 0;
        for (int i = 0; i < more.size; i++) {
            if (!column.isNull(i) && !(liveOnly && dead.get(rowNumbers[i]))) {
                at[count] = in.values[in.offset + i];
                of[count++] = rowNumbers[i];
            }
        }
        times.add(at, of, count);
    }

    private @Nullable Vector leaveTime(VectorBatch more, Vector[] keyColumns) {
        return leaving.timeColumn() >= 0
                ? more.columns[leaving.timeColumn()]
                : leaving.timeKey() >= 0 ? keyColumns[leaving.timeKey()] : null;
    }

    /** Some of the rows, copied. */
    VectorBatch part(VectorBatch from, int[] some, int count) {
        VectorBatch part = VectorBatch.create(schema);
        Columns.gather(from, some, count, part);
        return part;
    }

    static long time(Vector column, int row) {
        var times = (LongVector) (column instanceof StructVector window ? window.children[1] : column);
        return times.values[times.offset + row];
    }

    /** Collects the live rows of equal keys. */
    void probe(VectorBatch arriving, Vector[] keyColumns, JoinPairs pairs) {
        if (size == deadCount) {
            return;
        }
        ids = Ints.room(ids, arriving.size);
        index.find(keyColumns, arriving.size, ids);
        boolean all = keys.allEqual(keyColumns);
        for (int i = 0; i < arriving.size; i++) {
            if (ids[i] >= 0 && (all || !keys.unequal(keyColumns, i))) {
                for (int row = chains.first(ids[i]); row >= 0; row = chains.next(row)) {
                    if (!dead.get(row)) {
                        pairs.add(i, row);
                    }
                }
            }
        }
    }

    /** Notes that a row has found a partner. */
    void match(int row) {
        if (!matched.get(row)) {
            matched.set(row);
            matchedNow.add(row);
        }
    }

    boolean matched(int row) {
        return matched.get(row);
    }

    boolean live(int row) {
        return !dead.get(row);
    }

    void remove(int row) {
        if (!dead.get(row)) {
            dead.set(row);
            deadCount++;
            deadNow.add(row);
        }
    }

    /** Removes the rows whose time is at or before {@code limit}; gives them in the order in which they came. */
    Ints evict(long limit) {
        var due = new Ints();
        times.take(limit, due);
        var gone = new Ints();
        for (int i = 0; i < due.size; i++) {
            if (!dead.get(due.values[i])) {
                gone.add(due.values[i]);
                remove(due.values[i]);
            }
        }
        gone.sort();
        return gone;
    }

    int liveSize() {
        return size - deadCount;
    }

    int addedSize() {
        return size - sizeBefore;
    }

    int removedSize() {
        return deadNow.size;
    }

    StateLog.Layout layout() {
        return layout;
    }

    private void empty() {
        rows = new RowStore(schema);
        index = keys.index();
        chains = new JoinChains();
        numbers = new LongChunks();
        matched = new BitSet();
        dead = new BitSet();
        size = 0;
        deadCount = 0;
        times.clear();
    }

    void load(StateLog log, long version, int vectorSize) throws IOException {
        empty();
        nextNumber = 0;
        int width = schema.size();
        VectorBatch view = new VectorBatch(new Vector[width]);
        StateRows.load(log, version, layout.row(), vectorSize, saved -> {
            System.arraycopy(saved.columns, 1, view.columns, 0, width);
            view.size = saved.size;
            long next = nextNumber;
            int[] loaded = add(view, keys.evaluate(view));
            nextNumber = next;
            var savedNumbers = (LongVector) saved.columns[0];
            var flags = (BooleanVector) saved.columns[width + 1];
            for (int i = 0; i < saved.size; i++) {
                long number = savedNumbers.values[savedNumbers.offset + i];
                numbers.set(loaded[i], number);
                nextNumber = Math.max(nextNumber, number + 1);
                matched.set(loaded[i], flags.values[flags.offset + i]);
            }
        });
        settle();
    }

    void save(StateLog log, long version) throws IOException {
        var changes = new StateRows(layout);
        for (int i = 0; i < deadNow.size; i++) {
            int row = deadNow.values[i];
            if (row < endBefore) {
                ((LongVector) changes.removed.columns[0]).append(numbers.get(row), true);
                changes.removed.size++;
            }
        }
        for (int i = 0; i < matchedNow.size; i++) {
            int row = matchedNow.values[i];
            if (row < endBefore && !dead.get(row)) {
                append(row, changes.upserts);
            }
        }
        for (int row = rows.next(endBefore); row < rows.end(); row = rows.next(row + 1)) {
            if (!dead.get(row)) {
                append(row, changes.upserts);
            }
        }
        changes.commit(log, version);
    }

    private void append(int row, VectorBatch target) {
        ((LongVector) target.columns[0]).append(numbers.get(row), true);
        int width = schema.size();
        for (int c = 0; c < width; c++) {
            target.columns[c + 1].append(rows.vector(c, row), RowStore.place(row));
        }
        ((BooleanVector) target.columns[width + 1]).append(matched.get(row), true);
        target.size++;
    }

    private void settle() {
        endBefore = rows.end();
        sizeBefore = size;
        keysBefore = index.size();
        numberBefore = nextNumber;
        deadNow.clear();
        matchedNow.clear();
    }

    void commit() {
        if (deadCount > DEAD_TO_REBUILD && deadCount > liveSize()) {
            rebuild();
        }
        settle();
    }

    /** Fresh columns, index and chains with the live rows, in their order. */
    private void rebuild() {
        RowStore old = rows;
        LongChunks oldNumbers = numbers;
        BitSet oldMatched = matched;
        BitSet oldDead = dead;
        long next = nextNumber;
        empty();
        VectorBatch view = VectorBatch.create(schema);
        for (int segment = 0; segment < old.segments(); segment++) {
            int start = old.view(segment, view);
            int[] some = new int[view.size];
            int count = 0;
            for (int i = 0; i < view.size; i++) {
                if (!oldDead.get(start + i)) {
                    some[count++] = i;
                }
            }
            if (count == 0) {
                continue;
            }
            VectorBatch live = count == view.size ? view : part(view, some, count);
            int[] moved = add(live, keys.evaluate(live));
            for (int i = 0; i < count; i++) {
                int before = start + some[i];
                numbers.set(moved[i], oldNumbers.get(before));
                matched.set(moved[i], oldMatched.get(before));
            }
        }
        nextNumber = next;
    }

    void rollback() {
        for (int i = 0; i < deadNow.size; i++) {
            dead.clear(deadNow.values[i]);
        }
        deadCount -= deadNow.size;
        for (int i = 0; i < matchedNow.size; i++) {
            matched.clear(matchedNow.values[i]);
        }
        rows.truncate(endBefore);
        index.truncate(keysBefore);
        size = sizeBefore;
        nextNumber = numberBefore;
        chains.clear();
        times.clear();
        relink();
        settle();
    }

    private void relink() {
        VectorBatch view = VectorBatch.create(schema);
        for (int segment = 0; segment < rows.segments(); segment++) {
            int start = rows.view(segment, view);
            Vector[] columns = keys.evaluate(view);
            ids = Ints.room(ids, view.size);
            index.find(columns, view.size, ids);
            for (int i = 0; i < view.size; i++) {
                if (!keys.unequal(columns, i)) {
                    chains.add(ids[i], start + i);
                }
            }
            note(view, columns, Ints.sequence(start, view.size), true);
        }
    }

    long bytes() {
        return index.bytes() + times.bytes() + numbers.bytes() + chains.bytes() + rowSize.of(rows.end(), this::bytes);
    }

    /** Of a number that no row has the bytes are 0, which is right: it takes no room. */
    private long bytes(int[] some, int count) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            for (int c = 0; rows.next(some[i]) == some[i] && c < schema.size(); c++) {
                bytes += RowSizes.bytes(rows.vector(c, some[i]), RowStore.place(some[i]));
            }
        }
        return bytes;
    }
}
