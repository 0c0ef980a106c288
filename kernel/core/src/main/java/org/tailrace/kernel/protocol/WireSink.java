package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.tailrace.kernel.history.History;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputSink;
import org.tailrace.kernel.wire.Json;

/** Publishes outputs. A silent request publishes none; a frame that happens to come while one runs is not its own. */
final class WireSink implements OutputSink {

    private final Publisher publisher;
    private final History history;

    WireSink(Publisher publisher, History history) {
        this.publisher = publisher;
        this.history = history;
    }

    @Override
    public void stream(CellContext parent, String name, String text) {
        publish(parent, "stream", Json.object().put("name", name).put("text", text));
    }

    @Override
    public void display(CellContext parent, Map<String, String> bundle, String displayId) {
        publish(parent, "display_data", shown(bundle, displayId));
    }

    @Override
    public void updateDisplay(CellContext parent, Map<String, String> bundle, String displayId) {
        publisher.publish(Origin.of(parent).header(), "update_display_data", shown(bundle, displayId));
    }

    @Override
    public void result(CellContext parent, int executionCount, Map<String, String> bundle) {
        ObjectNode content = Json.object().put("execution_count", executionCount);
        content.set("data", data(bundle));
        content.set("metadata", Json.object());
        publish(parent, "execute_result", content);
        history.output(executionCount, bundle.getOrDefault("text/plain", ""));
    }

    @Override
    public void error(CellContext parent, String name, String value, List<String> traceback) {
        publish(parent, "error", errorOf(name, value, traceback));
    }

    @Override
    public void clear(CellContext parent, boolean wait) {
        publish(parent, "clear_output", Json.object().put("wait", wait));
    }

    @Override
    public void page(CellContext parent, Map<String, String> bundle) {
        if (!Origin.of(parent).pages().add(data(bundle))) {
            display(parent, bundle, "");
        }
    }

    private void publish(CellContext parent, String type, ObjectNode content) {
        Origin origin = Origin.of(parent);
        if (!origin.silent()) {
            publisher.publish(origin.header(), type, content);
        }
    }

    private static ObjectNode shown(Map<String, String> bundle, String displayId) {
        ObjectNode content = Json.object();
        content.set("data", data(bundle));
        content.set("metadata", Json.object());
        ObjectNode transients = content.putObject("transient");
        if (!displayId.isEmpty()) {
            transients.put("display_id", displayId);
        }
        return content;
    }

    static ObjectNode errorOf(String name, String value, List<String> traceback) {
        ObjectNode content = Json.object().put("ename", name).put("evalue", value);
        var lines = content.putArray("traceback");
        traceback.forEach(lines::add);
        return content;
    }

    /** JSON travels as JSON, everything else as text; what says it is JSON and is not stays text. */
    static ObjectNode data(Map<String, String> bundle) {
        ObjectNode data = Json.object();
        bundle.forEach((type, text) -> {
            if (type.equals("application/json") || type.endsWith("+json")) {
                try {
                    data.set(type, Json.parse(text));
                    return;
                } catch (IOException e) {
                    data.put(type, text);
                    return;
                }
            }
            data.put(type, text);
        });
        return data;
    }
}
