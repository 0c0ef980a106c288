package org.tailrace.kernel.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.tailrace.kernel.history.History;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.wire.Channel;
import org.tailrace.kernel.wire.ConnectionInfo;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;
import org.tailrace.kernel.wire.Wire;

final class ExecutionTest {

    /** Else a cell that the front end sends as soon as it has the reply would be aborted. */
    @Test
    void what_waits_behind_a_failed_cell_is_aborted_before_the_reply_goes_out() throws IOException {
        var order = new ArrayList<String>();
        var wire = new Wire(ConnectionInfo.anyPort("secret"), line -> {});
        var publisher = new Publisher(wire) {
            @Override
            void reply(Message request, ObjectNode content) {
                order.add(content.path("status").asText());
            }
        };
        var history = new History();
        try (var output = new OutputRouter(new WireSink(publisher, history), line -> {})) {
            var execution = new Execution(
                    publisher, output, history, CompletableFuture.completedFuture(new FailingInterpreter()));
            Message cell = wire.message(
                    Channel.SHELL,
                    List.of(),
                    "execute_request",
                    Json.object(),
                    Json.object().put("code", "fail"),
                    List.of());
            execution.begin(cell);
            execution.run(cell, () -> order.add("aborted what waits"));
            execution.end(cell);
        } finally {
            wire.close();
        }
        assertEquals(List.of("aborted what waits", "error"), order);
    }

    private static final class FailingInterpreter implements Interpreter {
        @Override
        public Outcome execute(CellContext cell, boolean silent, StopSignal stop) {
            return new Outcome(true, "Failure", "", List.of());
        }

        @Override
        public Map.Entry<Outcome, Map<String, String>> evaluate(CellContext cell, String expression, StopSignal stop) {
            throw new AssertionError("a failed cell's expressions are not evaluated");
        }

        @Override
        public boolean declares(String name) {
            return false;
        }

        @Override
        public Completeness isComplete(String code) {
            return new Completeness("unknown", "");
        }

        @Override
        public Completions complete(String code, int cursor) {
            return new Completions(cursor, cursor, List.of(), List.of());
        }

        @Override
        public Map<String, String> inspect(String code, int cursor, int detail) {
            return Map.of();
        }

        @Override
        public void interrupt() {}

        @Override
        public void close() {}
    }
}
