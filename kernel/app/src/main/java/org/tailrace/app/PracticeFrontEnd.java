package org.tailrace.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tailrace.kernel.wire.ConnectionInfo;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Asks a kernel in this JVM over its sockets, as a front end does, and looks at no answer. */
final class PracticeFrontEnd implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;

    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell;
    private final ZMQ.Socket iopub;
    private final String key;
    private final JsonMapper json = new JsonMapper();
    private final String session = UUID.randomUUID().toString();
    private int sent;

    PracticeFrontEnd(ConnectionInfo kernel) {
        key = kernel.key();
        shell = context.createSocket(SocketType.DEALER);
        shell.setReceiveTimeOut(PATIENCE_MS);
        shell.connect("tcp://" + kernel.ip() + ":" + kernel.shellPort());
        iopub = context.createSocket(SocketType.SUB);
        iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
        iopub.connect("tcp://" + kernel.ip() + ":" + kernel.iopubPort());
    }

    ObjectNode content() {
        return json.createObjectNode();
    }

    void execute(String code) {
        request("execute_request", content().put("code", code).put("stop_on_error", false));
    }

    /** Returns when the reply is there, or will never be. */
    void request(String type, ObjectNode content) {
        ObjectNode header = content()
                .put("msg_id", session + "_" + ++sent)
                .put("session", session)
                .put("username", "practice")
                .put("date", Instant.now().toString())
                .put("msg_type", type)
                .put("version", "5.5");
        List<byte[]> parts = List.of(bytes(header), bytes(content()), bytes(content()), bytes(content));
        var frames = new ArrayList<byte[]>();
        frames.add("<IDS|MSG>".getBytes(StandardCharsets.US_ASCII));
        frames.add(signature(parts));
        frames.addAll(parts);
        for (int i = 0; i < frames.size(); i++) {
            shell.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
        }
        boolean more = true;
        while (more) {
            more = shell.recv() != null && shell.hasReceiveMore();
        }
    }

    private byte[] bytes(ObjectNode node) {
        try {
            return json.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree always writes", e);
        }
    }

    private byte[] signature(List<byte[]> parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
