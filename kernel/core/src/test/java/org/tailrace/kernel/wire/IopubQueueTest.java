package org.tailrace.kernel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IopubQueueTest {

    private final IopubQueue queue = new IopubQueue();

    private static Message message(String parent, String type, ObjectNode content) {
        ObjectNode header = Json.object().put("msg_id", "m").put("msg_type", type);
        ObjectNode parentHeader = Json.object().put("msg_id", parent);
        return new Message(Channel.IOPUB, List.of(), header, parentHeader, Json.object(), content, List.of());
    }

    private void text(String parent, String name, String text) {
        queue.offer(message(parent, "stream", Json.object().put("name", name).put("text", text)));
    }

    private void status(String parent, String state) {
        queue.offer(message(parent, "status", Json.object().put("execution_state", state)));
    }

    private void update(String parent, String id, String picture) {
        ObjectNode content = Json.object();
        content.putObject("data").put("text/plain", picture);
        content.putObject("transient").put("display_id", id);
        queue.offer(message(parent, "update_display_data", content));
    }

    private void display(String picture) {
        ObjectNode content = Json.object();
        content.putObject("data").put("text/plain", picture);
        queue.offer(message("a", "display_data", content));
    }

    private List<String> drain() {
        var all = new ArrayList<String>();
        Optional<Message> next;
        while ((next = queue.poll()).isPresent()) {
            Message m = next.get();
            String said = m.type().equals("stream")
                    ? m.content().path("name").asText() + ":"
                            + m.content().path("text").asText()
                    : m.type().equals("status")
                            ? m.content().path("execution_state").asText()
                            : m.content().path("data").path("text/plain").asText();
            all.add(m.parent().path("msg_id").asText() + " " + said);
        }
        return all;
    }

    @Test
    void text_of_one_cell_is_joined_and_keeps_its_place_among_the_cells_other_messages() {
        text("a", "stdout", "1");
        text("b", "stdout", "x");
        text("a", "stdout", "2");
        text("a", "stderr", "3");
        text("a", "stdout", "4");
        status("a", "idle");
        text("a", "stdout", "late");
        assertEquals(
                List.of("a stdout:12", "b stdout:x", "a stderr:3", "a stdout:4", "a idle", "a stdout:late"), drain());
    }

    @Test
    void the_newest_change_of_a_display_replaces_the_older_one_and_takes_its_own_place() {
        update("a", "d", "old");
        update("a", "other", "kept");
        status("a", "idle");
        update("b", "d", "new");
        assertEquals(List.of("a kept", "a idle", "b new"), drain());
        update("b", "d", "after");
        assertEquals(List.of("b after"), drain());
    }

    @Test
    void text_beyond_4_MB_is_cut_at_a_line_and_the_missing_lines_are_counted() {
        String line = "0123456789abcde\n";
        int lines = 2 * IopubQueue.TEXT_LIMIT / line.length();
        for (int i = 0; i < lines; i++) {
            text("a", "stdout", line);
        }
        status("a", "idle");
        var out = drain();
        assertEquals("a idle", out.get(out.size() - 1));
        String last = out.get(out.size() - 2);
        int kept = IopubQueue.TEXT_LIMIT / line.length();
        assertTrue(last.endsWith(String.format(Locale.ROOT, "… %,d lines dropped\n", lines - kept)), last);
        long whole = String.join("", out).chars().filter(c -> c == '\n').count();
        assertEquals(kept + 1, whole);
    }

    @Test
    void a_text_that_is_longer_than_the_limit_by_itself_keeps_its_beginning() {
        text("a", "stdout", "x".repeat(IopubQueue.TEXT_LIMIT + 10));
        assertEquals(List.of("a stdout:" + "x".repeat(IopubQueue.TEXT_LIMIT) + "\n… 1 line dropped\n"), drain());
    }

    @Test
    void once_drained_text_is_taken_again() {
        text("a", "stdout", "x\n".repeat(IopubQueue.TEXT_LIMIT));
        drain();
        text("a", "stdout", "again");
        assertEquals(List.of("a stdout:again"), drain());
    }

    @Test
    void displays_beyond_64_MB_are_dropped_and_statuses_are_kept() {
        String big = "x".repeat(10 << 20);
        for (int i = 0; i < 10; i++) {
            display(big);
            status("a", "busy");
        }
        assertEquals(4, queue.takeDropped());
        assertEquals(0, queue.takeDropped());
        var out = drain();
        assertEquals(6, out.stream().filter(s -> s.length() > 100).count());
        assertEquals(10, out.stream().filter(s -> s.equals("a busy")).count());
        display(big);
        assertEquals(0, queue.takeDropped());
    }
}
