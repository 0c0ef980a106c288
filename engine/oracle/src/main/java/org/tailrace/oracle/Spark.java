package org.tailrace.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** One Spark for all queries of a run; takes down into a scenario what Spark makes of it. */
final class Spark implements AutoCloseable {
    private static final Map<String, String> DEFAULTS = Map.of(
            "spark.sql.ansi.enabled", "true",
            "spark.sql.streaming.multipleWatermarkPolicy", "min");

    private static final String ROCKS = "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider";
    private static final String PROVIDER = "spark.sql.streaming.stateStore.providerClass";

    private final Path scratch;
    private SparkSession session;

    Spark(Path scratch) {
        this.scratch = scratch;
        // Without it Spark does not heed codegen.factoryMode, and compiles a class for every query.
        System.setProperty("spark.testing", "true");
        session = session(scratch);
    }

    private static SparkSession session(Path scratch) {
        SparkSession session = SparkSession.builder()
                .master("local[1]")
                .appName("oracle")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.default.parallelism", "1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.datetime.java8API.enabled", "true")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .config("spark.sql.planChangeValidation", "false")
                .config("spark.hadoop.fs.file.impl", PlainFiles.class.getName())
                .config("spark.sql.streaming.pollingDelay", "1ms")
                .config("spark.sql.streaming.noDataProgressEventInterval", "600000")
                .config("spark.sql.streaming.stateStore.maintenanceInterval", "1h")
                .config(
                        "spark.sql.streaming.checkpointFileManagerClass",
                        "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager")
                .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
                .getOrCreate();
        session.sparkContext().setLogLevel("OFF");
        return session;
    }

    /** Whether it answers the plainest of questions. */
    boolean works() {
        try {
            session.range(1).createOrReplaceTempView("one");
            return session.sql("SELECT id + 1 FROM one").collectAsList().get(0).getLong(0) == 1;
        } catch (Exception e) {
            return false;
        }
    }

    /** Another Spark, for one that is out of order or has run for long. */
    void restart() {
        session.stop();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        session = session(scratch);
    }

    String version() {
        return session.version();
    }

    @Override
    public void close() {
        session.stop();
    }

    /** Runs a scenario on Spark and fills in {@code outputSchema} and {@code expected}, or {@code error}. */
    void record(ObjectNode scenario, boolean noDataBatches) throws Exception {
        scenario.remove(List.of("outputSchema", "expected", "error"));
        DEFAULTS.forEach((name, value) -> session.conf().set(name, value));
        session.conf()
                .set("spark.sql.session.timeZone", scenario.path("timeZone").asText("UTC"));
        session.conf().set("spark.sql.streaming.noDataMicroBatches.enabled", noDataBatches);
        // The only one that has several variables for a key.
        if (scenario.path("ops").toString().contains("transformWithState")) {
            session.conf().set(PROVIDER, ROCKS);
        } else {
            session.conf().unset(PROVIDER);
        }
        scenario.path("conf")
                .fields()
                .forEachRemaining(
                        e -> session.conf().set(e.getKey(), e.getValue().asText()));
        if (isBounded(scenario)) {
            collect(scenario);
            return;
        }
        Path checkpoint = Files.createTempDirectory(scratch, "checkpoint");
        try (var run = new SparkRun(this, session, scenario, checkpoint)) {
            run.record();
        } finally {
            delete(checkpoint);
        }
    }

    private static boolean isBounded(JsonNode scenario) {
        return scenario.path("category").asText().equals("stateless-values");
    }

