package org.tailrace.oracle;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tailrace.testkit.golden.GoldenRunner;

/**
 * Records scenarios: {@code -Drecord=FOLDER} runs every {@code *.json} of the folder on Spark, with batches without data and
 * without them, writes what came of it into the file, and says where this engine differs. The format is that of
 * {@code testkit/src/test/resources/goldens}; what a file already holds of an outcome is replaced.
 */
final class Recorder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Spark spark;
    private final GoldenRunner ours;

    Recorder(Spark spark, GoldenRunner ours) {
        this.spark = spark;
        this.ours = ours;
    }

    /** @return how many scenarios go otherwise here */
    int record(Path folder) throws Exception {
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
        int differing = 0;
        for (Path file : files) {
            var scenario = (ObjectNode) JSON.readTree(file.toFile());
            record(scenario);
            write(file, scenario);
            for (boolean noDataBatches : new boolean[] {true, false}) {
                String difference = ours.difference(scenario, noDataBatches);
                if (!difference.isEmpty()) {
                    differing++;
                    System.out.println("DIFFER " + scenario.path("name").asText()
                            + (noDataBatches ? "" : ", no-data batches off") + "\n  "
                            + scenario.path("sql").asText() + "\n  " + difference);
                    break;
                }
            }
        }
        System.out.println(files.size() + " recorded, " + differing + " differ");
        return differing;
    }

    private void record(ObjectNode scenario) throws Exception {
        scenario.remove(List.of("noDataVariant", "expectedNoDataBatchesDisabled"));
        scenario.put("oracle", "Apache Spark " + spark.version());
        ObjectNode without = scenario.deepCopy();
        spark.record(scenario, true);
        if (scenario.has("error")) {
            return;
        }
        spark.record(without, false);
        JsonNode steps = without.path("expected");
        boolean same = steps.equals(scenario.path("expected"));
        scenario.put("noDataVariant", same ? "same" : "differs");
        if (!same) {
            scenario.set("expectedNoDataBatchesDisabled", steps);
        }
    }

    private static void write(Path file, ObjectNode scenario) throws IOException {
        var printer = new DefaultPrettyPrinter();
        Files.writeString(file, JSON.writer(printer).writeValueAsString(scenario) + "\n");
    }
}
