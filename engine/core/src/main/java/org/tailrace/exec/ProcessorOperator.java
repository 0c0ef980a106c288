package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.function.RowProcessor;
import org.tailrace.plan.StatefulSpec;
import org.tailrace.plan.StatefulSpec.Timeout;
import org.tailrace.plan.TransformSpec;
import org.tailrace.state.StateLog;

/**
 * Keyed state with a user's processor: variables of several kinds, and timers. In a batch come, in this order: the initial
 * state (in the first batch of a new query), the rows key by key in the order of the keys' first rows, the timers that the
 * watermark or the batch time has passed, earliest first, and the end of values whose time to live is over.
 *
 * <p>By event time, rows that the watermark has passed are dropped before the processor sees them. If the processor throws
 * and the query goes on, all that the call changed and emitted is taken back; a call for rows is made again without the row
 * that it took last.
 */
final class ProcessorOperator extends StatefulOperator {
    private final StatefulSpec spec;
    private final TransformSpec transform;
    private final KeyedInput input;
    private final UserCode userCode;
    private final boolean bounded;
    private final int vectorSize;

    private final Variables variables;
    private final Map<String, EntryStore> stores = new LinkedHashMap<>();
    private final EntryStore timers;
    private final RowProcessor processor;
    private final ArrivedRows arrived;
    private final EmittedRows emitted;

    ProcessorOperator(
            String stateName,
            Operator child,
            StatefulSpec spec,
            TransformSpec transform,
            KeyedInput input,
            UserCode userCode,
            boolean bounded,
            PlannerOptions options) {
        super(spec.name(), List.of(child));
        this.spec = spec;
        this.transform = transform;
        this.input = input;
        this.userCode = userCode;
        this.bounded = bounded;
        vectorSize = options.vectorSize();
        arrived = new ArrivedRows(input.schema);
        emitted = new EmittedRows(spec.output());
        for (TransformSpec.Variable variable : transform.variables()) {
            Schema at = variable.kind() == TransformSpec.Kind.LIST ? Variables.POSITION : variable.mapKey();
            stores.put(
                    variable.name(),
                    new EntryStore(
                            stateName + "." + variable.name(),
                            spec.key(),
                            at,
                            variable.value(),
                            variable.timeToLiveMs() > 0));
        }
        timers = new EntryStore(
                stateName + " timers", spec.key(), Schema.of(new Field("time_ms", DataType.BIGINT)), Schema.of(), true);
        variables = new Variables(transform.variables(), stores, timers, spec.timeout());
        processor = transform.processor().apply(variables);
    }

