package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.state.StateLog;

/**
 * Lets the first row of each key through.
 *
 * <p>Rows whose event time the watermark has passed are dropped. A key is forgotten when its event time has passed, if
 * that is one of the keys; or, "within watermark", when the first row's time plus the delay has; otherwise never. Within
 * the watermark a row without a time counts as one of 1970, as in Spark.
 */
final class DeduplicateOperator extends StatefulOperator {

    /**
     * @param keys ordinals of the key columns
     * @param time ordinal of the event time that makes rows late; −1 for none
     * @param timeKey which of {@code keys} is it; −1 for none
     * @param delayMicros how long after its first row a key is kept; negative unless "within watermark"
     */
    record Keys(int[] keys, int time, int timeKey, long delayMicros) {
        boolean within() {
            return delayMicros >= 0;
        }
    }

    private final Keys keys;
    private final Schema schema;
    private final TimeText text;
    private final int vectorSize;
    private final StateLog.Layout layout;
    private final List<DataType> keyTypes;

    private GroupIndex index;
    private LongChunks expiries = new LongChunks();
    private final TimeHeap times = new TimeHeap();
    private int sizeBefore;
    private final Ints removed = new Ints();

    private final VectorBatch part;
    private int[] selection = new int[0];
    private int[] ids = new int[0];

    DeduplicateOperator(
            String name, String stateName, Operator child, Keys keys, Schema schema, TimeText text, int vectorSize) {
        super(name, List.of(child));
        this.keys = keys;
        this.schema = schema;
        this.text = text;
        this.vectorSize = vectorSize;
        keyTypes = Arrays.stream(keys.keys()).mapToObj(schema::type).toList();
        var fields = new ArrayList<Field>();
        for (int key : keys.keys()) {
            fields.add(new Field(schema.name(key), schema.type(key), true));
        }
        layout = keys.within()
                ? StateRows.layout(stateName, fields, List.of("expires"), List.of(DataType.BIGINT))
                : StateRows.layout(stateName, fields, List.of(), List.of());
        index = new GroupIndex(keyTypes);
        part = VectorBatch.create(schema);
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        long lateMicros = passedMicros(lateWatermarkMs());
        child().run(batch, rows -> {
            VectorBatch intime = dropLate(rows, lateMicros, batch.context.batchTimeMs());
            if (intime.size > 0) {
                letThrough(intime, out);
            }
        });
        long passed = passedMicros(watermarkMs());
        while (times.due(passed)) {
            removed.add(times.poll());
        }
        late.dropped = late.rows;
    }

    private static LongVector time(Vector column) {
        return (LongVector) (column instanceof StructVector window ? window.children[1] : column);
    }

