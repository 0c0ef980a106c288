package org.tailrace.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.kernel.ProtocolClient.code;
import static org.tailrace.kernel.ProtocolClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.kernel.wire.Channel;
import org.tailrace.kernel.wire.ConnectionInfo;

/** Every request of the protocol, over real sockets, with a language that only echoes. */
@Timeout(60)
final class KernelProtocolTest {

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<EchoInterpreter> made = new CompletableFuture<>();
    private Kernel kernel;
    private EchoInterpreter echo;
    private ProtocolClient client;

    @BeforeEach
    void start() throws IOException {
        kernel = Kernel.start(
                ConnectionInfo.anyPort("secret"),
                (output, plugins) -> {
                    var interpreter = new EchoInterpreter(output);
                    made.complete(interpreter);
                    return interpreter;
                },
                List.of(),
                log::add);
        echo = made.join();
        client = new ProtocolClient(kernel.connection());
    }

    @AfterEach
    void stop() {
        client.close();
        kernel.close();
    }

    private JsonNode ask(String type, ObjectNode content) {
        return client.reply(client.request(Channel.SHELL, type, content)).content();
    }

    private void assertAnswers() {
        String id = client.request(Channel.SHELL, "kernel_info_request", object());
        assertEquals("ok", client.reply(id).content().path("status").asText());
    }

    @Test
    void kernel_info_says_what_the_kernel_is() {
        for (Channel channel : List.of(Channel.SHELL, Channel.CONTROL)) {
            String id = client.request(channel, "kernel_info_request", object());
            JsonNode info = client.reply(channel, id).content();
            assertEquals("ok", info.path("status").asText());
            assertEquals("5.5", info.path("protocol_version").asText());
            assertEquals("java", info.path("language_info").path("name").asText());
            assertEquals(
                    "kernel subshells", info.path("supported_features").path(0).asText());
            assertTrue(info.path("implementation_version").asText().matches("\\d+\\..*"), info.toString());
            assertEquals(List.of("busy", "idle"), client.brief(id));
        }
    }

    @Test
    void the_heartbeat_echoes() {
        assertEquals("ping", client.beat("ping"));
    }

    @Test
    void a_cell_is_announced_and_its_result_comes_between_busy_and_idle() {
        String id = client.execute("echo hello");
        JsonNode reply = client.reply(id).content();
        assertEquals("ok", reply.path("status").asText());
        assertEquals(1, reply.path("execution_count").asInt());
        assertTrue(reply.path("payload").isArray());
        assertTrue(reply.path("user_expressions").isObject());
        var published = client.published(id).stream()
                .filter(m -> m.parentId().equals(id))
                .toList();
        assertEquals(
                List.of("busy", "execute_input", "execute_result", "idle"),
                published.stream().map(ProtocolClient.Received::brief).toList());
        JsonNode result = published.get(2).content();
        assertEquals("hello", result.path("data").path("text/plain").asText());
        assertTrue(result.path("data").path("application/json").path("echo").asBoolean(), "JSON travels as JSON");
        assertEquals(1, result.path("execution_count").asInt());
    }

    @Test
    void what_is_for_the_pager_travels_with_the_reply() {
        String id = client.execute("page help");
        JsonNode page = client.reply(id).content().path("payload").path(0);
        assertEquals("page", page.path("source").asText());
        assertEquals("help", page.path("data").path("text/plain").asText());
        assertEquals(List.of("busy", "execute_input", "idle"), client.brief(id));
    }

    @Test
    void a_silent_cell_publishes_nothing_and_does_not_count() {
        ObjectNode silent = code("print 3").put("silent", true);
        String id = client.request(Channel.SHELL, "execute_request", silent);
        assertEquals("ok", client.reply(id).content().path("status").asText());
        assertEquals(List.of("busy", "idle"), client.brief(id));
        assertEquals(
                1,
                client.reply(client.execute("echo x"))
                        .content()
                        .path("execution_count")
                        .asInt());
    }

