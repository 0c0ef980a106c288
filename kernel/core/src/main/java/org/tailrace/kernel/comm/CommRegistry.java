package org.tailrace.kernel.comm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The comms of one kernel: which names are answered, and which lines are open. */
public final class CommRegistry {

    private final CommPublisher publisher;
    private final Map<String, CommTarget> targets = new ConcurrentHashMap<>();
    private final Map<String, Comm> open = new ConcurrentHashMap<>();

    public CommRegistry(CommPublisher publisher) {
        this.publisher = publisher;
    }

    /** Answers front ends that open a comm of that name. */
    public void register(String target, CommTarget answer) {
        targets.put(target, answer);
    }

    /** Opens a comm from this side. */
    public Comm open(String target, JsonNode data, List<byte[]> buffers) {
        var comm = new Comm(this, UUID.randomUUID().toString(), target);
        open.put(comm.id(), comm);
        publisher.publish("comm_open", content(comm.id(), data).put("target_name", target), buffers);
        return comm;
    }

    /** Target names by comm id. */
    public Map<String, String> openComms() {
        var names = new TreeMap<String, String>();
        open.values().forEach(comm -> names.put(comm.id(), comm.target()));
        return names;
    }

    /** A front end opens a comm; of an unknown name it is closed again, as the protocol wants. */
    public void opened(String id, String target, JsonNode data, List<byte[]> buffers) throws Exception {
        CommTarget answer = targets.get(target);
        if (answer == null) {
            publisher.publish("comm_close", content(id, empty()), List.of());
            return;
        }
        var comm = new Comm(this, id, target);
        open.put(id, comm);
        try {
            answer.opened(comm, data, buffers);
        } catch (Exception e) {
            close(comm, empty());
            throw e;
        }
    }

    /** A front end sent something; over a comm that is not open, nothing happens. */
    public void received(String id, JsonNode data, List<byte[]> buffers) throws Exception {
        Comm comm = open.get(id);
        if (comm != null) {
            comm.received(data, buffers);
        }
    }

    /** A front end closed a comm. */
    public void closed(String id, JsonNode data) {
        Comm comm = open.remove(id);
        if (comm != null) {
            comm.closed(data);
        }
    }

    void send(Comm comm, JsonNode data, List<byte[]> buffers) {
        if (open.containsKey(comm.id())) {
            publisher.publish("comm_msg", content(comm.id(), data), buffers);
        }
    }

    void close(Comm comm, JsonNode data) {
        Comm known = open.remove(comm.id());
        if (known != null) {
            publisher.publish("comm_close", content(comm.id(), data), List.of());
        }
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode content(String id, JsonNode data) {
        ObjectNode content = empty();
        content.put("comm_id", id);
        // the caller may go on changing its own while ours waits to be sent
        content.set("data", data.deepCopy());
        return content;
    }
}
