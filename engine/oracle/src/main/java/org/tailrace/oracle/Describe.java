package org.tailrace.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A failing query in words: what was asked, on which rows, where the two part, and how to see it again. */
final class Describe {
    private Describe() {}

    static String failure(ObjectNode scenario, boolean noDataBatches, String difference, String again) {
        var out = new StringBuilder("DIFFER ")
                .append(again)
                .append("\n  ")
                .append(scenario.path("sql").asText());
        scenario.path("ops").forEach(op -> out.append("\n    then ").append(op));
        boolean values = scenario.path("category").asText().equals("stateless-values");
        if (!values) {
            out.append("\n  mode ").append(scenario.path("outputMode").asText());
            out.append(noDataBatches ? "" : ", no-data batches off");
        }
        if (scenario.has("conf")) {
            out.append("\n  ").append(scenario.path("conf"));
        }
        for (JsonNode table : scenario.path("tables")) {
            if (!values) {
                out.append("\n  ")
                        .append(table.path("name").asText())
                        .append(' ')
                        .append(table.path("static").asBoolean() ? table.path("rows") : table.path("watermarkDelay"));
            }
        }
        int step = 0;
        for (JsonNode batch : scenario.path("batches")) {
            out.append("\n  step ").append(step++).append(' ').append(batch);
        }
        out.append("\n  ").append(difference);
        return out.append("\n  mvn -q -Pspark-oracle ")
                .append(again)
                .append('\n')
                .toString();
    }
}
