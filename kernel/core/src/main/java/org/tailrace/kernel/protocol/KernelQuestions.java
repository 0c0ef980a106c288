package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tailrace.kernel.comm.CommRegistry;
import org.tailrace.kernel.history.History;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;
import org.tailrace.kernel.wire.Wire;

/** Answers what is asked about the kernel itself: at once, also while a cell runs or the interpreter is being made. */
final class KernelQuestions {

    private final Publisher publisher;
    private final History history;
    private final CommRegistry comms;
    private final String version;

    KernelQuestions(Publisher publisher, History history, CommRegistry comms, String version) {
        this.publisher = publisher;
        this.history = history;
        this.comms = comms;
        this.version = version;
    }

    void kernelInfo(Message request) {
        String java = Runtime.version().toString();
        ObjectNode reply = Json.object()
                .put("status", "ok")
                .put("protocol_version", Wire.PROTOCOL_VERSION)
                .put("implementation", "tailrace")
                .put("implementation_version", version)
                .put("banner", "Tailrace " + version + " on Java " + java);
        reply.putObject("language_info")
                .put("name", "java")
                .put("version", java)
                .put("mimetype", "text/x-java")
                .put("file_extension", ".jshell")
                .put("pygments_lexer", "java")
                .put("codemirror_mode", "text/x-java")
                .put("nbconvert_exporter", "script");
        reply.put("debugger", false);
        reply.putArray("help_links");
        reply.putArray("supported_features").add("kernel subshells");
        publisher.reply(request, reply);
    }

    void commInfo(Message request) {
        String target = request.content().path("target_name").asText("");
        ObjectNode reply = Json.object().put("status", "ok");
        ObjectNode open = reply.putObject("comms");
        comms.openComms().forEach((id, name) -> {
            if (target.isEmpty() || target.equals(name)) {
                open.putObject(id).put("target_name", name);
            }
        });
        publisher.reply(request, reply);
    }

    void history(Message request) {
        ObjectNode content = request.content();
        boolean withOutput = content.path("output").asBoolean(false);
        ObjectNode reply = Json.object().put("status", "ok");
        ArrayNode rows = reply.putArray("history");
        for (History.Entry entry : entries(content)) {
            // one session, number 0: what earlier kernels ran is not kept
            ArrayNode row = rows.addArray().add(0).add(entry.number());
            if (withOutput) {
                row.addArray().add(entry.source()).add(entry.output());
            } else {
                row.add(entry.source());
            }
        }
        publisher.reply(request, reply);
    }

    private List<History.Entry> entries(ObjectNode content) {
        int count = content.path("n").asInt(Integer.MAX_VALUE);
        return switch (content.path("hist_access_type").asText()) {
            case "tail" -> history.tail(count);
            case "range" ->
                content.path("session").asInt(0) != 0
                        ? List.of()
                        : history.range(
                                content.path("start").asInt(0),
                                content.path("stop").asInt(Integer.MAX_VALUE));
            case "search" ->
                history.search(
                        content.path("pattern").asText("*"),
                        count,
                        content.path("unique").asBoolean(false));
            default -> List.of();
        };
    }
}
