package org.tailrace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped notebook is a replay: it leaves the same outputs on every machine. */
class QuickstartTest {
    private static final Path NOTEBOOK = Path.of("..", "..", "notebooks", "quickstart.ipynb");

    @TempDir
    Path folder;

    @Test
    void quickstart_leaves_the_same_outputs_on_one_core_and_on_two() throws Exception {
        JsonNode one = run(1);
        JsonNode two = run(2);
        assertEquals(one.size(), two.size());
        for (int i = 0; i < one.size(); i++) {
            assertEquals(comparable(one.get(i)), comparable(two.get(i)), "cell " + i);
        }
    }

    @Test
    void every_view_of_the_executed_quickstart_is_a_last_frame() throws Exception {
        int views = 0;
        for (JsonNode cell : run(2)) {
            for (JsonNode output : cell.path("outputs")) {
                JsonNode text = output.path("data").path("text/plain");
                if (output.path("data").has("application/vnd.tailrace.result+json")) {
                    String first = text.get(0).asText();
                    assertTrue(first.contains(" finished at batch #") || first.contains(" stopped at batch #"), first);
                    views++;
                }
                assertTrue(!output.path("output_type").asText().equals("error"), output.toString());
            }
        }
        assertEquals(5, views);
    }

    private JsonNode run(int cores) throws Exception {
        Path out = folder.resolve("out-" + cores + ".ipynb");
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                NOTEBOOK.toString(),
                "-o",
                out.toString()));
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:ActiveProcessorCount=" + cores);
        File log = folder.resolve("log-" + cores + ".txt").toFile();
        Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
        assertTrue(process.waitFor(10, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), Files.readString(log.toPath(), StandardCharsets.UTF_8));
        return new ObjectMapper().readTree(out.toFile()).path("cells");
    }

    /** All of a cell but the pixels of a chart, which depend on fonts; the data behind it are in its text. */
    private static String comparable(JsonNode cell) {
        JsonNode copy = cell.deepCopy();
        for (JsonNode output : copy.path("outputs")) {
            if (output.path("data") instanceof ObjectNode data) {
                data.remove("image/png");
            }
        }
        return copy.toPrettyString();
    }
}
