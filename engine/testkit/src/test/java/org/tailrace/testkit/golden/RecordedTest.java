package org.tailrace.testkit.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios of the rules that the goldens leave open, recorded from Spark by {@code mvn -Pspark-oracle -Drecord=FOLDER}. They
 * run in the three ways of the goldens.
 */
class RecordedTest {
    @Test
    void rules_without_a_golden_hold_as_spark_recorded_them(@TempDir Path scratch) throws IOException {
        var runner = new GoldenRunner(scratch);
        List<Scenario> all = Scenario.all(Path.of("src/test/resources/recorded"));
        var failed = new TreeSet<String>();
        for (Scenario scenario : all) {
            boolean bothSettings =
                    scenario.json().path("noDataVariant").asText().equals("differs");
            for (Way way : Way.ALL) {
                String failure = runner.run(scenario, way, true);
                if (failure.isEmpty() && bothSettings) {
                    failure = runner.run(scenario, way, false);
                }
                if (!failure.isEmpty()) {
                    failed.add(scenario.name() + ", " + way.name() + ": " + failure);
                }
            }
        }
        assertTrue(all.size() > 500, "scenarios are missing");
        assertEquals("", String.join("\n", failed), "these fail");
    }
}