    @Test
    void a_cell_without_history_does_not_count() {
        ObjectNode content = code("echo unseen").put("store_history", false);
        assertEquals(1, ask("execute_request", content).path("execution_count").asInt());
        assertEquals(
                1,
                ask("execute_request", code("echo seen"))
                        .path("execution_count")
                        .asInt());
        assertEquals(
                2,
                ask("execute_request", code("echo seen"))
                        .path("execution_count")
                        .asInt());
    }

    @Test
    void user_expressions_are_evaluated_after_the_cell_each_with_its_own_outcome() {
        ObjectNode content = code("echo x");
        content.putObject("user_expressions").put("good", "1+1").put("worse", "bad");
        JsonNode values = ask("execute_request", content).path("user_expressions");
        assertEquals("1+1", values.path("good").path("data").path("text/plain").asText());
        assertEquals("error", values.path("worse").path("status").asText());
        assertEquals("Bad", values.path("worse").path("ename").asText());
    }

    @Test
    void forged_broken_and_repeated_messages_are_dropped_and_the_next_one_is_answered() {
        List<byte[]> valid = client.frames(client.header("execute_request"), object(), code("echo once"), List.of());
        client.send(Channel.SHELL, valid);
        client.send(Channel.SHELL, valid);
        var forged = new ArrayList<>(
                client.frames(client.header("execute_request"), object(), code("echo forged"), List.of()));
        forged.set(1, "0".repeat(64).getBytes());
        client.send(Channel.SHELL, forged);
        var unsigned = new ArrayList<>(forged);
        unsigned.set(1, new byte[0]);
        client.send(Channel.SHELL, unsigned);
        byte[] empty = "{}".getBytes();
        client.send(Channel.SHELL, client.framesOf(List.of("{\"".getBytes(), empty, empty, empty), List.of()));
        client.send(Channel.SHELL, client.framesOf(List.of("[]".getBytes(), empty, empty, empty), List.of()));
        client.send(Channel.SHELL, client.framesOf(List.of(empty, empty, empty, empty), List.of()));
        client.send(Channel.SHELL, List.of("no delimiter".getBytes()));
        client.send(Channel.SHELL, List.of("<IDS|MSG>".getBytes(), "short".getBytes()));
        byte[] deep = "[".repeat(100_000).getBytes();
        client.send(Channel.SHELL, client.framesOf(List.of(deep, empty, empty, empty), List.of()));
        assertAnswers();
        assertEquals(
                2,
                client.reply(client.execute("echo"))
                        .content()
                        .path("execution_count")
                        .asInt());
        assertTrue(log.toString().contains("the message came before"), log.toString());
        assertTrue(log.toString().contains("the signature is not that of the message"), log.toString());
        assertFalse(log.toString().contains("secret"), "the key is never printed");
    }

    @Test
    void hundred_thousand_malformed_messages_are_survived_and_logged_in_few_lines() {
        List<byte[]> rubbish = List.of("x".getBytes(), "y".getBytes());
        for (int i = 0; i < 100_000; i++) {
            client.send(i % 2 == 0 ? Channel.SHELL : Channel.CONTROL, rubbish);
        }
        assertAnswers();
        assertTrue(log.size() < 1_000, "lines: " + log.size());
    }

    @Test
    void a_frame_above_64_MB_is_refused_and_others_are_answered() {
        try (var other = new ProtocolClient(kernel.connection())) {
            other.send(Channel.SHELL, List.of(new byte[(64 << 20) + 1]));
            assertAnswers();
            assertEquals(List.of(), log, "it never became a message");
        }
    }

    @Test
    void a_message_without_content_is_served_with_defaults() {
        String id = client.request(Channel.SHELL, "execute_request", object());
        assertEquals("ok", client.reply(id).content().path("status").asText());
        assertEquals("error", ask("no_such_request", object()).path("status").asText());
        assertEquals("ok", ask("history_request", object()).path("status").asText());
    }

