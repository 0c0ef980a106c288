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
 * run as written only; crashes and small vectors are the goldens' part.
 */
class RecordedTest {
    @Test
    void rules_without_a_golden_hold_as_spark_recorded_them(@TempDir Path scratch) throws IOException {
        var runner = new GoldenRunner(scratch);
        List<Scenario> all = Scenario.all(Path.of("src/test/resources/recorded"));
        var failed = new TreeSet<String>();
        for (Scenario scenario : all) {
            String failure = runner.difference(scenario.json(), true);
            if (failure.isEmpty()
                    && scenario.json().path("noDataVariant").asText().equals("differs")) {
                failure = runner.difference(scenario.json(), false);
            }
            if (!failure.isEmpty()) {
                failed.add(scenario.name() + ": " + failure);
            }
        }
        assertTrue(all.size() > 500, "scenarios are missing");
        assertEquals("", String.join("\n", failed), "these fail");
    }
}
