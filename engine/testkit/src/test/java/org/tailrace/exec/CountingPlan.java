package org.tailrace.exec;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.plan.SourceSpec;
import org.tailrace.report.BatchReport.OperatorProgress;
import org.tailrace.spi.BatchReader;
import org.tailrace.state.StateLog;

/**
 * Counts rows per key, one row of output per row of input: {@code (key, how many so far, batch time)}, so that a row
 * lost, doubled or counted on a wrong state shows. Has a watermark without delay; a batch without input gives one row
 * with key {@code closed}.
 */
final class CountingPlan implements PhysicalPlan {
    static final Schema INPUT = Schema.of(new Field("key", DataType.STRING), new Field("ts", DataType.TIMESTAMP));
    static final Schema OUTPUT = Schema.of(
            new Field("key", DataType.STRING),
            new Field("n", DataType.BIGINT),
            new Field("seed", DataType.BIGINT),
            new Field("time", DataType.TIMESTAMP));
    private static final StateLog.Layout LAYOUT = new StateLog.Layout(
            "count", Schema.of(new Field("key", DataType.STRING), new Field("n", DataType.BIGINT)), 1);

    private final List<SourceNode> nodes = new ArrayList<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Long> undo = new LinkedHashMap<>();
    private List<StateLog> logs = List.of();
    private long maxMs;
    private long maxBeforeMs;

    /** Makes the batch fail if it meets a row with this key. */
    volatile String poison = "";

    CountingPlan(List<SourceSpec> sources) {
        for (SourceSpec source : sources) {
            nodes.add(new SourceNode(nodes.size(), source));
        }
    }

    @Override
    public List<SourceNode> sources() {
        return nodes;
    }

    @Override
    public Schema schema() {
        return OUTPUT;
    }

    @Override
    public List<StateLog.Layout> layouts() {
        return List.of(LAYOUT);
    }

    @Override
    public void open(List<StateLog> stateLogs) {
        logs = stateLogs;
    }

    @Override
    public void load(long version) throws IOException {
        counts.clear();
        undo.clear();
        logs.get(0)
                .load(
                        version,
                        batch -> batch.rows().forEach(row -> counts.put((String) row.get(0), (Long) row.get(1))));
    }

    @Override
    public boolean hasWatermark() {
        return true;
    }

    @Override
    public long[] watermarks() {
        return new long[] {maxMs};
    }

    @Override
    public void restoreWatermarks(long[] watermarksMs) {
        maxMs = watermarksMs[0];
    }

    @Override
    public long nextWatermarkMs(long watermarkMs) {
        return Math.max(watermarkMs, maxMs);
    }

    @Override
    public boolean needsNoDataBatch(long usedWatermarkMs, long nextWatermarkMs, long nowMs) {
        return nextWatermarkMs > usedWatermarkMs;
    }

    @Override
    public long nextTimeoutMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public BatchResult run(BatchContext context, Inputs inputs, Results toSink) throws Exception {
        maxBeforeMs = maxMs;
        long[] rows = new long[nodes.size()];
        var out = new ArrayList<Row>();
        for (SourceNode node : nodes) {
            try (BatchReader reader = inputs.open(node)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    rows[node.id()] += batch.size();
                    for (Row row : batch.rows()) {
                        out.add(count(row, context));
                    }
                }
            }
        }
        if (context.noData()) {
            out.add(output("closed", context.watermarkMs(), context));
        }
        Batch batch = Batch.of(OUTPUT, out);
        if (batch.size() > 0) {
            toSink.accept(batch);
        }
        return new BatchResult(
                rows,
                new long[nodes.size()],
                List.of(),
                0,
                out.size(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0,
                0,
                List.of(),
                0,
                List.of(),
                List.of(),
                operators(),
                List.of());
    }

    private Row count(Row row, BatchContext context) {
        String key = (String) row.get(0);
        if (key.equals(poison)) {
            throw new IllegalStateException("poison");
        }
        undo.putIfAbsent(key, counts.getOrDefault(key, 0L));
        if (row.get(1) instanceof Instant ts) {
            maxMs = Math.max(maxMs, ts.toEpochMilli());
        }
        return output(key, counts.merge(key, 1L, Long::sum), context);
    }

    private static Row output(String key, long n, BatchContext context) {
        return new Row(OUTPUT, List.of(key, n, context.seed(), Instant.ofEpochMilli(context.batchTimeMs())));
    }

    @Override
    public void save(long version) throws IOException {
        if (logs.isEmpty()) {
            return;
        }
        var rows = new ArrayList<Row>();
        undo.keySet().forEach(key -> rows.add(new Row(LAYOUT.row(), List.of(key, counts.get(key)))));
        logs.get(0)
                .commit(
                        version,
                        Batch.of(LAYOUT.row(), rows),
                        Batch.empty(new Schema(LAYOUT.row().fields().subList(0, 1))));
    }

    @Override
    public void commit() {
        undo.clear();
    }

    @Override
    public void rollback() {
        undo.forEach((key, n) -> {
            if (n == 0) {
                counts.remove(key);
            } else {
                counts.put(key, n);
            }
        });
        undo.clear();
        maxMs = maxBeforeMs;
    }

    @Override
    public List<OperatorProgress> operators() {
        return List.of(new OperatorProgress("count", 0, 0, counts.size(), 100L * counts.size(), 0, 0, 0, 0));
    }

    @Override
    public void close() {}

    @Override
    public String explain() {
        return "count of " + counts.size() + " keys";
    }
}
