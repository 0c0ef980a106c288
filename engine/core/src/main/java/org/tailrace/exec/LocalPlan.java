package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Schema;
import org.tailrace.expr.EvalContext;
import org.tailrace.report.BatchReport.LateRow;
import org.tailrace.report.BatchReport.OperatorProgress;
import org.tailrace.report.BatchReport.WindowSummary;
import org.tailrace.state.StateLog;

/** A plan of operators in this process. */
final class LocalPlan implements PhysicalPlan {
    private static final int LATE_SAMPLES = 20;

    private final Operator root;
    private final Schema schema;
    private final List<SourceNode> sources;
    private final WatermarkTracker watermarks;
    private final PlannerOptions options;
    private final List<Operator> operators = new ArrayList<>();
    private final List<StatefulOperator> stateful = new ArrayList<>();
    /** Null if there is more than steps that look at rows apart. */
    private final @Nullable ChunkRunner chunks;

    private List<StateLog> logs = List.of();
    private long runs;

    LocalPlan(
            Operator root,
            Schema schema,
            List<SourceNode> sources,
            WatermarkTracker watermarks,
            PlannerOptions options) {
        this.root = root;
        this.schema = schema;
        this.sources = List.copyOf(sources);
        this.watermarks = watermarks;
        this.options = options;
        root.walk(operators::add);
        for (Operator operator : operators) {
            if (operator instanceof StatefulOperator keeps) {
                stateful.add(keeps);
            }
        }
        chunks = ChunkRunner.below(root, options.environment().scheduler(), options.vectorSize());
    }

