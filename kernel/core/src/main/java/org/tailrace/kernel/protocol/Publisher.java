package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tailrace.kernel.wire.Channel;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;
import org.tailrace.kernel.wire.Wire;

/** Puts replies and published messages in their envelopes. */
class Publisher {

    private final Wire wire;

    Publisher(Wire wire) {
        this.wire = wire;
    }

    void reply(Message request, ObjectNode content) {
        String type = request.type().replaceFirst("_request$", "_reply");
        send(request.channel(), request.identities(), type, request.header(), content, List.of());
    }

    /** A reply that says in one sentence why the request was not served. */
    void refuse(Message request, String name, String why) {
        ObjectNode content =
                Json.object().put("status", "error").put("ename", name).put("evalue", why);
        content.putArray("traceback");
        reply(request, content);
    }

    void publish(ObjectNode parent, String type, ObjectNode content) {
        publish(parent, type, content, List.of());
    }

    void publish(ObjectNode parent, String type, ObjectNode content, List<byte[]> buffers) {
        byte[] topic = ("kernel." + type).getBytes(StandardCharsets.US_ASCII);
        send(Channel.IOPUB, List.of(topic), type, parent, content, buffers);
    }

    /** Asks a front end to let its user type; returns the id that the answer's parent carries. */
    String ask(Origin origin, ObjectNode content) {
        return send(Channel.STDIN, origin.identities(), "input_request", origin.header(), content, List.of());
    }

    private String send(
            Channel channel,
            List<byte[]> identities,
            String type,
            ObjectNode parent,
            ObjectNode content,
            List<byte[]> buffers) {
        Message message = wire.message(channel, identities, type, parent, content, buffers);
        wire.send(message);
        return message.id();
    }
}