    private VectorBatch dropLate(VectorBatch rows, long lateMicros, long nowMs) {
        if (keys.time() < 0) {
            return rows;
        }
        Vector column = rows.columns[keys.time()];
        LongVector time = time(column);
        selection = Ints.room(selection, rows.size);
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            long at = time.values[time.offset + i];
            if (at > lateMicros || column.isNull(i)) {
                selection[count++] = i;
            } else if (late.count()) {
                late.sample(rows, i, at, nowMs, text.late(at, lateWatermarkMs()));
            }
        }
        if (count == rows.size) {
            return rows;
        }
        Columns.gather(rows, selection, count, part);
        return part;
    }

    private void letThrough(VectorBatch rows, Rows out) throws Exception {
        ids = Ints.room(ids, rows.size);
        int next = index.size();
        index.add(keyColumns(rows), rows.size, ids);
        selection = Ints.room(selection, rows.size);
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (ids[i] == next) {
                selection[count++] = i;
                remember(next++, rows, i);
            }
        }
        if (count == rows.size) {
            out.accept(rows);
        } else if (count > 0) {
            VectorBatch firsts = VectorBatch.create(schema);
            Columns.gather(rows, selection, count, firsts);
            out.accept(firsts);
        }
    }

    private Vector[] keyColumns(VectorBatch rows) {
        Vector[] columns = new Vector[keys.keys().length];
        for (int k = 0; k < columns.length; k++) {
            columns[k] = rows.columns[keys.keys()[k]];
        }
        return columns;
    }

    private void remember(int id, VectorBatch rows, int row) {
        if (keys.within()) {
            Vector column = rows.columns[keys.time()];
            LongVector time = time(column);
            long expiry = (column.isNull(row) ? 0 : time.values[time.offset + row]) + keys.delayMicros();
            expiries.set(id, expiry);
            times.add(expiry, id);
        } else if (keys.timeKey() >= 0 && !rows.columns[keys.time()].isNull(row)) {
            LongVector time = time(rows.columns[keys.time()]);
            times.add(time.values[time.offset + row], id);
        }
    }

    @Override
    String nothing(Explanations words) {
        long kept = inputRows() - late.rows;
        return kept <= 0
                ? ""
                : (kept == 1 ? "the key of 1 row" : "the keys of all " + kept + " rows") + " had come before";
    }

    @Override
    boolean wantsNoDataBatch() {
        return true;
    }

    @Override
    List<StateLog.Layout> layouts() {
        return List.of(layout);
    }

    @Override
    void load(List<StateLog> logs, long version) throws IOException {
        index = new GroupIndex(keyTypes);
        times.clear();
        removed.clear();
        StateRows.load(logs.get(0), version, layout.row(), vectorSize, rows -> {
            ids = Ints.room(ids, rows.size);
            index.add(Arrays.copyOf(rows.columns, keyTypes.size()), rows.size, ids);
            if (keys.within()) {
                var expires = (LongVector) rows.columns[keyTypes.size()];
                for (int i = 0; i < rows.size; i++) {
                    expiries.set(ids[i], expires.values[expires.offset + i]);
                }
            }
        });
        sizeBefore = index.size();
        reindex();
    }

    /** Puts the live keys in order of the time at which they leave. */
    private void reindex() {
        times.clear();
        if (!keys.within() && keys.timeKey() < 0) {
            return;
        }
        forEachLive((columns, some, count) -> {
            for (int i = 0; i < count; i++) {
                if (keys.within()) {
                    times.add(expiries.get(some[i]), some[i]);
                } else if (!columns[keys.timeKey()].isNull(i)) {
                    times.add(time(columns[keys.timeKey()]).values[i], some[i]);
                }
            }
        });
    }

    private void forEachLive(GroupTable.KeyRows consumer) {
        Vector[] columns = keyTypes.stream().map(Vector::create).toArray(Vector[]::new);
        int[] some = new int[vectorSize];
        int at = 0;
        while (at < index.size()) {
            int count = 0;
            for (; count < some.length && at < index.size(); at++) {
                if (index.live(at)) {
                    some[count++] = at;
                }
            }
            index.keys(some, count, columns);
            consumer.accept(columns, some, count);
        }
    }

    @Override
    void save(List<StateLog> logs, long version) throws IOException {
        var changes = new StateRows(layout);
        var gone = new java.util.BitSet();
        var goneBefore = new Ints();
        for (int i = 0; i < removed.size; i++) {
            gone.set(removed.values[i]);
            if (removed.values[i] < sizeBefore) {
                goneBefore.add(removed.values[i]);
            }
        }
        var fresh = new Ints();
        for (int id = sizeBefore; id < index.size(); id++) {
            if (!gone.get(id)) {
                fresh.add(id);
            }
        }
        append(fresh, changes.upserts, keys.within());
        append(goneBefore, changes.removed, false);
        changes.commit(logs.get(0), version);
    }

    private void append(Ints some, VectorBatch target, boolean withExpiry) {
        Vector[] columns = keyTypes.stream().map(Vector::create).toArray(Vector[]::new);
        index.keys(some.values, some.size, columns);
        StateRows.append(columns, some.size, target, 0);
        if (withExpiry) {
            var expires = (LongVector) target.columns[columns.length];
            for (int i = 0; i < some.size; i++) {
                expires.append(expiries.get(some.values[i]), true);
            }
        }
        target.size += some.size;
    }

    @Override
    void commit() {
        if (removed.size > 0) {
            index.remove(removed.values, removed.size);
        }
        removed.clear();
        int dead = index.size() - index.liveSize();
        if (dead > 1024 && dead > index.liveSize()) {
            rebuild();
        }
        sizeBefore = index.size();
    }

    private void rebuild() {
        var fresh = new GroupIndex(keyTypes);
        var freshExpiries = new LongChunks();
        forEachLive((columns, some, count) -> {
            ids = Ints.room(ids, count);
            fresh.add(columns, count, ids);
            if (keys.within()) {
                for (int i = 0; i < count; i++) {
                    freshExpiries.set(ids[i], expiries.get(some[i]));
                }
            }
        });
        index = fresh;
        expiries = freshExpiries;
        reindex();
    }

    @Override
    void rollback() {
        index.truncate(sizeBefore);
        removed.clear();
        reindex();
    }

    @Override
    long stateRows() {
        return index.liveSize() - removed.size;
    }

    @Override
    long stateBytes() {
        return index.bytes() + times.bytes() + expiries.bytes();
    }

    @Override
    long updatedRows() {
        return index.size() - sizeBefore;
    }

    @Override
    long removedRows() {
        return removed.size;
    }

    /** For bounded tables: the first row of each key of one batch. */
    static final class Bounded extends Operator {
        private final int[] keys;
        private final Schema schema;

        Bounded(String name, Operator child, int[] keys, Schema schema) {
            super(name, List.of(child));
            this.keys = keys;
            this.schema = schema;
        }

        @Override
        void process(BatchRun batch, Rows out) throws Exception {
            var index =
                    new GroupIndex(Arrays.stream(keys).mapToObj(schema::type).toList());
            VectorBatch firsts = VectorBatch.create(schema);
            child().run(batch, rows -> {
                Vector[] columns = new Vector[keys.length];
                for (int k = 0; k < keys.length; k++) {
                    columns[k] = rows.columns[keys[k]];
                }
                int[] ids = new int[rows.size];
                int[] fresh = new int[rows.size];
                int next = index.size();
                int count = 0;
                index.add(columns, rows.size, ids);
                for (int i = 0; i < rows.size; i++) {
                    if (ids[i] == next) {
                        fresh[count++] = i;
                        next++;
                    }
                }
                Columns.gather(rows, fresh, count, firsts);
                out.accept(firsts);
            });
        }
    }
}
