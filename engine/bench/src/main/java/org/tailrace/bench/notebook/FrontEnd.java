package org.tailrace.bench.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Runs cells over Jupyter's protocol and sees what they show. One thread uses it. */
public final class FrontEnd implements AutoCloseable {
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 2;
    private static final int PARENT = 3;
    private static final int CONTENT = 5;

    private final JsonMapper json = new JsonMapper();
    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell;
    private final ZMQ.Socket iopub;
    private final String key;
    private final int patienceMs;
    private final String session = UUID.randomUUID().toString();
    private int sent;
    private int frames;

    /**
     * Connects, also to a kernel that is not there yet, and returns when it has said that it is.
     *
     * @param patienceMs after so long without a message it gives up
     */
    public FrontEnd(int shellPort, int iopubPort, String key, int patienceMs) throws IOException {
        this.key = key;
        this.patienceMs = patienceMs;
        shell = socket(SocketType.DEALER, shellPort);
        iopub = socket(SocketType.SUB, iopubPort);
        iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
        Message message = next();
        while (!message.type().equals("iopub_welcome")) {
            message = next();
        }
    }

    private ZMQ.Socket socket(SocketType type, int port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setReceiveTimeOut(patienceMs);
        socket.setReconnectIVL(10);
        socket.connect("tcp://127.0.0.1:" + port);
        return socket;
    }

    private record Message(String type, String request, JsonNode content) {}

    /** How many pictures came, first ones and those that replace one. */
    public int frames() {
        return frames;
    }

    /**
     * Runs a cell to its end.
     *
     * @return what it printed
     * @throws IOException if it failed
     */
    public String execute(String code) throws IOException {
        String id = send(code);
        var printed = new StringBuilder();
        while (true) {
            Message message = next();
            if (!message.request().equals(id)) {
                continue;
            }
            if (message.type().equals("stream")) {
                printed.append(message.content().path("text").asText());
            } else if (message.type().equals("error")) {
                throw new IOException(
                        "the cell failed: " + message.content().path("evalue").asText() + "\n" + code);
            } else if (message.type().equals("status")
                    && message.content().path("execution_state").asText().equals("idle")) {
                receive(shell);
                return printed.toString();
            }
        }
    }

    /** Runs a cell and returns as soon as a picture with that text came, while the cell may still run. */
    public void executeUntilDrawn(String code, String text) throws IOException {
        String id = send(code);
        while (true) {
            Message message = next();
            if (message.request().equals(id) && message.type().equals("error")) {
                throw new IOException(
                        "the cell failed: " + message.content().path("evalue").asText());
            }
            if (message.type().endsWith("display_data")
                    && message.content().path("data").toString().contains(text)) {
                return;
            }
        }
    }

    private Message next() throws IOException {
        List<byte[]> parts = receive(iopub);
        int delimiter = 0;
        while (!Arrays.equals(parts.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        String type =
                json.readTree(parts.get(delimiter + HEADER)).path("msg_type").asText();
        frames += type.endsWith("display_data") ? 1 : 0;
        return new Message(
                type,
                json.readTree(parts.get(delimiter + PARENT)).path("msg_id").asText(),
                json.readTree(parts.get(delimiter + CONTENT)));
    }

    private List<byte[]> receive(ZMQ.Socket socket) throws IOException {
        var parts = new ArrayList<byte[]>();
        do {
            byte[] part = socket.recv();
            if (part == null) {
                throw new IOException("the kernel has been silent for " + patienceMs + " ms");
            }
            parts.add(part);
        } while (socket.hasReceiveMore());
        return parts;
    }

    private String send(String code) throws IOException {
        String id = session + "_" + ++sent;
        ObjectNode header = json.createObjectNode()
                .put("msg_id", id)
                .put("session", session)
                .put("username", "bench")
                .put("date", Instant.now().toString())
                .put("msg_type", "execute_request")
                .put("version", "5.5");
        ObjectNode content =
                json.createObjectNode().put("code", code).put("silent", false).put("stop_on_error", false);
        byte[] empty = json.writeValueAsBytes(json.createObjectNode());
        List<byte[]> parts = List.of(json.writeValueAsBytes(header), empty, empty, json.writeValueAsBytes(content));
        shell.sendMore(DELIMITER);
        shell.sendMore(signature(parts));
        for (int i = 0; i < parts.size(); i++) {
            shell.send(parts.get(i), i + 1 < parts.size() ? ZMQ.SNDMORE : 0);
        }
        return id;
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