    @Override
    public List<SourceNode> sources() {
        return sources;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<StateLog.Layout> layouts() {
        return stateful.stream().flatMap(s -> s.layouts().stream()).toList();
    }

    @Override
    public void open(List<StateLog> stateLogs) {
        logs = List.copyOf(stateLogs);
    }

    @FunctionalInterface
    private interface Step {
        void accept(StatefulOperator operator, List<StateLog> logs) throws IOException;
    }

    private void forEachState(Step step) throws IOException {
        int at = 0;
        for (StatefulOperator operator : stateful) {
            int count = operator.layouts().size();
            if (count > 0) {
                step.accept(operator, logs.subList(at, at + count));
            }
            at += count;
        }
    }

    @Override
    public void load(long version) throws IOException {
        if (!logs.isEmpty()) {
            forEachState((operator, its) -> operator.load(its, version));
        }
    }

    @Override
    public void save(long version) throws IOException {
        if (!logs.isEmpty()) {
            forEachState((operator, its) -> operator.save(its, version));
        }
    }

    @Override
    public void commit() {
        stateful.forEach(StatefulOperator::commit);
    }

    @Override
    public void rollback() {
        stateful.forEach(StatefulOperator::rollback);
        watermarks.rollback();
    }

    @Override
    public void close() throws Exception {
        for (StatefulOperator operator : stateful) {
            operator.close();
        }
    }

    @Override
    public boolean hasWatermark() {
        return watermarks.any();
    }

    @Override
    public long[] watermarks() {
        return watermarks.values();
    }

    @Override
    public void restoreWatermarks(long[] watermarksMs) {
        watermarks.restore(watermarksMs);
    }

    @Override
    public long nextWatermarkMs(long watermarkMs) {
        return watermarks.next(watermarkMs);
    }

    @Override
    public boolean needsNoDataBatch(long usedWatermarkMs, long nextWatermarkMs, long nowMs) {
        boolean moved = options.settings().noDataBatches() && nextWatermarkMs > usedWatermarkMs;
        return moved && stateful.stream().anyMatch(o -> o.wantsNoDataBatch() && reached(o)) || nextTimeoutMs() <= nowMs;
    }

    /** Whether the watermark comes up to the operator from the sources. */
    private static boolean reached(Operator operator) {
        return operator.children().stream()
                .allMatch(child ->
                        !(child instanceof StatefulOperator below && !below.passesWatermark()) && reached(child));
    }

    @Override
    public long nextTimeoutMs() {
        return stateful.stream()
                .mapToLong(StatefulOperator::nextTimeoutMs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public BatchResult run(BatchContext context, Inputs inputs, Results toSink) throws Exception {
        EvalContext.BatchClock clock = options.context().clock();
        clock.batchTimeMicros = context.batchTimeMs() * 1000;
        clock.seed = context.seed();
        clock.run = ++runs;
        watermarks.begin(context);
        pass(root, context);
        var batch = new BatchRun(
                context, inputs, sources.size(), options.environment().clock());
        if (!inChunks(batch, toSink)) {
            root.run(batch, rows -> toSink.accept(rows.shareBatch(schema)));
        }
        watermarks.finish();
        for (EventTimes input : watermarks.inputs()) {
            batch.skippedRows += input.asideRows();
            input.aside().forEach(batch::noteBad);
        }
        return result(batch);
    }

    /** Runs a large batch through a plan of such steps; says whether it did. */
    private boolean inChunks(BatchRun batch, Results toSink) throws Exception {
        if (chunks == null) {
            return false;
        }
        batch.enter(root);
        boolean ran = chunks.run(batch, new ChunkResults(schema, toSink));
        batch.enter(null);
        return ran;
    }

    /** The watermarks of an operator's output, late and current, once it has those of its input. */
    private record Watermarks(long lateMs, long currentMs) {}

    private static Watermarks pass(Operator operator, BatchContext context) {
        long late = Long.MAX_VALUE;
        long current = Long.MAX_VALUE;
        for (Operator child : operator.children()) {
            Watermarks below = pass(child, context);
            late = Math.min(late, below.lateMs());
            current = Math.min(current, below.currentMs());
        }
        if (operator.children().isEmpty()) {
            late = context.lateWatermarkMs();
            current = context.watermarkMs();
        }
        if (operator instanceof StatefulOperator stateful) {
            stateful.begin(late, current);
            return new Watermarks(stateful.outputWatermarkMs(late), stateful.outputWatermarkMs(current));
        }
        return new Watermarks(late, current);
    }

    private BatchResult result(BatchRun batch) {
        long next = watermarks.next(batch.context.watermarkMs());
        long dropped = 0;
        long lateRows = 0;
        long nullTimes = 0;
        var samples = new ArrayList<LateRow>();
        var windows = new ArrayList<WindowSummary>();
        for (StatefulOperator operator : stateful) {
            dropped += operator.late.dropped;
            lateRows += operator.late.rows;
            nullTimes += operator.nullTimes;
            samples.addAll(operator.late.samples.subList(
                    0, Math.min(operator.late.samples.size(), LATE_SAMPLES - samples.size())));
            windows.addAll(operator.windows(next));
        }
        var explanations =
                new Explanations(watermarks, new TimeText(options.settings().zone()), next);
        return new BatchResult(
                batch.sourceRows,
                batch.badSourceRows,
                batch.badSamples,
                batch.skippedRows,
                root.outputRows,
                watermarks.minEventTimeMs(),
                watermarks.maxEventTimeMs(),
                dropped,
                lateRows,
                samples,
                nullTimes,
                watermarks.points(),
                windows,
                operators(),
                explanations.of(operators, root.outputRows, batch.context.watermarkMs(), batch.context.batchTimeMs()));
    }

    @Override
    public List<OperatorProgress> operators() {
        return operators.stream().map(LocalPlan::progress).toList();
    }

    private static OperatorProgress progress(Operator operator) {
        StatefulOperator keeps = operator instanceof StatefulOperator s ? s : null;
        return new OperatorProgress(
                operator.name(),
                operator.inputRows(),
                operator.outputRows,
                keeps == null ? 0 : keeps.stateRows(),
                keeps == null ? 0 : keeps.stateBytes(),
                keeps == null ? 0 : keeps.updatedRows(),
                keeps == null ? 0 : keeps.removedRows(),
                keeps == null ? 0 : keeps.late.dropped,
                operator.nanos);
    }

    @Override
    public String explain() {
        var out = new StringBuilder();
        explain(root, 0, out);
        return out.toString();
    }

    private static void explain(Operator operator, int depth, StringBuilder out) {
        out.append("  ".repeat(depth))
                .append(operator.name())
                .append("  [")
                .append(operator.outputRows)
                .append(" rows");
        if (operator instanceof StatefulOperator keeps) {
            out.append(", state ").append(keeps.stateRows()).append(" rows");
        }
        out.append(String.format(java.util.Locale.ROOT, ", %.3f ms]%n", operator.nanos / 1e6)
                .replace("\r", ""));
        operator.children().forEach(c -> explain(c, depth + 1, out));
    }
}
