package org.tailrace.testkit.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the recorded scenarios, or those of {@code -Dgoldens=FOLDER}, and prints a line for each failure and {@code N passed,
 * N failed} at the end.
 */
class GoldenTest {
    private static final Path OWN = Path.of("src/test/resources/goldens");

    @Test
    void scenarios_go_as_spark_recorded_them(@TempDir Path scratch) throws IOException {
        String given = System.getProperty("goldens", "");
        var failed = new TreeSet<String>();
        List<GoldenRunner.Result> results = new GoldenRunner(scratch).run(given.isEmpty() ? OWN : folder(given));
        for (GoldenRunner.Result result : results) {
            if (!result.passed()) {
                failed.add(result.scenario());
                System.out.println(result);
            }
        }
        System.out.println((results.size() - failed.size()) + " passed, " + failed.size() + " failed");
        assertFalse(results.isEmpty(), "no scenario in the folder");
        assertEquals("", String.join("\n", failed), "these fail");
    }

    /** As it is, or from the directory where the command was given, two above the module. */
    private static Path folder(String given) {
        Path path = Path.of(given);
        return Files.isDirectory(path) ? path : Path.of("../..").resolve(path);
    }
}
