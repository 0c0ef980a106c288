package org.tailrace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check NOTEBOOK} and {@code %check}: a replay comes out again as long as its data are the same. */
class CheckTest {
    private static final String NOTEBOOK = """
            {"cells": [
              {"cell_type": "code", "id": "table", "execution_count": null, "metadata": {}, "outputs": [], "source":
                "var rows = streams.replay(\\"data.csv\\").csv(\\"k string, ts timestamp\\").arrivingAt(\\"ts\\").every(\\"10 minutes\\");"},
              {"cell_type": "code", "id": "view", "execution_count": null, "metadata": {}, "outputs": [], "source":
                "var q1 = rows.groupBy(\\"k\\").count().live();\\nq1.await();"},
              {"cell_type": "code", "id": "check", "execution_count": null, "outputs": [],
               "metadata": {"tags": ["raises-exception"]}, "source": "%check"}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int check(Path notebook) {
        out.reset();
        err.reset();
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run("check", notebook.toString());
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_saved_replay_comes_out_again_until_its_data_change() throws Exception {
        Path data = folder.resolve("data.csv");
        Files.writeString(data, "k,ts\na,2024-05-01 10:00:00\nb,2024-05-01 10:01:00\na,2024-05-01 10:30:00\n");
        Path written = folder.resolve("written.ipynb");
        Files.writeString(written, NOTEBOOK);
        assertEquals(Main.USAGE, check(written));
        assertTrue(said().contains("has no result of a replay to compare with"), said());

        Path saved = folder.resolve("saved.ipynb");
        run(written, saved);
        JsonNode asked = new ObjectMapper()
                .readTree(saved.toFile())
                .path("cells")
                .path(2)
                .path("outputs")
                .path(0);
        assertEquals("TR-807", asked.path("ename").asText(), asked.toString());
        assertEquals(Main.OK, check(saved), this::said);
        assertEquals("1 view of a replay comes out as saved\n", said());

        Files.writeString(data, "c,2024-05-01 10:31:00\n", StandardOpenOption.APPEND);
        assertEquals(Main.FAILED, check(saved), this::said);
        assertTrue(said().startsWith("1 of 1 view of a replay differ from what is saved\ncell [2] var q1 = "), said());
        assertTrue(said().contains("rows 3, now 4"), said());
    }

    private void run(Path notebook, Path to) throws Exception {
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        notebook.toString(),
                        "-o",
                        to.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), Files.readString(log));
    }
}
