package org.tailrace.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookRunnerTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final List<EchoInterpreter> kernels = new ArrayList<>();

    @Test
    void cells_run_in_order_and_their_outputs_are_written() throws Exception {
        assertTrue(run(notebook(
                code("print hello"), "{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"# T\"}", code("42"))));

        JsonNode cells = written().path("cells");
        assertEquals(1, cells.get(0).path("execution_count").asInt());
        assertEquals(
                "hello\n", NotebookJson.text(cells.get(0).path("outputs").get(0).path("text")));
        assertEquals(2, cells.get(2).path("execution_count").asInt());
        assertEquals(
                "execute_result",
                cells.get(2).path("outputs").get(0).path("output_type").asText());
        assertEquals("cell-2", cells.get(1).path("id").asText());
        assertEquals(5, written().path("nbformat_minor").asInt());
        assertEquals(
                "tailrace",
                written().path("metadata").path("kernelspec").path("name").asText());
        assertTrue(kernels.get(0).closed);
    }

    @Test
    void what_runs_in_the_background_is_awaited_and_its_last_picture_saved() throws Exception {
        assertTrue(run(notebook(code("show first\nbackground fine"), code("update second"))));

        JsonNode outputs = written().path("cells").get(0).path("outputs");
        assertEquals(1, outputs.size());
        assertEquals(
                "text of the end", NotebookJson.text(outputs.get(0).path("data").path("text/plain")));
        assertEquals(RunOptions.DEFAULT_LIVE_FOR, kernels.get(0).liveFor);
        assertTrue(said().contains("text of the end"), said());
    }

    @Test
    void failed_query_fails_the_run() throws Exception {
        assertFalse(run(notebook(code("background broken query q1"))));
        assertTrue(said().contains("FAILED  broken query q1"), said());
    }

    @Test
    void cell_that_fails_ends_the_run_and_the_outputs_are_still_written() throws Exception {
        assertFalse(run(notebook(code("print before"), code("fail badly"), code("print after"))));

        JsonNode cells = written().path("cells");
        assertEquals(
                "Failure", cells.get(1).path("outputs").get(0).path("ename").asText());
        assertTrue(cells.get(2).path("execution_count").isNull());
        assertEquals(0, cells.get(2).path("outputs").size());
        assertTrue(said().contains("Failure: badly"), said());
        assertFalse(said().contains("\u001b"), said());
    }

    @Test
    void allowed_errors_let_the_run_go_on_and_are_still_told() throws Exception {
        var options = new RunOptions(
                notebook(code("fail badly"), code("print after")),
                List.of(output()),
                Map.of(),
                Optional.empty(),
                Duration.ZERO,
                true);
        assertTrue(run(options));
        assertEquals(2, written().path("cells").get(1).path("execution_count").asInt());
        assertTrue(said().contains("Failure: badly"), said());
    }

    @Test
    void cell_tagged_raises_exception_may_fail() throws Exception {
        assertTrue(run(notebook(tagged("raises-exception", "fail on purpose"), code("print after"))));
        assertEquals(1, written().path("cells").get(1).path("outputs").size());
    }

    @Test
    void cell_tagged_skip_execution_and_blank_cells_do_not_run() throws Exception {
        assertTrue(run(notebook(tagged("skip-execution", "fail"), code("  "), code("print x"))));
        assertEquals(1, written().path("cells").get(2).path("execution_count").asInt());
    }

    @Test
    void cell_that_runs_too_long_is_interrupted() throws Exception {
        assertFalse(run(timed(notebook(code("hang")), Duration.ofMillis(1))));
        assertTrue(said().contains("timed out"), said());
    }

    @Test
    void queries_that_do_not_end_in_time_fail_the_run() throws Exception {
        assertFalse(run(timed(notebook(code("background endless")), Duration.ofMillis(1))));
        assertTrue(said().contains("did not finish in time"), said());
    }

    @Test
    void who_waits_for_queries_is_told_how_far_they_are_and_how_long_they_may_take() throws Exception {
        assertTrue(run(notebook(code("background slow"))));
        assertTrue(
                said().matches("(?s).*waiting for queries to finish: 66 %, 4 / 6 rows, about \\d+ s left\n.*"), said());
    }

    @Test
    void old_outputs_do_not_survive() throws Exception {
        String stale = code("print new")
                .replace(
                        "\"outputs\":[]",
                        "\"outputs\":[{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"old\"}]");
        assertTrue(run(notebook(stale)));
        assertFalse(Files.readString(output()).contains("old"));
    }

    @Test
    void parameters_reach_the_cells_and_unknown_ones_are_told() throws Exception {
        var options = new RunOptions(
                notebook(tagged("parameters", "int n = 1;"), code("print x")),
                List.of(output()),
                Map.of("m", "2"),
                Optional.empty(),
                Duration.ZERO,
                false);
        assertTrue(run(options));
        assertEquals(
                "// Parameters\nint m = 2;",
                NotebookJson.text(written().path("cells").get(1).path("source")));
        assertTrue(said().contains("no parameter m"), said());
    }

    @Test
    void two_runs_write_the_same_bytes() throws Exception {
        Path notebook = notebook(code("print hello"), code("show table"));
        run(notebook);
        byte[] first = Files.readAllBytes(output());
        run(notebook);
        assertEquals(new String(first, StandardCharsets.UTF_8), Files.readString(output()));
    }

    @Test
    void file_that_is_no_notebook_is_refused_with_its_name() throws IOException {
        Path file = Files.writeString(folder.resolve("in.ipynb"), "{\"nbformat\": 3, \"worksheets\": []}");
        var refused = assertThrows(NotebookException.class, () -> run(file));
        assertTrue(refused.getMessage().contains("in.ipynb: nbformat 3 is too old"), refused.getMessage());
    }

    private boolean run(Path notebook) throws Exception {
        return run(new RunOptions(
                notebook, List.of(output()), Map.of(), Optional.empty(), RunOptions.DEFAULT_LIVE_FOR, false));
    }

    private RunOptions timed(Path notebook, Duration timeout) {
        return new RunOptions(notebook, List.of(output()), Map.of(), Optional.of(timeout), Duration.ZERO, false);
    }

    private boolean run(RunOptions options) throws Exception {
        var out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
        return new NotebookRunner(
                        sink -> {
                            var kernel = new EchoInterpreter(sink);
                            kernels.add(kernel);
                            return new Session(kernel, () -> {});
                        },
                        out)
                .run(options);
    }

    private String said() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    private Path output() {
        return folder.resolve("made").resolve("out.ipynb");
    }

    private JsonNode written() throws IOException {
        return NotebookJson.read(Files.readString(output()));
    }

    private Path notebook(String... cells) throws IOException {
        String json =
                "{\"cells\":[" + String.join(",", cells) + "],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}";
        return Files.writeString(folder.resolve("in.ipynb"), json);
    }

    private static String code(String source) {
        return "{\"cell_type\":\"code\",\"execution_count\":null,\"metadata\":{},\"outputs\":[],\"source\":\""
                + source.replace("\n", "\\n") + "\"}";
    }

    private static String tagged(String tag, String source) {
        return code(source).replace("\"metadata\":{}", "\"metadata\":{\"tags\":[\"" + tag + "\"]}");
    }
}
