package org.tailrace.kernel.comm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** One open line between the kernel and a front end. Either side may send and close, from any thread. */
public final class Comm {

    /** What came over a comm. */
    @FunctionalInterface
    public interface Handler {
        void received(JsonNode data, List<byte[]> buffers) throws Exception;
    }

    private final CommRegistry registry;
    private final String id;
    private final String target;
    private volatile Handler onMessage = (data, buffers) -> {};
    private volatile Consumer<JsonNode> onClose = data -> {};

    Comm(CommRegistry registry, String id, String target) {
        this.registry = registry;
        this.id = id;
        this.target = target;
    }

    public String id() {
        return id;
    }

    public String target() {
        return target;
    }

    public void onMessage(Handler handler) {
        onMessage = handler;
    }

    /** Called when the front end closes; not when this side does. */
    public void onClose(Consumer<JsonNode> handler) {
        onClose = handler;
    }

    /** Sends to the front end; after a close it does nothing. */
    public void send(JsonNode data, List<byte[]> buffers) {
        registry.send(this, data, buffers);
    }

    public void close(JsonNode data) {
        registry.close(this, data);
    }

    void received(JsonNode data, List<byte[]> buffers) throws Exception {
        onMessage.received(data, buffers);
    }

    void closed(JsonNode data) {
        onClose.accept(data);
    }
}
