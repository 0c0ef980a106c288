package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.LongVector;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.DataException;
import org.tailrace.error.Problem;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.function.GroupState;
import org.tailrace.plan.StatefulSpec;
import org.tailrace.plan.StatefulSpec.Timeout;
import org.tailrace.state.StateLog;

/**
 * Keyed state with a user's function: called once for each key with rows in the batch, in the order of the keys' first
 * rows, then for each key whose timeout has come.
 *
 * <p>A call starts without a timeout: the function sets it each time it wants one. With event-time timeouts, rows that the
 * watermark has passed are dropped before the function sees them. If the function throws and the query goes on, the call
 * counts as if the row it took last had not been there: state and output of the failed call are taken back, and it is
 * called again with the other rows.
 */
final class KeyedStateOperator extends StatefulOperator {
    private final StatefulSpec spec;
    private final KeyedInput input;
    private final boolean bounded;
    private final TimeText text;
    private final UserCode userCode;
    private final int vectorSize;
    private final StateLog.Layout layout;

    private GroupIndex index;
    /** By id. */
    private @Nullable Row[] keys = new @Nullable Row[16];

    private KeyedState state = new KeyedState();
    private int sizeBefore;
    private long rowsBefore;

    private final ArrivedRows arrived;
    private int[] ids = new int[0];
    private int[] picked = new int[0];
    private final EmittedRows emitted;
    private final SampledSize keySize = new SampledSize();

    KeyedStateOperator(
            String stateName,
            Operator child,
            StatefulSpec spec,
            KeyedInput input,
            UserCode userCode,
            boolean bounded,
            TimeText text,
            int vectorSize) {
        super(spec.name(), List.of(child));
        this.spec = spec;
        this.input = input;
        this.bounded = bounded;
        this.text = text;
        this.userCode = userCode;
        this.vectorSize = vectorSize;
        index = index();
        arrived = new ArrivedRows(input.schema);
        emitted = new EmittedRows(spec.output());
        var fields = new ArrayList<>(spec.key().fields());
        spec.state().fields().forEach(f -> fields.add(new Field(f.name(), f.type(), true)));
        fields.add(new Field("timeout_ms", DataType.BIGINT, true));
        fields.add(new Field("present", DataType.BOOLEAN, false));
        layout = new StateLog.Layout(stateName, new Schema(fields), spec.key().size());
    }

    private GroupIndex index() {
        return new GroupIndex(spec.key().fields().stream().map(Field::type).toList());
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        if (bounded) {
            index = index();
            state = new KeyedState();
            Arrays.fill(keys, null);
        }
        arrived.clear();
        if (batch.context.batchId() == 0) {
            start();
        }
        child().run(batch, rows -> collect(rows, batch));
        late.dropped = late.rows;
        arrived.group();
        for (int group = 0; group < arrived.groups(); group++) {
            call(arrived.key(group), arrived.rows(group), false, batch);
            emitted.flush(out, vectorSize);
        }
        Ints woken = state.takeDue(timeoutThresholdMs(batch));
        for (int i = 0; i < woken.size; i++) {
            call(woken.values[i], new KeyedRows(arrived, 0, 0), true, batch);
            emitted.flush(out, vectorSize);
        }
        emitted.flush(out, 1);
        arrived.clear();
    }

    private long timeoutThresholdMs(BatchRun batch) {
        switch (spec.timeout()) {
            case EVENT_TIME:
                return watermarkMs();
            case PROCESSING_TIME:
                return batch.context.batchTimeMs();
            default:
                return Long.MIN_VALUE;
        }
    }

    /** The state that a new query starts with; its keys are called even without rows. */
    private void start() {
        StatefulSpec.InitialState initial = spec.initial().orElse(null);
        if (initial == null) {
            return;
        }
        VectorBatch one = VectorBatch.create(spec.key());
        int[] id = new int[1];
        for (Row row : initial.rows().get().rows()) {
            Row key = initial.key().apply(row);
            Columns.clear(one);
            for (int c = 0; c < one.columns.length; c++) {
                one.columns[c].appendValue(key.get(c));
            }
            index.add(one.columns, 1, id);
            if (!arrived.open(id[0])) {
                throw new DataException(Problem.of("TR-310", "the initial state has two rows for the key " + key)
                        .because("a key has one state")
                        .fix("group the table by its key first"));
            }
            put(id[0], key);
            state.set(id[0], initial.state().apply(row), KeyedState.NEVER);
        }
    }

