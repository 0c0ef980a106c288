package org.tailrace.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tailrace.kernel.output.CellContext;

class NotebookSinkTest {

    private final NotebookSink sink = new NotebookSink();
    private final CellContext first = new CellContext("a", 1, "", "a");
    private final CellContext second = new CellContext("b", 2, "", "b");

    @Test
    void text_of_one_stream_in_a_row_is_one_output() {
        sink.stream(first, "stdout", "one\ntw");
        sink.stream(first, "stdout", "o\n");
        sink.stream(first, "stderr", "oops\n");
        sink.stream(first, "stdout", "three");

        JsonNode outputs = sink.outputs("a");
        assertEquals(3, outputs.size());
        assertEquals("[\"one\\n\",\"two\\n\"]", outputs.get(0).path("text").toString());
        assertEquals("stderr", outputs.get(1).path("name").asText());
        assertEquals("[\"three\"]", outputs.get(2).path("text").toString());
    }

    @Test
    void display_that_is_updated_from_a_later_cell_changes_where_it_stands() {
        sink.display(first, Map.of("text/plain", "batch 1"), "view");
        sink.stream(second, "stdout", "later");
        sink.updateDisplay(second, Map.of("text/plain", "batch 2"), "view");

        assertEquals(1, sink.outputs("a").size());
        assertEquals("batch 2", plain(sink.outputs("a").get(0)));
        assertEquals(1, sink.outputs("b").size());
    }

    @Test
    void display_shown_again_mirrors_the_first() {
        sink.display(first, Map.of("text/plain", "old"), "view");
        sink.display(second, Map.of("text/plain", "new"), "view");
        sink.updateDisplay(second, Map.of("text/plain", "newest"), "view");

        assertEquals("newest", plain(sink.outputs("a").get(0)));
        assertEquals("newest", plain(sink.outputs("b").get(0)));
    }

    @Test
    void update_of_a_display_that_no_cell_shows_changes_nothing() {
        sink.updateDisplay(first, Map.of("text/plain", "x"), "view");
        assertEquals(0, sink.outputs("a").size());
    }

    @Test
    void displays_without_an_id_stay_apart() {
        sink.display(first, Map.of("text/plain", "one"), "");
        sink.display(first, Map.of("text/plain", "two"), "");
        assertEquals("one", plain(sink.outputs("a").get(0)));
        assertEquals("two", plain(sink.outputs("a").get(1)));
    }

    @Test
    void clear_that_waits_keeps_the_old_output_until_there_is_a_new_one() {
        sink.stream(first, "stdout", "old");
        sink.clear(first, true);
        assertEquals(1, sink.outputs("a").size());
        sink.stream(first, "stdout", "new");
        assertEquals("[\"new\"]", sink.outputs("a").get(0).path("text").toString());

        sink.clear(first, false);
        assertEquals(0, sink.outputs("a").size());
    }

    @Test
    void bundles_have_the_shape_that_nbformat_wants() {
        sink.result(
                first,
                1,
                Map.of(
                        "text/html", "<b>\n</b>",
                        "image/png", "aGVsbG8=",
                        "application/vnd.tailrace.result+json", "{\"rows\": 3}"));

        JsonNode output = sink.outputs("a").get(0);
        assertEquals("execute_result", output.path("output_type").asText());
        assertEquals(1, output.path("execution_count").asInt());
        JsonNode data = output.path("data");
        assertEquals("[\"<b>\\n\",\"</b>\"]", data.path("text/html").toString());
        assertTrue(data.path("image/png").isTextual());
        assertEquals(
                3,
                data.path("application/vnd.tailrace.result+json").path("rows").asInt());
        assertTrue(output.path("metadata").isObject());
    }

    @Test
    void error_is_kept_and_reported_once() {
        sink.error(first, "TR-101", "no column", List.of("line 1", "line 2"));
        JsonNode error = sink.outputs("a").get(0);
        assertEquals("TR-101", error.path("ename").asText());
        assertEquals(2, error.path("traceback").size());
        assertEquals("no column", sink.takeFailure().value());
        assertNull(sink.takeFailure());
    }

    @Test
    void a_flood_of_text_is_cut_and_says_so() {
        String line = "x".repeat(1023) + "\n";
        int lines = NotebookSink.STREAM_LIMIT / 1024 + 7;
        for (int i = 0; i < lines; i++) {
            sink.stream(first, "stdout", line);
        }
        sink.stream(second, "stdout", "as ever");

        JsonNode outputs = sink.outputs("a");
        assertEquals(
                NotebookSink.STREAM_LIMIT / 1024, outputs.get(0).path("text").size());
        assertTrue(outputs.get(1).path("text").toString().contains("7 lines dropped"));
        assertFalse(sink.outputs("b").toString().contains("dropped"));
    }

    private static String plain(JsonNode output) {
        return NotebookJson.text(output.path("data").path("text/plain"));
    }
}
