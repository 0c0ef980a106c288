package org.tailrace.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One cell of a notebook: a view of its JSON. */
record NotebookCell(ObjectNode json) {

    String id() {
        return json.path("id").asText("");
    }

    void name(String id) {
        json.put("id", id);
    }

    boolean isCode() {
        return json.path("cell_type").asText().equals("code");
    }

    boolean isMarkdown() {
        return json.path("cell_type").asText().equals("markdown");
    }

    String source() {
        return NotebookJson.text(json.path("source"));
    }

    List<String> tags() {
        var tags = new ArrayList<String>();
        json.path("metadata").path("tags").forEach(t -> tags.add(t.asText()));
        return tags;
    }

    /** Nothing to execute in it. */
    boolean isBlank() {
        return source().isBlank();
    }

    void setOutputs(ArrayNode outputs) {
        json.set("outputs", outputs);
    }

    List<JsonNode> outputs() {
        var outputs = new ArrayList<JsonNode>();
        json.path("outputs").forEach(outputs::add);
        return outputs;
    }

    /** @param count 0 for a cell that was not run */
    void setExecutionCount(int count) {
        if (count == 0) {
            json.putNull("execution_count");
        } else {
            json.put("execution_count", count);
        }
    }

    int executionCount() {
        return json.path("execution_count").asInt(0);
    }

    /** The first line that says something, for a progress line. */
    String title() {
        return source().lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("import "))
                .findFirst()
                .orElseGet(() -> source().strip().lines().findFirst().orElse(""));
    }

    /** Identity of the JSON, since two cells may read the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NotebookCell cell && cell.json == json;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(json);
    }
}
