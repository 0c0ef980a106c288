package org.tailrace.dstream;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Row;
import org.tailrace.function.Emitter;
import org.tailrace.function.MapState;
import org.tailrace.function.RowProcessor;
import org.tailrace.function.RowVariables;
import org.tailrace.function.Timers;
import org.tailrace.function.ValueState;

/**
 * Evaluates a graph of DStreams, one tick a batch. The tick of an interval that had no batch of its own (the machine was
 * busy) is made up for without rows, as far back as the graph looks.
 *
 * <p>What the nodes keep is in memory, and in the engine's state too if there is a checkpoint. The engine's state also tells
 * whether the batch before was kept: if its tick is not the one that was run last, that batch was given up, and what it
 * changed here is taken back.
 */
final class OutputProcessor<T> implements RowProcessor {
    private final Output<T> output;
    private final List<SourceNode<?>> sources;
    private final ValueState<Row> tick;
    private final MapState<Row, Row> kept;
    private final Codec codec;
    private final long intervalMs;
    private final long rememberMs;
    private final Run run;
    private @Nullable Long last;
    private boolean loaded;

    OutputProcessor(Output<T> output, List<SourceNode<?>> sources, RowVariables variables, String keptName) {
        this.output = output;
        this.sources = sources;
        tick = variables.value(Output.TICK);
        kept = variables.map(keptName);
        codec = new Codec(output.host()::type);
        intervalMs = sources.get(0).slideMs;
        run = new Run(output.node());
        rememberMs = run.graph().stream().mapToLong(Node::rememberMs).max().orElse(0);
    }

    @Override
    public void rows(Row key, Iterator<Row> rows, Timers timers, Emitter<Row> out) throws Exception {
        timers.list().forEach(timers::delete);
        batch(Output.bySource(() -> rows, sources), timers, out);
    }

    @Override
    public void timer(Row key, long timeMs, Timers timers, Emitter<Row> out) throws Exception {
        batch(Map.of(), timers, out);
    }

    @Override
    public void initial(Row key, Row initial, Timers timers) {
        throw new IllegalStateException("a DStream has no initial state of its own");
    }

    @Override
    public void close() {}

    private void batch(Map<Node<?>, List<Row>> inputs, Timers timers, Emitter<Row> out) throws Exception {
        Long before = tick.get().map(row -> (Long) row.get(0)).orElse(null);
        if (!loaded) {
            load();
        } else if (java.util.Objects.equals(before, last)) {
            run.settle();
        } else {
            run.takeBack();
        }
        try {
            ticks(before, inputs, timers, out);
        } catch (Exception | StackOverflowError e) {
            run.takeBack();
            throw e;
        }
    }

    private void ticks(@Nullable Long before, Map<Node<?>, List<Row>> inputs, Timers timers, Emitter<Row> out)
            throws Exception {
        long now = Math.floorDiv(timers.batchTimeMs(), intervalMs) * intervalMs;
        if (before != null) {
            long next = before + intervalMs;
            for (long missed = Math.max(next, now - rememberMs); missed < now; missed += intervalMs) {
                emit(missed, Map.of(), false, out);
            }
            now = Math.max(next, now);
        }
        emit(now, inputs, before == null, out);
        save();
        tick.set(new Row(Output.TICK_SCHEMA, List.of(now)));
        last = now;
        if (output.host().byTime()) {
            timers.registerMs(now + intervalMs - 1);
        }
    }

    @SuppressWarnings("unchecked")
    private void emit(long tickMs, Map<Node<?>, List<Row>> inputs, boolean first, Emitter<Row> out) throws Exception {
        List<?> rdd = run.tick(tickMs, inputs, first);
        if (rdd != null) {
            output.rows().accept(new Rdd<>((List<T>) rdd), Instant.ofEpochMilli(tickMs), out);
        }
    }

    private void save() {
        if (!output.host().durable()) {
            return;
        }
        List<Node<?>> graph = run.graph();
        for (int i = 0; i < graph.size(); i++) {
            if (!graph.get(i).keeps().isEmpty()) {
                Slots<Object, Object> slots = run.slots(graph.get(i));
                for (Object changed : slots.changed()) {
                    var at = new Row(Output.SLOT_KEY, List.of(i, codec.write(changed)));
                    Slots.Slot<Object> slot = slots.slot(changed);
                    if (slot == null) {
                        kept.remove(at);
                    } else {
                        kept.put(at, new Row(Output.SLOT, List.of(slot.number(), codec.write(slot.value()))));
                    }
                }
            }
        }
    }

    private void load() {
        List<Node<?>> graph = run.graph();
        kept.entries().forEach((at, slot) -> {
            Slots<Object, Object> slots = run.slots(graph.get((Integer) at.get(0)));
            slots.restore(codec.read((byte[]) at.get(1)), new Slots.Slot<>(codec.read((byte[]) slot.get(1)), (Long)
                    slot.get(0)));
        });
        graph.forEach(node -> run.slots(node).inOrder());
        loaded = true;
    }
}