    /** A query without state gives in one batch what it gives over a table, which costs no batch. */
    private void collect(ObjectNode scenario) {
        Dataset<Row> result;
        try {
            for (JsonNode table : scenario.path("tables")) {
                var schema = SparkCells.schema(table.path("schema"));
                String name = table.path("name").asText();
                JsonNode rows = table.path("static").asBoolean()
                        ? table.path("rows")
                        : scenario.path("batches").path(0).path(name);
                session.createDataFrame(SparkCells.rows(rows, schema), schema).createOrReplaceTempView(name);
            }
            result = session.sql(scenario.path("sql").asText());
        } catch (Exception e) {
            scenario.set("error", error(e, "analysis"));
            return;
        }
        schema(scenario, result);
        ObjectNode batch = scenario.putArray("expected").addObject();
        try {
            ArrayNode rows = SparkCells.cells(result.collectAsList());
            batch.put("batchId", 0).set("rows", rows);
            batch.putNull("watermark");
            batch.putNull("nextWatermark");
            batch.put("droppedByWatermark", 0).put("stateRows", 0).putArray("noDataBatches");
        } catch (Exception e) {
            batch.set("error", error(e, "run"));
        }
    }

    static void schema(ObjectNode scenario, Dataset<Row> result) {
        ArrayNode columns = scenario.putArray("outputSchema");
        for (StructField field : result.schema().fields()) {
            columns.addObject()
                    .put("name", field.name())
                    .put("type", field.dataType().catalogString())
                    .put("nullable", field.nullable());
        }
    }

    Dataset<Row> operation(Dataset<Row> rows, JsonNode op) {
        String[] columns = StreamSupport.stream(op.path("columns").spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new);
        switch (op.path("op").asText()) {
            case "dropDuplicates":
                return columns.length == 0 ? rows.dropDuplicates() : rows.dropDuplicates(columns);
            case "dropDuplicatesWithinWatermark":
                return columns.length == 0
                        ? rows.dropDuplicatesWithinWatermark()
                        : rows.dropDuplicatesWithinWatermark(columns);
            case "withWatermark":
                return rows.withWatermark(
                        op.path("column").asText(), op.path("delay").asText());
            case "sql":
                rows.createOrReplaceTempView("previous");
                return session.sql(op.path("sql").asText().replace("$prev", "previous"));
            case "sample":
                return rows.sample(0.5);
            case "count":
                rows.count();
                return rows;
            case "show":
                rows.collectAsList();
                return rows;
            case "batchWrite":
                rows.write().format("noop").mode("overwrite").save();
                return rows;
            case "program":
                return SparkPrograms.apply(rows, op.path("name").asText());
            default:
                throw new IllegalArgumentException(op.toString());
        }
    }

    /** The first named condition from the outside in that says more than that the query failed. */
    static ObjectNode error(Throwable thrown, String phase) {
        Throwable best = thrown;
        boolean named = false;
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 12; t = t.getCause(), depth++) {
            String condition = condition(t);
            if (condition != null
                    && (!named || !condition.equals("STREAM_FAILED") && !condition.startsWith("FOREACH_BATCH"))) {
                best = t;
                named = true;
            } else if (!named) {
                best = t;
            }
        }
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("phase", phase);
        error.put("condition", condition(best));
        error.put("exception", best.getClass().getName());
        if (String.valueOf(condition(best)).matches("INTERNAL_ERROR.*|CANNOT_WRITE.*|null")) {
            error.put("cause", cause(best));
        }
        String message =
                String.valueOf(best.getMessage()).replaceAll("#\\d+L?", "").replaceAll("\\s*\\n\\s*", " | ");
        return error.put("message", message.length() > 700 ? message.substring(0, 700) : message);
    }

    /** What lies at the bottom of a failure of Spark's own. */
    private static String cause(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < 12; depth++) {
            root = root.getCause();
        }
        StackTraceElement[] trace = root.getStackTrace();
        return root + (trace.length > 0 ? " at " + trace[0] : "");
    }

    private static @Nullable String condition(Throwable t) {
        return t instanceof SparkThrowable named ? named.getCondition() : null;
    }

    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    static Map<String, JsonNode> named(JsonNode tables) {
        var all = new LinkedHashMap<String, JsonNode>();
        tables.forEach(table -> all.put(table.path("name").asText(), table));
        return all;
    }
}