    @Test
    void twenty_thousand_lines_arrive_in_order_in_few_messages() {
        long startNanos = System.nanoTime();
        String id = client.execute("print 20000");
        var text = new StringBuilder();
        int messages = 0;
        for (var m : client.published(id)) {
            if (m.is("stream", id)) {
                text.append(m.content().path("text").asText());
                messages++;
            }
        }
        var expected = new StringBuilder();
        IntStream.range(0, 20_000)
                .forEach(i -> expected.append("line ").append(i).append('\n'));
        assertEquals(expected.toString(), text.toString());
        // text that waits is sent every 30 ms, so a machine that is busy with other things makes more messages of it
        long periods = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos) / 30;
        assertTrue(messages < Math.max(100, 20 + periods), "messages: " + messages);
    }

    @Test
    void a_failed_cell_aborts_those_that_wait_behind_it() throws InterruptedException {
        String first = client.execute("wait gate");
        echo.awaitWaiting("gate");
        String failing = client.execute("fail here");
        String behind = client.execute("echo behind");
        // answered from the same socket, so what was sent before it has been queued
        assertAnswers();
        echo.open("gate");
        assertEquals("ok", client.reply(first).content().path("status").asText());
        JsonNode failed = client.reply(failing).content();
        assertEquals("error", failed.path("status").asText());
        assertEquals("Failure", failed.path("ename").asText());
        assertEquals("here", failed.path("evalue").asText());
        assertEquals("aborted", client.reply(behind).content().path("status").asText());
        assertEquals(List.of("busy", "execute_input", "error", "idle"), client.brief(failing));
        assertEquals(List.of("busy", "idle"), client.brief(behind));
        assertEquals(
                "ok",
                client.reply(client.execute("echo later"))
                        .content()
                        .path("status")
                        .asText());
    }

    @Test
    void a_failed_cell_that_must_not_stop_others_aborts_none() throws InterruptedException {
        client.execute("wait gate");
        echo.awaitWaiting("gate");
        client.request(Channel.SHELL, "execute_request", code("fail").put("stop_on_error", false));
        String behind = client.execute("echo behind");
        assertAnswers();
        echo.open("gate");
        assertEquals("ok", client.reply(behind).content().path("status").asText());
    }

    @Test
    void a_bug_of_the_interpreter_is_an_error_of_the_cell_and_the_next_cell_runs() {
        JsonNode reply = ask("execute_request", code("break"));
        assertEquals("error", reply.path("status").asText());
        assertTrue(reply.path("evalue").asText().contains("a bug"), reply.toString());
        assertEquals("ok", ask("execute_request", code("echo")).path("status").asText());
    }

    @Test
    void a_cell_asks_and_gets_what_was_typed() {
        String id = client.execute("ask name?");
        var question = client.reply(Channel.STDIN, id);
        assertEquals("input_request", question.type());
        assertEquals("name?", question.content().path("prompt").asText());
        assertFalse(question.content().path("password").asBoolean());
        client.request(Channel.STDIN, "input_reply", object().put("value", "Bob"));
        assertEquals("ok", client.reply(id).content().path("status").asText());
        assertTrue(client.brief(id).contains("stream got Bob"));
    }

    @Test
    void an_answer_to_an_older_question_is_not_taken_for_this_one() {
        String first = client.execute("ask one?");
        var old = client.reply(Channel.STDIN, first);
        client.request(Channel.CONTROL, "interrupt_request", object());
        assertEquals("error", client.reply(first).content().path("status").asText());
        String second = client.execute("ask two?");
        var question = client.reply(Channel.STDIN, second);
        client.request(
                Channel.STDIN, "input_reply", object().put("value", "old"), "", (ObjectNode) old.header(), List.of());
        client.request(
                Channel.STDIN,
                "input_reply",
                object().put("value", "new"),
                "",
                (ObjectNode) question.header(),
                List.of());
        assertTrue(client.brief(second).contains("stream got new"));
    }

    @Test
    void a_front_end_that_allows_no_input_is_not_asked() {
        JsonNode reply = ask("execute_request", code("ask name?").put("allow_stdin", false));
        assertEquals("error", reply.path("status").asText());
        assertEquals("NoInputException", reply.path("ename").asText());
    }

    @Test
    void comms_carry_data_and_buffers_both_ways() {
        kernel.comms()
                .register(
                        "mirror",
                        (comm, data, buffers) -> comm.onMessage((d, b) -> {
                            System.out.print("seen");
                            comm.send(d, b);
                        }));
        ObjectNode open = object().put("comm_id", "c1").put("target_name", "mirror");
        open.putObject("data");
        client.request(Channel.SHELL, "comm_open", open);
        ObjectNode message = object().put("comm_id", "c1");
        message.putObject("data").put("n", 7);
        byte[] buffer = {0, 1, -1};
        String id = client.request(Channel.SHELL, "comm_msg", message, "", object(), List.of(buffer, new byte[0]));
        var published = client.published(id);
        var back =
                published.stream().filter(m -> m.is("comm_msg", id)).findFirst().orElseThrow();
        assertEquals(7, back.content().path("data").path("n").asInt());
        assertArrayEquals(buffer, back.buffers().get(0));
        assertEquals(2, back.buffers().size());
        assertTrue(
                published.stream().anyMatch(m -> m.is("stream", id)), "what a handler prints has the message's parent");
        assertEquals(
                "mirror",
                ask("comm_info_request", object())
                        .path("comms")
                        .path("c1")
                        .path("target_name")
                        .asText());
        assertEquals(
                0,
                ask("comm_info_request", object().put("target_name", "other"))
                        .path("comms")
                        .size());
        String close = client.request(Channel.SHELL, "comm_close", object().put("comm_id", "c1"));
        client.published(close);
        assertEquals(0, ask("comm_info_request", object()).path("comms").size());
    }

    @Test
    void a_comm_of_an_unknown_name_is_closed_again() {
        ObjectNode open = object().put("comm_id", "c2").put("target_name", "nobody");
        String id = client.request(Channel.SHELL, "comm_open", open);
        assertEquals(List.of("busy", "comm_close", "idle"), client.brief(id));
    }

    @Test
    void the_kernel_opens_a_comm_and_closes_it() {
        var comm = kernel.comms().open("front", object().put("a", 1), List.of());
        var opened = client.await(Channel.IOPUB, m -> m.type().equals("comm_open"));
        assertEquals("front", opened.content().path("target_name").asText());
        comm.close(object());
        client.await(Channel.IOPUB, m -> m.type().equals("comm_close"));
        assertEquals(0, ask("comm_info_request", object()).path("comms").size());
    }

    @Test
    void history_gives_tail_range_and_search() {
        for (String source : List.of("echo a", "echo b", "print 1", "echo b")) {
            client.reply(client.execute(source));
        }
        ObjectNode tail = object().put("hist_access_type", "tail").put("n", 2);
        assertEquals(
                "[[0,3,\"print 1\"],[0,4,\"echo b\"]]",
                ask("history_request", tail).path("history").toString());
        ObjectNode range = object().put("hist_access_type", "range")
                .put("session", 0)
                .put("start", 1)
                .put("stop", 3)
                .put("output", true);
        assertEquals(
                "[[0,1,[\"echo a\",\"a\"]],[0,2,[\"echo b\",\"b\"]]]",
                ask("history_request", range).path("history").toString());
        ObjectNode search = object().put("hist_access_type", "search")
                .put("pattern", "ec?o *")
                .put("n", 5)
                .put("unique", true);
        assertEquals(
                "[[0,1,\"echo a\"],[0,4,\"echo b\"]]",
                ask("history_request", search).path("history").toString());
    }

    @Test
    void completion_and_inspection_count_in_unicode_characters() {
        JsonNode reply = ask("complete_request", code("😀😀e x").put("cursor_pos", 3));
        assertEquals("echo", reply.path("matches").path(0).asText());
        assertEquals(2, reply.path("cursor_start").asInt());
        assertEquals(3, reply.path("cursor_end").asInt());
        assertEquals(
                "word",
                reply.path("metadata")
                        .path("_jupyter_types_experimental")
                        .path(0)
                        .path("type")
                        .asText());
        JsonNode found = ask("inspect_request", code("😀e").put("cursor_pos", 2));
        assertEquals("😀e at 3", found.path("data").path("text/plain").asText());
        assertFalse(ask("inspect_request", code("")).path("found").asBoolean());
        assertEquals("  ", ask("is_complete_request", code("{")).path("indent").asText());
        assertEquals(
                "complete", ask("is_complete_request", code("x")).path("status").asText());
    }

    @Test
    void questions_are_answered_beside_a_running_cell_and_the_last_status_stays_busy() throws InterruptedException {
        String cell = client.execute("wait gate");
        echo.awaitWaiting("gate");
        String completion = client.request(Channel.SHELL, "complete_request", code("e"));
        client.reply(completion);
        client.await(Channel.IOPUB, m -> m.isStatus("idle", completion));
        var next = client.await(Channel.IOPUB, m -> m.isStatus("busy", cell));
        assertEquals(cell, next.parentId());
        // the busy that began the cell came first; this is the one said again
        client.await(Channel.IOPUB, m -> m.isStatus("busy", cell));
        echo.open("gate");
        client.published(cell);
    }

    @Test
    void a_subshell_serves_cells_comms_and_completion_beside_a_long_cell() throws InterruptedException {
        kernel.comms().register("mirror", (comm, data, buffers) -> comm.send(data, buffers));
        String created = client.request(Channel.CONTROL, "create_subshell_request", object());
        String subshell = client.reply(Channel.CONTROL, created)
                .content()
                .path("subshell_id")
                .asText();
        String cell = client.execute("wait gate");
        echo.awaitWaiting("gate");
        String second =
                client.request(Channel.SHELL, "execute_request", code("echo beside"), subshell, object(), List.of());
        assertEquals("ok", client.reply(second).content().path("status").asText());
        assertTrue(client.brief(second).contains("execute_result"));
        String completion = client.request(Channel.SHELL, "complete_request", code("e"), subshell, object(), List.of());
        assertEquals("ok", client.reply(completion).content().path("status").asText());
        ObjectNode open = object().put("comm_id", "c").put("target_name", "mirror");
        String comm = client.request(Channel.SHELL, "comm_open", open, subshell, object(), List.of());
        assertEquals(List.of("busy", "comm_msg", "idle"), client.brief(comm));
        String listed = client.request(Channel.CONTROL, "list_subshell_request", object());
        assertEquals(
                subshell,
                client.reply(Channel.CONTROL, listed)
                        .content()
                        .path("subshell_id")
                        .path(0)
                        .asText());
        String deleted =
                client.request(Channel.CONTROL, "delete_subshell_request", object().put("subshell_id", subshell));
        assertEquals(
                "ok",
                client.reply(Channel.CONTROL, deleted).content().path("status").asText());
        String gone = client.request(Channel.SHELL, "execute_request", code("echo x"), subshell, object(), List.of());
        assertEquals("error", client.reply(gone).content().path("status").asText());
        echo.open("gate");
        assertEquals("ok", client.reply(cell).content().path("status").asText());
    }

    @Test
    void an_interrupt_ends_the_running_cell_and_otherwise_tells_the_session() throws InterruptedException {
        String cell = client.execute("wait for ever");
        echo.awaitWaiting("for ever");
        String interrupt = client.request(Channel.CONTROL, "interrupt_request", object());
        assertEquals(
                "ok",
                client.reply(Channel.CONTROL, interrupt)
                        .content()
                        .path("status")
                        .asText());
        assertEquals("Interrupted", client.reply(cell).content().path("ename").asText());
        assertEquals(0, echo.idleInterrupts.get());
        client.reply(Channel.CONTROL, client.request(Channel.CONTROL, "interrupt_request", object()));
        assertEquals(1, echo.idleInterrupts.get());
    }

    @Test
    void an_interrupt_reaches_a_cell_that_still_waits_for_the_interpreter() throws IOException {
        var late = new CompletableFuture<EchoInterpreter>();
        try (var starting = Kernel.start(
                        ConnectionInfo.anyPort("secret"), (output, plugins) -> late.join(), List.of(), log::add);
                var early = new ProtocolClient(starting.connection())) {
            String cell = early.execute("echo too soon");
            early.await(Channel.IOPUB, m -> m.isStatus("busy", cell));
            early.reply(Channel.CONTROL, early.request(Channel.CONTROL, "interrupt_request", object()));
            assertEquals(
                    "Interrupted", early.reply(cell).content().path("ename").asText());
            late.complete(new EchoInterpreter(starting.output()));
            assertTrue(early.brief(early.execute("echo in time")).contains("execute_result"));
        }
    }

    @Test
    void who_says_exit_at_a_console_leaves_it_unless_that_word_is_the_notebooks_own() {
        for (String word : List.of("exit", " exit ( ) ; ")) {
            JsonNode reply = client.reply(client.execute(word)).content();
            assertEquals("ok", reply.path("status").asText());
            JsonNode payload = reply.path("payload").path(0);
            assertEquals("ask_exit", payload.path("source").asText());
            assertFalse(payload.path("keepkernel").asBoolean(true));
        }
        for (String own : List.of("quit", "exit x", "echo exit")) {
            JsonNode reply = client.reply(client.execute(own)).content();
            assertEquals(0, reply.path("payload").size());
        }
    }

    @Test
    void a_cell_that_prints_without_end_is_interrupted() {
        String cell = client.execute("spin");
        client.await(Channel.IOPUB, m -> m.is("stream", cell));
        client.request(Channel.CONTROL, "interrupt_request", object());
        assertEquals("Interrupted", client.reply(cell).content().path("ename").asText());
        client.published(cell);
        assertAnswers();
    }

    @Test
    void a_thread_that_is_interrupted_prints_all_the_same_and_stays_interrupted() {
        String cell = client.execute("stubborn");
        var expected = new StringBuilder();
        IntStream.range(0, 1_000).forEach(i -> expected.append(i).append('\n'));
        var text = new StringBuilder();
        var published = client.published(cell);
        published.stream()
                .filter(m -> m.is("stream", cell))
                .forEach(m -> text.append(m.content().path("text").asText()));
        assertEquals(expected.toString(), text.toString());
        var result = published.stream()
                .filter(m -> m.is("execute_result", cell))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "interrupted: true",
                result.content().path("data").path("text/plain").asText());
        assertAnswers();
    }

    @Test
    void shutdown_ends_the_cell_and_the_session_and_replies() throws InterruptedException {
        String cell = client.execute("wait for ever");
        echo.awaitWaiting("for ever");
        String id = client.request(Channel.CONTROL, "shutdown_request", object().put("restart", true));
        JsonNode reply = client.reply(Channel.CONTROL, id).content();
        assertEquals("ok", reply.path("status").asText());
        assertTrue(reply.path("restart").asBoolean());
        assertTrue(client.brief(id).contains("shutdown_reply"));
        assertEquals("error", client.reply(cell).content().path("status").asText());
        kernel.awaitEnd();
        assertEquals(0, echo.closed.getCount());
    }

    @Test
    void a_cell_that_takes_its_time_to_end_replies_before_the_sockets_close() throws InterruptedException {
        String cell = client.execute("slow");
        String behind = client.execute("echo behind");
        echo.awaitWaiting("slow");
        String id = client.request(Channel.CONTROL, "shutdown_request", object());
        assertEquals("Interrupted", client.reply(cell).content().path("ename").asText());
        assertEquals("aborted", client.reply(behind).content().path("status").asText());
        assertEquals(
                "ok", client.reply(Channel.CONTROL, id).content().path("status").asText());
        assertTrue(client.brief(cell).contains("error"));
    }

    @Test
    void a_subscriber_that_does_not_read_keeps_nobody_else_from_the_end_of_the_cell() {
        try (var stalled = new StalledSubscriber(kernel.connection())) {
            String id = client.execute("flood 6000");
            var published = client.published(id);
            var last = published.stream()
                    .filter(m -> m.type().equals("update_display_data"))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            assertEquals("last", last.content().path("data").path("text/plain").asText());
            assertEquals(
                    6_001,
                    published.stream().filter(m -> m.is("display_data", id)).count());
            assertEquals("ok", client.reply(id).content().path("status").asText());
            assertTrue(stalled.isConnected());
        }
    }
}
