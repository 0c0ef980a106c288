package org.tailrace.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One output of a cell while its notebook runs. Guarded by the sink's lock. */
sealed interface Output {

    ObjectNode toJson();

    /** Text of one stream, as long as nothing else came between. */
    record Stream(String name, StringBuilder text) implements Output {

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("output_type", "stream").put("name", name);
            json.set("text", NotebookJson.lines(text.toString()));
            return json;
        }
    }

    /** A display, or the result of a cell; its bundle can be replaced. */
    final class Display implements Output {

        private final int executionCount;
        private Map<String, String> bundle;

        /** @param executionCount 0 for a display that is no result */
        Display(int executionCount, Map<String, String> bundle) {
            this.executionCount = executionCount;
            this.bundle = Map.copyOf(bundle);
        }

        void replace(Map<String, String> newer) {
            bundle = Map.copyOf(newer);
        }

        Map<String, String> bundle() {
            return bundle;
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            if (executionCount > 0) {
                json.put("output_type", "execute_result").put("execution_count", executionCount);
            } else {
                json.put("output_type", "display_data");
            }
            ObjectNode data = json.putObject("data");
            new TreeMap<>(bundle).forEach((type, value) -> put(data, type, value));
            json.putObject("metadata");
            return json;
        }

        private static void put(ObjectNode data, String type, String value) {
            if (type.equals("application/json") || type.endsWith("+json")) {
                try {
                    data.set(type, NotebookJson.read(value));
                } catch (JsonProcessingException e) {
                    data.put(type, value);
                }
            } else if (type.startsWith("text/")
                    || type.equals("image/svg+xml")
                    || type.equals("application/javascript")) {
                data.set(type, NotebookJson.lines(value));
            } else {
                data.put(type, value);
            }
        }
    }

    /** A failure. */
    record Failure(String name, String value, List<String> traceback) implements Output {

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("output_type", "error").put("ename", name).put("evalue", value);
            traceback.forEach(json.putArray("traceback")::add);
            return json;
        }
    }
}
