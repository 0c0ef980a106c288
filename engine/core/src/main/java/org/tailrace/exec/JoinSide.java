package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
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

    private VectorBatch rows;
    private GroupIndex index;
    private JoinChains chains = new JoinChains();
    private LongChunks numbers = new LongChunks();
    private BitSet matched = new BitSet();
    private BitSet dead = new BitSet();
    private final TimeHeap times = new TimeHeap();
    private long nextNumber;
    private long numberBefore;
    private int sizeBefore;
    private int keysBefore;
    private int deadCount;
    private final Ints deadNow = new Ints();
    private final Ints matchedNow = new Ints();
    private int[] ids = new int[0];
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
        rows = empty();
        index = keys.index();
    }

    private VectorBatch empty() {
        VectorBatch none = VectorBatch.create(schema);
        Columns.clear(none);
        return none;
    }

    VectorBatch rows() {
        return rows;
    }

    JoinKeys keys() {
        return keys;
    }

    /** Adds rows whose keys are these; the number of the first of them is the size before. */
    void add(VectorBatch more, Vector[] keyColumns) {
        int base = rows.size;
        Columns.append(more, rows);
        ids = Ints.room(ids, more.size);
        index.add(keyColumns, more.size, ids);
        Vector column = leaving.timeColumn() >= 0
                ? more.columns[leaving.timeColumn()]
                : leaving.timeKey() >= 0 ? keyColumns[leaving.timeKey()] : null;
        for (int i = 0; i < more.size; i++) {
            numbers.set(base + i, nextNumber++);
            if (!keys.unequal(keyColumns, i)) {
                chains.add(ids[i], base + i);
            }
            if (column != null && !column.isNull(i)) {
                times.add(time(column, i), base + i);
            }
        }
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
        ids = Ints.room(ids, arriving.size);
        index.find(keyColumns, arriving.size, ids);
        for (int i = 0; i < arriving.size; i++) {
            if (!keys.unequal(keyColumns, i)) {
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
        var gone = new Ints();
        while (times.due(limit)) {
            int row = times.poll();
            if (!dead.get(row)) {
                gone.add(row);
                remove(row);
            }
        }
        gone.sort();
        return gone;
    }

    int liveSize() {
        return rows.size - deadCount;
    }

    int addedSize() {
        return rows.size - sizeBefore;
    }

    int removedSize() {
        return deadNow.size;
    }

    StateLog.Layout layout() {
        return layout;
    }

    void load(StateLog log, long version, int vectorSize) throws IOException {
        rows = empty();
        index = keys.index();
        chains = new JoinChains();
        numbers = new LongChunks();
        matched.clear();
        dead.clear();
        deadCount = 0;
        times.clear();
        nextNumber = 0;
        int width = schema.size();
        VectorBatch view = new VectorBatch(new Vector[width]);
        StateRows.load(log, version, layout.row(), vectorSize, saved -> {
            System.arraycopy(saved.columns, 1, view.columns, 0, width);
            view.size = saved.size;
            int base = rows.size;
            add(view, keys.evaluate(view));
            var savedNumbers = (LongVector) saved.columns[0];
            var flags = (BooleanVector) saved.columns[width + 1];
            for (int i = 0; i < saved.size; i++) {
                long number = savedNumbers.values[savedNumbers.offset + i];
                numbers.set(base + i, number);
                nextNumber = Math.max(nextNumber, number + 1);
                matched.set(base + i, flags.values[flags.offset + i]);
            }
        });
        settle();
    }

    void save(StateLog log, long version) throws IOException {
        var changes = new StateRows(layout);
        for (int i = 0; i < deadNow.size; i++) {
            int row = deadNow.values[i];
            if (row < sizeBefore) {
                ((LongVector) changes.removed.columns[0]).append(numbers.get(row), true);
                changes.removed.size++;
            }
        }
        for (int i = 0; i < matchedNow.size; i++) {
            int row = matchedNow.values[i];
            if (row < sizeBefore && !dead.get(row)) {
                append(row, changes.upserts);
            }
        }
        for (int row = sizeBefore; row < rows.size; row++) {
            if (!dead.get(row)) {
                append(row, changes.upserts);
            }
        }
        changes.commit(log, version);
    }

    private void append(int row, VectorBatch target) {
        ((LongVector) target.columns[0]).append(numbers.get(row), true);
        for (int c = 0; c < rows.columns.length; c++) {
            Vector from = rows.columns[c];
            if (from.size > row) {
                target.columns[c + 1].append(from, row);
            } else {
                target.columns[c + 1].appendValue(null);
            }
        }
        ((BooleanVector) target.columns[rows.columns.length + 1]).append(matched.get(row), true);
        target.size++;
    }

    private void settle() {
        sizeBefore = rows.size;
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
        VectorBatch old = rows;
        LongChunks oldNumbers = numbers;
        BitSet oldMatched = matched;
        BitSet oldDead = dead;
        long next = nextNumber;
        rows = empty();
        index = keys.index();
        chains = new JoinChains();
        numbers = new LongChunks();
        matched = new BitSet();
        dead = new BitSet();
        deadCount = 0;
        times.clear();
        VectorBatch part = VectorBatch.create(schema);
        int[] some = new int[4096];
        int at = 0;
        while (at < old.size) {
            int count = 0;
            int base = rows.size;
            for (; count < some.length && at < old.size; at++) {
                if (!oldDead.get(at)) {
                    matched.set(base + count, oldMatched.get(at));
                    some[count++] = at;
                }
            }
            Columns.gather(old, some, count, part);
            add(part, keys.evaluate(part));
            for (int i = 0; i < count; i++) {
                numbers.set(base + i, oldNumbers.get(some[i]));
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
        Columns.truncate(rows, sizeBefore);
        index.truncate(keysBefore);
        nextNumber = numberBefore;
        chains.clear();
        times.clear();
        if (sizeBefore > 0) {
            relink();
        }
        settle();
    }

    private void relink() {
        Vector[] columns = keys.evaluate(rows);
        int[] keyIds = new int[rows.size];
        index.find(columns, rows.size, keyIds);
        Vector column = leaving.timeColumn() >= 0
                ? rows.columns[leaving.timeColumn()]
                : leaving.timeKey() >= 0 ? columns[leaving.timeKey()] : null;
        for (int row = 0; row < rows.size; row++) {
            if (!keys.unequal(columns, row)) {
                chains.add(keyIds[row], row);
            }
            if (column != null && !column.isNull(row) && !dead.get(row)) {
                times.add(time(column, row), row);
            }
        }
    }

    long bytes() {
        return index.bytes() + times.bytes() + numbers.bytes() + chains.bytes() + rowSize.of(rows.size, this::bytes);
    }

    private long bytes(int[] some, int count) {
        long bytes = 0;
        for (Vector column : rows.columns) {
            for (int i = 0; i < count; i++) {
                bytes += column.size > some[i] ? RowSizes.bytes(column, some[i]) : 0;
            }
        }
        return bytes;
    }
}
