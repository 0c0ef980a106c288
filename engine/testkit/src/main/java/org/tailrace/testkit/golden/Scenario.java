package org.tailrace.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One recorded scenario as JSON. What this runner does not know is an error, so that nothing is passed over. */
final class Scenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELDS = Set.of(
            "format",
            "name",
            "category",
            "description",
            "notes",
            "oracle",
            "tables",
            "sql",
            "ops",
            "conf",
            "timeZone",
            "outputMode",
            "sink",
            "ordered",
            "compare",
            "batches",
            "outputSchema",
            "error",
            "expected",
            "noDataVariant",
            "expectedNoDataBatchesDisabled");
    private static final Set<String> TABLE =
            Set.of("name", "schema", "static", "rows", "eventTimeColumn", "watermarkDelay");
    private static final Set<String> RESTART = Set.of("sql", "ops", "outputMode", "conf", "watermark");
    private static final Set<String> BATCH = Set.of(
            "rows",
            "watermark",
            "nextWatermark",
            "eventTime",
            "droppedByWatermark",
            "stateRows",
            "stateOperators",
            "batchId",
            "numInputRows");

    private final JsonNode json;

    Scenario(JsonNode json) {
        this.json = json;
    }

    /** The scenarios of a folder, by name. */
    static List<Scenario> all(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var scenarios = new ArrayList<Scenario>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                scenarios.add(new Scenario(JSON.readTree(file.toFile())));
            }
            return scenarios;
        }
    }

    Scenario withoutSchema() {
        return new Scenario(((ObjectNode) json.deepCopy()).without("outputSchema"));
    }

    JsonNode json() {
        return json;
    }

    String name() {
        return json.path("name").asText();
    }

    /** @throws IllegalArgumentException if a field is not one of those that the runner knows */
    void check() {
        if (json.path("format").asInt() != 1) {
            throw new IllegalArgumentException("format " + json.path("format"));
        }
        known(json, FIELDS);
        json.path("tables").forEach(table -> {
            known(table, TABLE);
            table.path("schema").forEach(column -> known(column, Set.of("name", "type")));
        });
        json.path("compare").fieldNames().forEachRemaining(name -> {
            if (!name.equals("doubleTolerance") && !name.equals("absoluteTolerance")) {
                throw new IllegalArgumentException("unknown field 'compare." + name + "'");
            }
        });
        Set<String> tables = new HashSet<>(Set.of("$restart"));
        json.path("tables").forEach(table -> tables.add(table.path("name").asText()));
        json.path("batches").forEach(batch -> {
            known(batch, tables);
            known(batch.path("$restart"), RESTART);
        });
        for (String list : List.of("expected", "expectedNoDataBatchesDisabled")) {
            json.path(list).forEach(step -> {
                known(step, with(BATCH, "noDataBatches", "error", "noBatchRun"));
                step.path("noDataBatches").forEach(batch -> known(batch, BATCH));
            });
        }
        json.path("outputSchema").forEach(column -> known(column, Set.of("name", "type", "nullable")));
    }

    private static Set<String> with(Set<String> names, String... more) {
        var all = new HashSet<>(names);
        all.addAll(List.of(more));
        return all;
    }

    private static void known(JsonNode object, Set<String> names) {
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("unknown field '" + name + "'");
            }
        });
    }

    /** Whether there is a recording for no-data batches on, or off. */
    boolean recorded(boolean noDataBatches) {
        return noDataBatches || !json.path("noDataVariant").asText("not-run").equals("not-run");
    }

    /** What each step gave. */
    JsonNode expected(boolean noDataBatches) {
        boolean differs = !noDataBatches && json.path("noDataVariant").asText().equals("differs");
        JsonNode steps = json.path(differs ? "expectedNoDataBatchesDisabled" : "expected");
        return differs && failedItself(steps) ? withoutNoData(json.path("expected")) : steps;
    }

    private static boolean failedItself(JsonNode steps) {
        return steps.findValuesAsText("condition").contains("INTERNAL_ERROR");
    }

    /**
     * Where Spark stumbled over a defect of its own, what its rule says of its other recording: the rows of a batch without
     * data come with the next step's rows, under the same watermarks.
     */
    private static JsonNode withoutNoData(JsonNode steps) {
        ArrayNode derived = JSON.createArrayNode();
        JsonNode held = JSON.createArrayNode();
        for (JsonNode step : steps) {
            ObjectNode next = step.deepCopy();
            next.put("batchId", derived.size()).put("derived", true);
            next.remove("noDataBatches");
            ArrayNode rows = next.putArray("rows");
            held.forEach(rows::add);
            step.path("rows").forEach(rows::add);
            held = step.path("noDataBatches").path(0).path("rows");
            derived.add(next);
        }
        return derived;
    }

    /** A global ORDER BY made Spark run the plan twice, and join buffers are counted otherwise: no state rows are compared. */
    boolean stateRowsCount() {
        String name = name();
        return !name.startsWith("mode_order_by_")
                && !name.startsWith("mode_top_n_")
                && !name.startsWith("chained_top_n_")
                && !json.path("category").asText().startsWith("join")
                && !json.path("sql").asText().toUpperCase(java.util.Locale.ROOT).contains(" JOIN ");
    }

    Cells.Tolerance tolerance() {
        JsonNode compare = json.path("compare");
        return new Cells.Tolerance(
                compare.path("doubleTolerance").asDouble(1e-12),
                compare.path("absoluteTolerance").asDouble(0));
    }

    boolean ordered() {
        return json.path("ordered").asBoolean(false);
    }
}
