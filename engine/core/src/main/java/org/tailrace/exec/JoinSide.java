package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final JoinIndex index;
    private final JoinChains chains = new JoinChains();
    /** By row: the number under which the log knows it. */
    private LongChunks numbers = new LongChunks();

    private BitSet matched = new BitSet();
    private BitSet dead = new BitSet();
    private final TimeRuns times = new TimeRuns();
    private long nextNumber;
    private long numberBefore;
    private int endBefore;
    private int size;
    private int sizeBefore;
    private int deadCount;
    private final Ints deadNow = new Ints();
    private final Ints matchedNow = new Ints();
    private final Ints due = new Ints();
    private int[] ids = new int[0];
    private int[] added = new int[0];
    private final SampledSize rowSize = new SampledSize();

    /** @param index of the keys of both sides */
    JoinSide(String stateName, JoinKeys keys, JoinIndex index, Schema schema, Leaving leaving) {
        this.keys = keys;
        this.index = index;
        this.schema = schema;
        this.leaving = leaving;
        var fields = new ArrayList<Field>();
        fields.add(new Field("row", DataType.BIGINT, false));
        schema.fields().forEach(f -> fields.add(new Field(f.name(), f.type(), true)));
        fields.add(new Field("matched", DataType.BOOLEAN, false));
        layout = new StateLog.Layout(stateName, new Schema(fields), 1);
        rows = new RowStore(schema);
    }

    RowStore rows() {
        return rows;
    }

    JoinKeys keys() {
        return keys;
    }

    /** Adds rows whose keys are these, numbered so; gives the number of each row, valid until rows are added again. */
    int[] add(VectorBatch more, Vector[] keyColumns, int[] keyIds) {
        added = Ints.room(added, more.size);
        rows.add(more, added);
        int from = 0;
        while (from < more.size) {
            from = number(from, more.size);
        }
        chains.add(keyIds, added, more.size);
        nextNumber += more.size;
        size += more.size;
        note(more, keyColumns, added, false);
        return added;
    }

    /** Numbers a run of rows that lie one behind the other; gives the first row after it. */
    private int number(int from, int count) {
        int to = from + 1;
        while (to < count && added[to] == added[to - 1] + 1) {
            to++;
        }
        numbers.setSequence(added[from], to - from, nextNumber + from);
        return to;
    }

    private int[] ids(VectorBatch of, Vector[] keyColumns) {
        ids = Ints.room(ids, of.size);
        index.add(keys, keyColumns, of.size, ids);
        return ids;
    }

    /** Notes when rows will leave; those without a time stay. */
    private void note(VectorBatch more, Vector[] keyColumns, int[] rowNumbers, boolean liveOnly) {
        Vector column = leaveTime(more, keyColumns);
        if (column == null) {
            return;
        }
        var in = (LongVector) (column instanceof StructVector window ? window.children[1] : column);
        if (column.validity == null && !liveOnly) {
            if (column.isView()
                    && rowNumbers[more.size - 1] - rowNumbers[0] == more.size - 1
                    && times.addRange(in.values, in.offset, more.size, rowNumbers[0])) {
                return;
            }
            times.add(
                    Arrays.copyOfRange(in.values, in.offset, in.offset + more.size),
                    Arrays.copyOf(rowNumbers, more.size),
                    more.size);
            return;
        }
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

    /** Makes {@code pairs} those of each arriving row, whose keys are numbered so, with the live rows of its key. */
    void collect(int[] keyIds, int count, JoinPairs pairs) {
        pairs.clear();
        if (size > deadCount) {
            pairs.collect(keyIds, count, chains, dead);
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

    /** Removes the rows whose time is at or before {@code limit}. */
    void evict(long limit) {
        due.clear();
        times.take(limit, due);
        for (int i = 0; i < due.size; i++) {
            remove(due.values[i]);
        }
    }

    /** The earliest time of a row that has not left by it. */
    long earliestMicros() {
        return times.earliest();
    }

    /** The rows that {@link #evict} has removed in this batch, in the order in which they came. */
    Ints gone() {
        var gone = new Ints();
        for (int i = 0; i < due.size; i++) {
            gone.add(due.values[i]);
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
        chains.clear();
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
            Vector[] columns = keys.evaluate(view);
            int[] loaded = add(view, columns, ids(view, columns));
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

    /** Adds the keys of all live rows anew, after the index was cleared. */
    void renumber() {
        if (deadCount > 0) {
            rebuild();
        } else {
            relink();
        }
        settle();
    }

    /** Fresh columns and chains with the live rows, in their order. */
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
            int[] some = live(oldDead, start, view.size);
            if (some.length == 0) {
                continue;
            }
            VectorBatch live = some.length == view.size ? view : part(view, some, some.length);
            Vector[] columns = keys.evaluate(live);
            int[] moved = add(live, columns, ids(live, columns));
            for (int i = 0; i < some.length; i++) {
                int before = start + some[i];
                numbers.set(moved[i], oldNumbers.get(before));
                if (oldMatched.get(before)) {
                    matched.set(moved[i]);
                }
            }
        }
        nextNumber = next;
    }

    /** Which of {@code count} rows from {@code start} on are not dead, counted from there. */
    private static int[] live(BitSet dead, int start, int count) {
        int first = dead.nextSetBit(start);
        if (first < 0 || first >= start + count) {
            return Ints.sequence(count);
        }
        int[] some = new int[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            some[found] = i;
            found += dead.get(start + i) ? 0 : 1;
        }
        return Arrays.copyOf(some, found);
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
        size = sizeBefore;
        nextNumber = numberBefore;
        relink();
        settle();
    }

    /** Links the rows by their keys anew, and notes again when they will leave. */
    private void relink() {
        chains.clear();
        times.clear();
        VectorBatch view = VectorBatch.create(schema);
        for (int segment = 0; segment < rows.segments(); segment++) {
            int start = rows.view(segment, view);
            Vector[] columns = keys.evaluate(view);
            int[] of = Ints.sequence(start, view.size);
            int[] keyIds = ids(view, columns);
            for (int i = 0; i < view.size; i++) {
                keyIds[i] = dead.get(start + i) ? -1 : keyIds[i];
            }
            chains.add(keyIds, of, view.size);
            note(view, columns, of, true);
        }
    }

    long bytes() {
        return times.bytes() + numbers.bytes() + chains.bytes() + rowSize.of(rows.end(), this::bytes);
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
