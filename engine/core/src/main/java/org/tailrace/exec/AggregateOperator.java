package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Schema;
import org.tailrace.env.Scheduler;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.plan.OutputMode;
import org.tailrace.report.BatchReport.WindowSummary;
import org.tailrace.state.StateLog;

/**
 * GROUP BY over a stream.
 *
 * <p>Append gives each group once, when the watermark has passed it; update gives the groups that the batch touched;
 * complete gives all. A batch of more rows than a {@link Chunk} is pre-aggregated chunk by chunk, on several threads.
 */
final class AggregateOperator extends StatefulOperator {
    private final GroupShape shape;
    private final GroupStore store;
    private final Supplier<AggregateInput> inputs;
    private final int windowKey;
    private final Schema schema;
    private final OutputMode mode;
    private final boolean leaves;
    private final @Nullable ChunkRunner chunks;
    private final List<AggregateInput> slotInputs = new ArrayList<>();
    private final List<GroupStore> slotStores = new ArrayList<>();
    private final StateLog.Layout layout;

    /**
     * @param windowKey which output column is a window; −1 for none
     * @param leaves groups have an event time, so that rows can be late, and groups leave unless all are sent
     */
    AggregateOperator(
            String name,
            String stateName,
            Operator child,
            GroupShape shape,
            GroupStore store,
            Supplier<AggregateInput> inputs,
            int windowKey,
            Schema schema,
            OutputMode mode,
            boolean leaves,
            Scheduler scheduler) {
        super(name, List.of(child));
        this.shape = shape;
        this.store = store;
        this.inputs = inputs;
        this.windowKey = windowKey;
        this.schema = schema;
        this.mode = mode;
        this.leaves = leaves;
        layout = store.layout(stateName);
        slotInputs.add(inputs.get());
        chunks = store.partial() == null ? null : ChunkRunner.below(child, scheduler, shape.vectorSize());
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        store.begin(leaves ? passedMicros(lateWatermarkMs()) : Long.MIN_VALUE, batch.context.batchTimeMs());
        collect(batch);
        store.finish();
        late.dropped = store.late.dropped;
        late.append(store.late);
        nullTimes = store.nullTimes;
        var writer = new GroupWriter(shape, windowKey, schema, out);
        long passed = passedMicros(watermarkMs());
        switch (mode) {
            case COMPLETE:
                store.writeAll(writer);
                break;
            case UPDATE:
                store.writeTouched(writer);
                if (leaves) {
                    store.evict(passed, null);
                }
                break;
            default:
                if (leaves) {
                    store.evict(passed, writer);
                }
        }
    }

    private void collect(BatchRun batch) throws Exception {
        if (chunks != null && chunks.run(batch, new Merging(batch))) {
            return;
        }
        AggregateInput input = slotInputs.get(0);
        child().run(batch, rows -> {
            input.evaluate(rows);
            store.add(input, rows, batch.block);
        });
    }

    /** Chunk 0 goes straight into the live store if that is cheap, later ones into stores of their own first. */
    private final class Merging implements ChunkRunner.Merger {
        private final BatchRun batch;

        Merging(BatchRun batch) {
            this.batch = batch;
        }

        @Override
        public ChunkRunner.Worker worker(int slot, int chunk) {
            while (slotInputs.size() <= slot) {
                slotInputs.add(inputs.get());
            }
            while (slotStores.size() <= slot) {
                slotStores.add(store);
            }
            GroupStore part = chunk == 0 && store.addsCheaply() ? store : partial();
            slotStores.set(slot, part);
            AggregateInput input = slotInputs.get(slot);
            int block = batch.block;
            return rows -> {
                input.evaluate(rows);
                part.add(input, rows, block);
            };
        }

        private GroupStore partial() {
            GroupStore part = store.partial();
            if (part == null) {
                throw new IllegalStateException("parts of " + name() + " cannot be merged");
            }
            part.begin(store.lateMicros, store.batchTimeMs);
            return part;
        }

        @Override
        public void done(int slot, int chunk, Tails later) {
            GroupStore part = slotStores.set(slot, store);
            int block = batch.block;
            if (part != store) {
                later.add(0, () -> store.merge(part, block));
            }
        }
    }

    @Override
    String nothing(Explanations words) {
        long first = leaves && mode == OutputMode.APPEND ? store.earliestMicros() : Long.MAX_VALUE;
        return first == Long.MAX_VALUE
                ? ""
                : Explanations.count(stateRows(), "group") + " open; the first comes out "
                        + words.reaching(Math.floorDiv(first + 999, 1000L));
    }

    @Override
    boolean wantsNoDataBatch() {
        return mode != OutputMode.COMPLETE;
    }

    @Override
    List<StateLog.Layout> layouts() {
        return List.of(layout);
    }

    @Override
    void load(List<StateLog> logs, long version) throws IOException {
        store.load(logs.get(0), version);
    }

    @Override
    void save(List<StateLog> logs, long version) throws IOException {
        store.save(logs.get(0), version);
    }

    @Override
    void commit() {
        store.commit();
    }

    @Override
    void rollback() {
        store.rollback();
    }

    @Override
    long stateRows() {
        return store.rows();
    }

    @Override
    long stateBytes() {
        return store.bytes();
    }

    @Override
    long updatedRows() {
        return store.updated();
    }

    @Override
    long removedRows() {
        return store.removed();
    }

    @Override
    List<WindowSummary> windows(long nextWatermarkMs) {
        return store.windows(nextWatermarkMs);
    }
}
