package org.tailrace.exec;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Column;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.env.Scheduler;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Evaluators;
import org.tailrace.expr.Typed;
import org.tailrace.plan.Attribute;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Backend.OnError;
import org.tailrace.spi.BatchReader;
import org.tailrace.state.StateLog;

/** Runs a resolved plan batch by batch over rows given by hand, as the loop would. */
final class PlanRunner {
    private final ResolvedPlan resolved;
    private final OutputMode mode;
    private final int vectorSize;
    private final int cores;
    private final boolean crash;
    private final Settings settings;
    private PhysicalPlan plan;
    private List<StateLog> logs;

    private long batchId;
    private long lateWatermark;
    private long watermark;
    long nowMs = 1_000_000;
    private final OnError onError;

    /** What one batch gave. */
    record Outcome(List<List<Object>> rows, BatchResult facts, long watermarkMs, long nextWatermarkMs) {
        long stateRows() {
            return facts.operators().stream().mapToLong(o -> o.stateRows()).sum();
        }
    }

    PlanRunner(ResolvedPlan resolved, OutputMode mode, int vectorSize, int cores, boolean crash, Settings settings) {
        this(resolved, mode, vectorSize, cores, crash, settings, OnError.FAIL);
    }

    PlanRunner(
            ResolvedPlan resolved,
            OutputMode mode,
            int vectorSize,
            int cores,
            boolean crash,
            Settings settings,
            OnError onError) {
        this.onError = onError;
        this.resolved = resolved;
        this.mode = mode;
        this.vectorSize = vectorSize;
        this.cores = cores;
        this.crash = crash;
        this.settings = settings;
        plan = plan();
        logs = plan.layouts().stream().map(l -> (StateLog) new MemoryLog(l)).toList();
        plan.open(logs);
    }

    PlanRunner(ResolvedPlan resolved, OutputMode mode) {
        this(resolved, mode, 2, 1, false, Settings.DEFAULT);
    }

    private PhysicalPlan plan() {
        Environment real = SystemEnvironment.create();
        var environment = new Environment(real.files(), real.clock(), scheduler(real.scheduler()), real.randomness());
        return PhysicalPlanner.plan(
                resolved,
                mode,
                new PlannerOptions(
                        settings,
                        EvalContext.of(ZoneOffset.UTC, true),
                        Evaluators::compile,
                        environment,
                        onError,
                        vectorSize));
    }

    private Scheduler scheduler(Scheduler real) {
        return new Scheduler() {
            @Override
            public Thread start(String name, Runnable body) {
                return real.start(name, body);
            }

            @Override
            public <T> List<T> runAll(List<? extends Callable<T>> pieces) throws Exception {
                var results = new ArrayList<T>();
                for (Callable<T> piece : pieces) {
                    results.add(piece.call());
                }
                return results;
            }

            @Override
            public int parallelism() {
                return cores;
            }
        };
    }

    PhysicalPlan physical() {
        return plan;
    }

    /** Runs a batch of these rows, one batch per source, and the no-data batches that it makes due. */
    List<Outcome> step(Batch... inputs) throws Exception {
        var all = new ArrayList<Outcome>();
        all.add(run(false, inputs));
        while (plan.needsNoDataBatch(lateWatermark, watermark, Long.MIN_VALUE)) {
            all.add(run(true));
        }
        return all;
    }

    /** Runs a batch and gives up on it. */
    void fail(Batch... inputs) throws Exception {
        try {
            plan.run(context(false), node -> reader(node, inputs), rows -> {});
        } finally {
            plan.rollback();
        }
    }

    private BatchContext context(boolean noData) {
        return new BatchContext(batchId, nowMs, 7, lateWatermark, watermark, noData);
    }

    private static BatchReader reader(PhysicalPlan.SourceNode node, Batch... inputs) {
        return BatchReader.of(node.id() < inputs.length ? List.of(inputs[node.id()]) : List.of());
    }

    Outcome run(boolean noData, Batch... inputs) throws Exception {
        var rows = new ArrayList<List<Object>>();
        BatchResult facts = plan.run(context(noData), node -> reader(node, inputs), batch -> {
            for (int i = 0; i < batch.size(); i++) {
                var row = new ArrayList<Object>();
                for (Column column : batch.columns()) {
                    Object value = column.get(i);
                    row.add(value instanceof org.tailrace.data.Row struct ? new ArrayList<>(struct.values()) : value);
                }
                rows.add(row);
            }
        });
        plan.save(batchId);
        plan.commit();
        long next = plan.nextWatermarkMs(watermark);
        var outcome = new Outcome(rows, facts, watermark, next);
        lateWatermark = watermark;
        watermark = next;
        long[] watermarks = plan.watermarks();
        if (crash) {
            plan = plan();
            plan.open(logs);
            plan.load(batchId);
            plan.restoreWatermarks(watermarks);
        }
        batchId++;
        return outcome;
    }

    // Plans by hand.

    static final Schema EVENTS = Schema.of(
            new Field("k", DataType.STRING, true),
            new Field("v", DataType.BIGINT, true),
            new Field("ts", DataType.TIMESTAMP, true));

    static Typed column(ResolvedPlan child, int ordinal) {
        Attribute attribute = child.output().get(ordinal);
        return new Typed.Input(ordinal, attribute.type(), attribute.nullable());
    }

    static ResolvedPlan source(String name, Schema schema) {
        return new ResolvedPlan.Source(
                new SourceSpec("memory", name, schema, true, java.util.Map.of()), attributes(schema));
    }

    static List<Attribute> attributes(Schema schema) {
        return schema.fields().stream()
                .map(f -> new Attribute(f.name(), f.type(), f.nullable(), List.of(), OptionalLong.empty()))
                .toList();
    }

    static ResolvedPlan watermark(ResolvedPlan child, int column, long delayMs) {
        var output = new ArrayList<>(child.output());
        Attribute time = output.get(column);
        output.set(column, new Attribute(time.name(), time.type(), true, List.of(), OptionalLong.of(delayMs)));
        return new ResolvedPlan.Watermark(child, column, delayMs, output);
    }

    /** {@code k, v, hh:mm[:ss]} rows; null is NULL. */
    static Batch events(Object... values) {
        var builder = new BatchBuilder(EVENTS);
        for (int i = 0; i < values.length; i += 3) {
            builder.addRow(Arrays.asList(
                    values[i],
                    values[i + 1] == null ? null : (Object) ((Number) values[i + 1]).longValue(),
                    values[i + 2] == null ? null : at((String) values[i + 2])));
        }
        return builder.build();
    }

    static Instant at(String time) {
        return time.length() > 15
                ? Instant.parse(time)
                : Instant.parse("2024-01-01T" + time + (time.length() == 5 ? ":00Z" : "Z"));
    }

    static List<Object> row(Object... values) {
        var row = new ArrayList<Object>();
        for (Object value : values) {
            row.add(value instanceof Integer number ? (Object) (long) number : value);
        }
        return row;
    }

    static List<Object> window(String start, String end) {
        return List.of(at(start), at(end));
    }
}