    private void collect(VectorBatch rows, BatchRun batch) throws Exception {
        ids = Ints.room(ids, rows.size);
        picked = Ints.room(picked, rows.size);
        boolean[] bad = new boolean[rows.size];
        Vector[] columns = input.keys(rows, bad, batch);
        int known = index.size();
        index.add(columns, rows.size, ids);
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (ids[i] >= known && (ids[i] >= keys.length || keys[ids[i]] == null)) {
                put(ids[i], input.key(columns, i));
            }
            if (!bad[i] && !input.late(rows, i, late, lateWatermarkMs(), batch)) {
                picked[count++] = i;
            }
        }
        arrived.add(rows, ids, picked, count);
    }

    private void put(int id, Row key) {
        if (id >= keys.length) {
            keys = Arrays.copyOf(keys, Math.max(id + 1, keys.length * 2));
        }
        keys[id] = key;
    }

    private void call(int key, KeyedRows rows, boolean timedOut, BatchRun batch) throws InterruptedException {
        Row before = state.row(key);
        long timeoutBefore = state.timeoutMs(key);
        Row keyRow = keys[key];
        if (keyRow == null) {
            throw new IllegalStateException("key " + key + " has no values");
        }
        while (true) {
            var view = new State(before, timedOut, batch);
            int from = emitted.size();
            try {
                spec.function().apply(keyRow, rows.iterator(), view, emitted::add);
                if (view.row != before || view.timeoutMs != timeoutBefore) {
                    state.set(key, view.row, view.timeoutMs);
                }
                return;
            } catch (Exception | StackOverflowError e) {
                emitted.truncate(from);
                userCode.failed(
                        e,
                        batch,
                        timedOut
                                ? "timeout of key " + keyRow
                                : rows.removeTaken().toString());
                if (timedOut) {
                    state.set(key, before, KeyedState.NEVER);
                }
                if (rows.isEmpty()) {
                    return;
                }
            }
        }
    }

    /** What a call sees and changes; taken over only if the call returns. */
    private final class State implements GroupState<Row> {
        private @Nullable Row row;
        private long timeoutMs = KeyedState.NEVER;
        private final boolean timedOut;
        private final BatchRun batch;

        State(@Nullable Row row, boolean timedOut, BatchRun batch) {
            this.row = row;
            this.timedOut = timedOut;
            this.batch = batch;
        }

        @Override
        public Optional<Row> get() {
            return Optional.ofNullable(row);
        }

        @Override
        public void set(Row next) {
            row = next;
        }

        @Override
        public void remove() {
            row = null;
        }

        @Override
        public boolean timedOut() {
            return timedOut;
        }

        @Override
        public long watermarkMs() {
            return KeyedStateOperator.this.watermarkMs();
        }

        @Override
        public long batchTimeMs() {
            return batch.context.batchTimeMs();
        }

        @Override
        public void timeoutAtMs(long eventTimeMs) {
            if (spec.timeout() != Timeout.EVENT_TIME) {
                throw new UnsupportedOperationException("timeoutAtMs needs event-time timeouts");
            }
            if (eventTimeMs <= 0 || eventTimeMs < watermarkMs()) {
                throw new IllegalArgumentException(
                        "timeout " + text.ms(eventTimeMs) + " is before the watermark " + text.ms(watermarkMs()));
            }
            timeoutMs = eventTimeMs;
        }

        @Override
        public void timeoutAfterMs(long processingMs) {
            if (spec.timeout() != Timeout.PROCESSING_TIME) {
                throw new UnsupportedOperationException("timeoutAfterMs needs processing-time timeouts");
            }
            if (processingMs <= 0) {
                throw new IllegalArgumentException("a timeout of " + processingMs + " ms is not in the future");
            }
            timeoutMs = Math.addExact(batchTimeMs(), processingMs);
        }
    }

    @Override
    String nothing(Explanations words) {
        long first = state.earliestMs();
        String kept = "the function gave no row; " + Explanations.count(stateRows(), "key") + " kept";
        if (stateRows() == 0 || first == KeyedState.NEVER) {
            return stateRows() == 0 ? "" : kept;
        }
        return kept + ", and the first timeout comes "
                + (spec.timeout() == Timeout.EVENT_TIME ? words.reaching(first + 1) : "at " + words.time(first));
    }

    @Override
    boolean passesWatermark() {
        return spec.timeout() == Timeout.EVENT_TIME;
    }

    @Override
    boolean wantsNoDataBatch() {
        return spec.timeout() == Timeout.EVENT_TIME;
    }

    @Override
    long nextTimeoutMs() {
        long earliest = spec.timeout() == Timeout.PROCESSING_TIME ? state.earliestMs() : KeyedState.NEVER;
        return earliest == KeyedState.NEVER ? KeyedState.NEVER : earliest + 1;
    }

    @Override
    List<StateLog.Layout> layouts() {
        return bounded ? List.of() : List.of(layout);
    }

    @Override
    void load(List<StateLog> logs, long version) throws IOException {
        index = index();
        state = new KeyedState();
        Arrays.fill(keys, null);
        int width = spec.key().size();
        int stateWidth = spec.state().size();
        StateRows.load(logs.get(0), version, layout.row(), vectorSize, rows -> {
            ids = Ints.room(ids, rows.size);
            Vector[] columns = Arrays.copyOf(rows.columns, width);
            index.add(columns, rows.size, ids);
            var timeouts = (LongVector) rows.columns[width + stateWidth];
            var present = (BooleanVector) rows.columns[width + stateWidth + 1];
            for (int i = 0; i < rows.size; i++) {
                put(ids[i], input.key(columns, i));
                var values = new ArrayList<@Nullable Object>();
                for (int c = 0; c < stateWidth; c++) {
                    values.add(rows.columns[width + c].get(i));
                }
                state.set(
                        ids[i],
                        present.values[present.offset + i] ? new Row(spec.state(), values) : null,
                        timeouts.isNull(i) ? KeyedState.NEVER : timeouts.values[timeouts.offset + i]);
            }
        });
        state.commit();
        sizeBefore = index.size();
        rowsBefore = index.size();
    }

    @Override
    void save(List<StateLog> logs, long version) throws IOException {
        var changes = new StateRows(layout);
        int width = spec.key().size();
        int stateWidth = spec.state().size();
        Ints changed = state.changed();
        for (int i = 0; i < changed.size; i++) {
            int key = changed.values[i];
            Row keyRow = keys[key];
            boolean present = state.present(key);
            if (keyRow == null || !present && !state.presentBefore(key)) {
                continue;
            }
            VectorBatch target = present ? changes.upserts : changes.removed;
            for (int c = 0; c < width; c++) {
                target.columns[c].appendValue(keyRow.get(c));
            }
            target.size++;
            if (present) {
                Row row = state.row(key);
                for (int c = 0; c < stateWidth; c++) {
                    target.columns[width + c].appendValue(row == null ? null : row.get(c));
                }
                long timeout = state.timeoutMs(key);
                target.columns[width + stateWidth].appendValue(timeout == KeyedState.NEVER ? null : (Object) timeout);
                target.columns[width + stateWidth + 1].appendValue(row != null);
            }
        }
        changes.commit(logs.get(0), version);
    }

    @Override
    void commit() {
        Ints changed = state.changed();
        var gone = new Ints();
        for (int id = sizeBefore; id < index.size(); id++) {
            if (!state.present(id)) {
                gone.add(id);
            }
        }
        for (int i = 0; i < changed.size; i++) {
            if (changed.values[i] < sizeBefore && !state.present(changed.values[i])) {
                gone.add(changed.values[i]);
            }
        }
        rowsBefore = stateRows();
        state.commit();
        index.remove(gone.values, gone.size);
        for (int i = 0; i < gone.size; i++) {
            keys[gone.values[i]] = null;
        }
        int dead = index.size() - index.liveSize();
        if (dead > 1024 && dead > index.liveSize()) {
            rebuild();
        }
        sizeBefore = index.size();
    }

    private void rebuild() {
        GroupIndex fresh = index();
        var freshState = new KeyedState();
        var freshKeys = new @Nullable Row[keys.length];
        VectorBatch one = VectorBatch.create(spec.key());
        int[] id = new int[1];
        for (int old = 0; old < index.size(); old++) {
            Row key = keys[old];
            if (key == null || !index.live(old)) {
                continue;
            }
            Columns.clear(one);
            for (int c = 0; c < one.columns.length; c++) {
                one.columns[c].appendValue(key.get(c));
            }
            fresh.add(one.columns, 1, id);
            freshKeys[id[0]] = key;
            freshState.set(id[0], state.row(old), state.timeoutMs(old));
        }
        freshState.commit();
        index = fresh;
        state = freshState;
        keys = freshKeys;
    }

    @Override
    void rollback() {
        state.rollback();
        // A batch that failed between the two has ids whose keys were never put.
        if (sizeBefore < keys.length) {
            Arrays.fill(keys, sizeBefore, Math.min(index.size(), keys.length), null);
        }
        index.truncate(sizeBefore);
        arrived.clear();
        emitted.truncate(0);
    }

    @Override
    long stateRows() {
        long rows = rowsBefore;
        Ints changed = state.changed();
        for (int i = 0; i < changed.size; i++) {
            boolean before = state.presentBefore(changed.values[i]);
            boolean now = state.present(changed.values[i]);
            rows += before == now ? 0 : now ? 1 : -1;
        }
        return rows;
    }

    @Override
    long stateBytes() {
        return index.bytes() + state.bytes() + keySize.of(index.size(), this::keyBytes);
    }

    private long keyBytes(int[] some, int count) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += 4 + ObjectSize.of(keys[some[i]]);
        }
        return bytes;
    }

    @Override
    long updatedRows() {
        return counted(true);
    }

    @Override
    long removedRows() {
        return counted(false);
    }

    private long counted(boolean present) {
        long count = 0;
        Ints changed = state.changed();
        for (int i = 0; i < changed.size; i++) {
            int key = changed.values[i];
            count += present ? state.present(key) ? 1 : 0 : !state.present(key) && state.presentBefore(key) ? 1 : 0;
        }
        return count;
    }
}