    private List<EntryStore> all() {
        var all = new ArrayList<>(stores.values());
        all.add(timers);
        return all;
    }

    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        if (bounded) {
            all().forEach(EntryStore::clear);
        }
        variables.begin(watermarkMs(), batch.context.batchTimeMs());
        if (batch.context.batchId() == 0 || bounded) {
            start(batch);
        }
        arrived.clear();
        var index = new GroupIndex(spec.key().fields().stream().map(Field::type).toList());
        var keys = new ArrayList<Row>();
        child().run(batch, rows -> collect(rows, index, keys, batch));
        late.dropped = late.rows;
        arrived.group();
        for (int group = 0; group < arrived.groups(); group++) {
            rows(keys.get(arrived.key(group)), arrived.rows(group), batch);
            emitted.flush(out, vectorSize);
        }
        arrived.clear();
        timers(batch, out);
        for (EntryStore store : stores.values()) {
            store.due(batch.context.batchTimeMs()).forEach(e -> store.remove(e.key(), e.at()));
        }
        emitted.flush(out, 1);
    }

    /** Puts rows by their keys, which are numbered for this batch only. */
    private void collect(VectorBatch rows, GroupIndex index, List<Row> keys, BatchRun batch) throws Exception {
        boolean[] bad = new boolean[rows.size];
        Vector[] columns = input.keys(rows, bad, batch);
        int[] ids = new int[rows.size];
        index.add(columns, rows.size, ids);
        int[] picked = new int[rows.size];
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (ids[i] == keys.size()) {
                keys.add(input.key(columns, i));
            }
            if (!bad[i] && !input.late(rows, i, late, lateWatermarkMs(), batch)) {
                picked[count++] = i;
            }
        }
        arrived.add(rows, ids, picked, count);
    }

    private void start(BatchRun batch) throws InterruptedException {
        StatefulSpec.InitialState initial = spec.initial().orElse(null);
        if (initial == null) {
            return;
        }
        for (Row row : initial.rows().get().rows()) {
            Row key = initial.key().apply(row);
            call(key, () -> processor.initial(key, initial.state().apply(row), variables.timers()), batch, row);
        }
    }

    private void rows(Row key, KeyedRows rows, BatchRun batch) throws InterruptedException {
        while (true) {
            Exception failure =
                    attempt(key, () -> processor.rows(key, rows.iterator(), variables.timers(), emitted::add));
            if (failure == null) {
                return;
            }
            userCode.failed(failure, batch, rows.removeTaken().toString());
            if (rows.isEmpty()) {
                return;
            }
        }
    }

    private void timers(BatchRun batch, Rows out) throws Exception {
        if (spec.timeout() == Timeout.NONE) {
            return;
        }
        long nowMs = spec.timeout() == Timeout.EVENT_TIME ? watermarkMs() : batch.context.batchTimeMs();
        for (Entry timer : nowMs == Long.MIN_VALUE ? List.<Entry>of() : timers.due(nowMs)) {
            if (timers.get(timer.key(), timer.at()) == timer) {
                call(
                        timer.key(),
                        () -> processor.timer(timer.key(), timer.expiresMs(), variables.timers(), emitted::add),
                        batch,
                        "timer of key " + timer.key());
                timers.remove(timer.key(), timer.at());
                emitted.flush(out, vectorSize);
            }
        }
    }

    private void call(Row key, Call call, BatchRun batch, Object about) throws InterruptedException {
        Exception failure = attempt(key, call);
        if (failure != null) {
            userCode.failed(failure, batch, about.toString());
        }
    }

    /** Makes a call; if it throws, takes back what it did and gives the exception. */
    private @Nullable Exception attempt(Row key, Call call) {
        List<EntryStore> all = all();
        int[] marks = all.stream().mapToInt(EntryStore::mark).toArray();
        int from = emitted.size();
        Exception failure;
        variables.turn(key);
        try {
            call.run();
            return null;
        } catch (Exception e) {
            failure = e;
        } catch (StackOverflowError e) {
            failure = new IllegalStateException("the function calls itself without end", e);
        } finally {
            variables.turn(null);
        }
        for (int i = 0; i < marks.length; i++) {
            all.get(i).undoTo(marks[i]);
        }
        emitted.truncate(from);
        return failure;
    }

    @Override
    String nothing(Explanations words) {
        long first = timers.earliestMs();
        if (spec.timeout() == Timeout.NONE || first == Entry.NEVER) {
            return "";
        }
        return "the processor gave no row; its first timer comes "
                + (spec.timeout() == Timeout.EVENT_TIME ? words.reaching(first) : "at " + words.time(first));
    }

    @Override
    boolean wantsNoDataBatch() {
        return true;
    }

    @Override
    long nextTimeoutMs() {
        return spec.timeout() == Timeout.PROCESSING_TIME ? timers.earliestMs() : Entry.NEVER;
    }

    @Override
    List<StateLog.Layout> layouts() {
        return bounded ? List.of() : all().stream().map(store -> store.layout).toList();
    }

    @Override
    void load(List<StateLog> logs, long version) throws IOException {
        List<EntryStore> all = all();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).load(logs.get(i), version, vectorSize);
        }
    }

    @Override
    void save(List<StateLog> logs, long version) throws IOException {
        List<EntryStore> all = all();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).save(logs.get(i), version);
        }
    }

    @Override
    void commit() {
        all().forEach(EntryStore::commit);
    }

    @Override
    void rollback() {
        all().forEach(EntryStore::rollback);
        arrived.clear();
        emitted.truncate(0);
    }

    @Override
    void close() throws Exception {
        processor.close();
    }

    /** Values, lists and entries of maps, as Spark counts them: a list is one however long, and timers are none. */
    @Override
    long stateRows() {
        return transform.variables().stream()
                .mapToLong(variable -> {
                    EntryStore store = stores.get(variable.name());
                    return variable.kind() == TransformSpec.Kind.LIST ? store.keys() : store.size();
                })
                .sum();
    }

    @Override
    long stateBytes() {
        return all().stream().mapToLong(EntryStore::bytes).sum();
    }

    @Override
    long updatedRows() {
        return all().stream().mapToLong(store -> store.changed(false)).sum();
    }

    @Override
    long removedRows() {
        return all().stream().mapToLong(store -> store.changed(true)).sum();
    }
}
