package org.tailrace.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.execution.streaming.runtime.MicroBatchExecution;
import org.apache.spark.sql.execution.streaming.runtime.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** One streaming query on Spark, step by step. */
final class SparkRun implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Spark spark;
    private final SparkSession session;
    private final ObjectNode scenario;
    /** The query as the restarts so far have left it. */
    private final ObjectNode asked;

    private final Path checkpoint;
    private final Map<String, JsonNode> tables;
    private final Map<String, MemoryStream<Row>> streams = new LinkedHashMap<>();
    private final Map<Long, ArrayNode> sent = new ConcurrentHashMap<>();
    private @Nullable StreamingQuery query;
    private long last = -1;

    SparkRun(Spark spark, SparkSession session, ObjectNode scenario, Path checkpoint) {
        this.spark = spark;
        this.session = session;
        this.scenario = scenario;
        this.checkpoint = checkpoint;
        asked = scenario.deepCopy();
        tables = Spark.named(asked.path("tables"));
    }

    void record() throws Exception {
        Dataset<Row> result;
        try {
            result = build();
        } catch (Exception e) {
            scenario.set("error", Spark.error(e, "analysis"));
            return;
        }
        Spark.schema(scenario, result);
        try {
            query = start(result);
        } catch (Exception e) {
            scenario.set("error", Spark.error(e, "start"));
            return;
        }
        ArrayNode expected = scenario.putArray("expected");
        for (JsonNode step : scenario.path("batches")) {
            ObjectNode outcome = expected.addObject();
            try {
                if (step.has("$restart")) {
                    query.stop();
                    change(step.path("$restart"));
                    query = start(build());
                    query.processAllAvailable();
                }
                deliver(step);
            } catch (Exception e) {
                outcome.set("error", Spark.error(e, "run"));
                return;
            }
            outcome(outcome);
        }
    }

    @Override
    public void close() throws Exception {
        if (query != null) {
            query.stop();
        }
    }

    /** What a restart asks for instead. */
    private void change(JsonNode restart) {
        for (String field : List.of("sql", "ops", "outputMode")) {
            if (restart.has(field)) {
                asked.set(field, restart.path(field));
            }
        }
        restart.path("watermark")
                .fields()
                .forEachRemaining(e -> ((ObjectNode) tables.get(e.getKey())).set("watermarkDelay", e.getValue()));
        restart.path("conf")
                .fields()
                .forEachRemaining(
                        e -> session.conf().set(e.getKey(), e.getValue().asText()));
    }

    private Dataset<Row> build() {
        tables.forEach((name, table) -> {
            var schema = SparkCells.schema(table.path("schema"));
            Dataset<Row> rows;
            if (table.path("static").asBoolean()) {
                rows = session.createDataFrame(SparkCells.rows(table.path("rows"), schema), schema);
            } else {
                rows = streams.computeIfAbsent(name, n -> MemoryStream.apply(session, Encoders.row(schema)))
                        .toDF();
                if (table.has("watermarkDelay")) {
                    rows = rows.withWatermark(
                            table.path("eventTimeColumn").asText(),
                            table.path("watermarkDelay").asText());
                }
            }
            rows.createOrReplaceTempView(name);
        });
        Dataset<Row> result = session.sql(asked.path("sql").asText());
        for (JsonNode op : asked.path("ops")) {
            result = spark.operation(result, op);
        }
        return result;
    }

    private StreamingQuery start(Dataset<Row> result) throws Exception {
        if (scenario.path("sink").asText().equals("parquet")) {
            return result.writeStream()
                    .outputMode(scenario.path("outputMode").asText())
                    .option("checkpointLocation", checkpoint.toString())
                    .format("parquet")
                    .start(checkpoint.resolve("rows").toString());
        }
        VoidFunction2<Dataset<Row>, Long> collect = (rows, id) -> sent.put(id, SparkCells.cells(rows.collectAsList()));
        return result.writeStream()
                .outputMode(asked.path("outputMode").asText())
                .option("checkpointLocation", checkpoint.toString())
                .foreachBatch(collect)
                .start();
    }

    /** All tables' new rows reach the same batch, and so does what follows without rows. */
    private void deliver(JsonNode step) {
        var execution = (MicroBatchExecution) ((StreamingQueryWrapper) query).streamingQuery();
        execution.withProgressLocked(() -> {
            step.fields().forEachRemaining(e -> {
                if (!e.getKey().startsWith("$")) {
                    var schema = SparkCells.schema(tables.get(e.getKey()).path("schema"));
                    streams.get(e.getKey()).addData((scala.collection.IterableOnce<Row>)
                            CollectionConverters.asScala(SparkCells.rows(e.getValue(), schema)));
                }
            });
            return null;
        });
        query.processAllAvailable();
    }

    private void outcome(ObjectNode outcome) throws IOException {
        List<ObjectNode> batches = new ArrayList<>();
        for (StreamingQueryProgress progress : query.recentProgress()) {
            if (progress.batchId() > last && progress.durationMs().containsKey("addBatch")) {
                last = progress.batchId();
                batches.add(batch(progress));
            }
        }
        if (batches.isEmpty()) {
            outcome.put("noBatchRun", true);
            return;
        }
        outcome.setAll(batches.get(0));
        outcome.putArray("noDataBatches").addAll(batches.subList(1, batches.size()));
    }

    private ObjectNode batch(StreamingQueryProgress progress) throws IOException {
        ObjectNode batch = JSON.createObjectNode();
        batch.put("batchId", progress.batchId());
        ArrayNode rows = sent.get(progress.batchId());
        batch.set("rows", rows == null ? JSON.createArrayNode() : rows);
        batch.put("watermark", progress.eventTime().get("watermark"));
        String commit = Files.readString(checkpoint.resolve("commits/" + progress.batchId()));
        JsonNode next =
                JSON.readTree(commit.substring(commit.indexOf('\n') + 1)).path("nextBatchWatermarkMs");
        batch.put("nextWatermark", Instant.ofEpochMilli(next.asLong()).toString());
        if (batch.path("watermark").isNull()) {
            batch.putNull("nextWatermark");
        }
        long dropped = 0;
        long state = 0;
        for (StateOperatorProgress operator : progress.stateOperators()) {
            dropped += operator.numRowsDroppedByWatermark();
            state += operator.numRowsTotal();
        }
        return batch.put("droppedByWatermark", dropped).put("stateRows", state);
    }
}
