package org.tailrace.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tailrace.kernel.wire.Channel;
import org.tailrace.kernel.wire.ConnectionInfo;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A front end over real ZeroMQ, written from the protocol's text and not from the kernel's code. One thread uses it. */
final class ProtocolClient implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MS = 30_000;

    /** What the kernel sent. */
    record Received(JsonNode header, JsonNode parent, JsonNode content, List<byte[]> buffers) {
        String type() {
            return header.path("msg_type").asText();
        }

        String parentId() {
            return parent.path("msg_id").asText("");
        }

        boolean is(String type, String request) {
            return type().equals(type) && parentId().equals(request);
        }

        boolean isStatus(String state, String request) {
            return is("status", request)
                    && content.path("execution_state").asText().equals(state);
        }

        String brief() {
            return type().equals("status")
                    ? content.path("execution_state").asText()
                    : type().equals("stream") ? "stream " + content.path("text").asText() : type();
        }
    }

    private final ZContext context = new ZContext();
    private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
    private final ZMQ.Socket heartbeat;
    private final Map<Channel, List<Received>> unread = new EnumMap<>(Channel.class);
    private final String session = UUID.randomUUID().toString();
    private final String key;
    private int sent;

    ProtocolClient(ConnectionInfo kernel) {
        key = kernel.key();
        connect(Channel.SHELL, SocketType.DEALER, kernel.ip(), kernel.shellPort());
        connect(Channel.CONTROL, SocketType.DEALER, kernel.ip(), kernel.controlPort());
        connect(Channel.STDIN, SocketType.DEALER, kernel.ip(), kernel.stdinPort());
        connect(Channel.IOPUB, SocketType.SUB, kernel.ip(), kernel.iopubPort());
        sockets.get(Channel.IOPUB).subscribe(ZMQ.SUBSCRIPTION_ALL);
        heartbeat = context.createSocket(SocketType.REQ);
        heartbeat.setReceiveTimeOut(PATIENCE_MS);
        heartbeat.connect("tcp://" + kernel.ip() + ":" + kernel.heartbeatPort());
        await(Channel.IOPUB, m -> m.type().equals("iopub_welcome"));
    }

    private void connect(Channel channel, SocketType type, String ip, int port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setLinger(0);
        socket.setSndHWM(0);
        socket.setRcvHWM(0);
        socket.setReceiveTimeOut(PATIENCE_MS);
        if (type == SocketType.DEALER) {
            socket.setIdentity(session.getBytes(StandardCharsets.US_ASCII));
        }
        socket.connect("tcp://" + ip + ":" + port);
        sockets.put(channel, socket);
        unread.put(channel, new ArrayList<>());
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ObjectNode code(String code) {
        return object().put("code", code);
    }

    String execute(String code) {
        return request(Channel.SHELL, "execute_request", code(code));
    }

    /** Sends a request and returns its id. */
    String request(Channel channel, String type, ObjectNode content) {
        return request(channel, type, content, "", object(), List.of());
    }

    String request(
            Channel channel,
            String type,
            ObjectNode content,
            String subshell,
            ObjectNode parent,
            List<byte[]> buffers) {
        ObjectNode header = header(type);
        if (!subshell.isEmpty()) {
            header.put("subshell_id", subshell);
        }
        send(channel, frames(header, parent, content, buffers));
        return header.path("msg_id").asText();
    }

    ObjectNode header(String type) {
        return object().put("msg_id", session + "-" + sent++)
                .put("session", session)
                .put("username", "test")
                .put("date", "2026-01-01T00:00:00Z")
                .put("msg_type", type)
                .put("version", "5.5");
    }

    /** A message as frames, signed. */
    List<byte[]> frames(ObjectNode header, ObjectNode parent, ObjectNode content, List<byte[]> buffers) {
        List<byte[]> parts = List.of(bytes(header), bytes(parent), bytes(object()), bytes(content));
        return framesOf(parts, buffers);
    }

    /** Any four parts as frames, signed. */
    List<byte[]> framesOf(List<byte[]> parts, List<byte[]> buffers) {
        var frames = new ArrayList<byte[]>();
        frames.add(DELIMITER);
        frames.add(sign(parts));
        frames.addAll(parts);
        frames.addAll(buffers);
        return frames;
    }

    private byte[] sign(List<byte[]> parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(Channel channel, List<byte[]> frames) {
        ZMQ.Socket socket = sockets.get(channel);
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    String beat(String text) {
        heartbeat.send(text);
        return heartbeat.recvStr();
    }

    /** The reply to a request. */
    Received reply(Channel channel, String request) {
        return await(channel, m -> m.parentId().equals(request));
    }

    Received reply(String request) {
        return reply(Channel.SHELL, request);
    }

    /** The first message of a channel that fits; those before it stay for later. */
    Received await(Channel channel, Predicate<Received> wanted) {
        List<Received> before = unread.get(channel);
        for (Received m : before) {
            if (wanted.test(m)) {
                before.remove(m);
                return m;
            }
        }
        while (true) {
            Received next = receive(channel);
            if (wanted.test(next)) {
                return next;
            }
            before.add(next);
        }
    }

    /** Everything that was published up to the idle of a request. */
    List<Received> published(String request) {
        var all = new ArrayList<>(unread.get(Channel.IOPUB));
        unread.get(Channel.IOPUB).clear();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isStatus("idle", request)) {
                unread.get(Channel.IOPUB).addAll(all.subList(i + 1, all.size()));
                return all.subList(0, i + 1);
            }
        }
        Received next;
        do {
            next = receive(Channel.IOPUB);
            all.add(next);
        } while (!next.isStatus("idle", request));
        return all;
    }

    /** Published for a request, up to its idle, in short. */
    List<String> brief(String request) {
        return published(request).stream()
                .filter(m -> m.parentId().equals(request))
                .map(Received::brief)
                .toList();
    }

    private Received receive(Channel channel) {
        ZMQ.Socket socket = sockets.get(channel);
        var frames = new ArrayList<byte[]>();
        byte[] first = socket.recv();
        if (first == null) {
            throw new AssertionError("nothing came on " + channel + " within " + PATIENCE_MS + " ms; unread: "
                    + unread.get(channel).stream().map(Received::brief).toList());
        }
        frames.add(first);
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv());
        }
        int at = 0;
        while (!Arrays.equals(frames.get(at), DELIMITER)) {
            at++;
        }
        List<byte[]> parts = frames.subList(at + 2, at + 6);
        if (!Arrays.equals(sign(parts), frames.get(at + 1))) {
            throw new AssertionError("the kernel signed wrongly");
        }
        try {
            return new Received(
                    JSON.readTree(parts.get(0)),
                    JSON.readTree(parts.get(1)),
                    JSON.readTree(parts.get(3)),
                    List.copyOf(frames.subList(at + 6, frames.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
