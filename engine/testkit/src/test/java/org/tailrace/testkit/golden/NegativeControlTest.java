package org.tailrace.testkit.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed in a recording, the runner notices. */
class NegativeControlTest {
    private static final Path OWN = Path.of("src/test/resources/goldens");

    @TempDir
    Path scratch;

    private static ObjectNode copy(String name) throws IOException {
        return Scenario.all(OWN).stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow()
                .json()
                .deepCopy();
    }

    private String run(JsonNode json) {
        return new GoldenRunner(scratch).run(new Scenario(json), List.of(Way.AS_WRITTEN));
    }

    private void notices(String name, String what, Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = copy(name);
        assertEquals("", run(json), name);
        change.accept(json);
        assertNotEquals(copy(name), json, what + " was not changed");
        assertTrue(!run(json).isEmpty(), "nobody noticed another " + what);
    }

    private static ObjectNode step(ObjectNode json, int step) {
        return (ObjectNode) json.path("expected").path(step);
    }

    private static ObjectNode noData(ObjectNode json, int step) {
        return (ObjectNode) step(json, step).path("noDataBatches").path(0);
    }

    @Test
    void every_compared_field_of_a_batch() throws IOException {
        String name = "agg_having_append";
        for (boolean data : new boolean[] {true, false}) {
            for (String field : List.of("watermark", "nextWatermark")) {
                notices(
                        name,
                        field,
                        json -> (data ? step(json, 1) : noData(json, 1)).put(field, "2001-01-01T00:00:00Z"));
            }
            for (String field : List.of("batchId", "droppedByWatermark", "stateRows")) {
                notices(name, field, json -> (data ? step(json, 1) : noData(json, 1)).put(field, 77));
            }
            notices(
                    name,
                    "row",
                    json -> ((ArrayNode) (data ? step(json, 1) : noData(json, 1)).path("rows"))
                            .addArray()
                            .add("x"));
        }
        notices(
                name,
                "number of no-data batches",
                json -> ((ArrayNode) step(json, 0).path("noDataBatches")).removeAll());
        notices(name, "step", json -> ((ArrayNode) json.path("expected")).remove(2));
        notices(
                name,
                "variant without no-data batches",
                json -> ((ObjectNode) json.path("expectedNoDataBatchesDisabled").path(1)).put("batchId", 77));
    }

    @Test
    void every_compared_field_of_the_schema() throws IOException {
        for (String field : List.of("name", "type")) {
            notices(
                    "agg_having_append",
                    field,
                    json -> ((ObjectNode) json.path("outputSchema").path(1)).put(field, "x"));
        }
        notices(
                "agg_having_append",
                "nullable",
                json -> ((ObjectNode) json.path("outputSchema").path(1)).put("nullable", false));
    }

    @Test
    void every_kind_of_cell() throws IOException {
        notices("agg_groupby_key_update", "cell", json -> {
            var row = (ArrayNode) step(json, 0).path("rows").path(0);
            row.set(row.size() - 1, row.numberNode(4711));
        });
    }

    @Test
    void the_kind_of_refusal_and_that_there_is_one() throws IOException {
        notices(
                "mode_offset_rejected",
                "condition",
                json -> ((ObjectNode) json.path("error"))
                        .put(
                                "message",
                                "Limits are not supported on streaming DataFrames/Datasets in Update output mode"));
        notices("mode_offset_rejected", "refusal", json -> json.remove("error"));
        notices("stateless_div_zero_ansi", "failure", json -> step(json, 1).remove("error"));
        notices(
                "agg_having_append",
                "missing refusal",
                json -> json.putObject("error").put("condition", "X"));
    }

    @Test
    void what_the_runner_does_not_know() throws IOException {
        notices("agg_having_append", "field", json -> json.put("speed", 3));
        notices("agg_having_append", "field of a step", json -> step(json, 0).put("speed", 3));
        notices(
                "agg_having_append",
                "operation",
                json -> json.putArray("ops").addObject().put("op", "shuffle"));
        notices("agg_having_append", "setting", json -> json.putObject("conf").put("spark.x", "1"));
        notices("agg_having_append", "sink", json -> json.put("sink", "carrier pigeon"));
    }
}
