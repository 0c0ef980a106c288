package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.tailrace.kernel.comm.CommRegistry;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.output.Scope;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;

/** Hands comm messages to who answers them; what the answer prints belongs to the message. */
final class CommMessages {

    private final CommRegistry comms;
    private final OutputRouter output;
    private final Consumer<String> log;

    CommMessages(CommRegistry comms, OutputRouter output, Consumer<String> log) {
        this.comms = comms;
        this.output = output;
        this.log = log;
    }

    @SuppressWarnings("try") // the scope is there to be closed
    void received(Message message) {
        ObjectNode content = message.content();
        String id = content.path("comm_id").asText("");
        JsonNode data = content.has("data") ? content.get("data") : Json.object();
        var context = new CellContext(id, 0, "", Origin.of(message, false, false));
        try (Scope scope = output.run(context)) {
            switch (message.type()) {
                case "comm_open" -> comms.opened(id, content.path("target_name").asText(""), data, message.buffers());
                case "comm_msg" -> comms.received(id, data, message.buffers());
                default -> comms.closed(id, data);
            }
        } catch (Exception e) {
            log.accept(message.type() + " failed: " + e);
        }
    }
}
