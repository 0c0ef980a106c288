package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;

/** The threads that serve requests beside the main shell, each made and ended by a front end. */
final class Subshells {

    private final Publisher publisher;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    Subshells(Publisher publisher) {
        this.publisher = publisher;
    }

    Optional<Lane> lane(String id) {
        return Optional.ofNullable(lanes.get(id));
    }

    void create(Message request) {
        String id = UUID.randomUUID().toString();
        lanes.put(id, new Lane("subshell-" + id.substring(0, 8)));
        publisher.reply(request, Json.object().put("status", "ok").put("subshell_id", id));
    }

    /** What the subshell was already asked is still served. */
    void delete(Message request) {
        String id = request.content().path("subshell_id").asText("");
        Lane lane = lanes.remove(id);
        if (lane == null) {
            publisher.refuse(request, "UnknownSubshell", "no subshell '" + id + "'");
            return;
        }
        lane.close();
        publisher.reply(request, Json.object().put("status", "ok"));
    }

    void list(Message request) {
        ObjectNode reply = Json.object().put("status", "ok");
        ArrayNode ids = reply.putArray("subshell_id");
        new TreeMap<>(lanes).keySet().forEach(ids::add);
        publisher.reply(request, reply);
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }
}
