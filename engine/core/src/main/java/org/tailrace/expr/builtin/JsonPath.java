package org.tailrace.expr.builtin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path into JSON text as {@code get_json_object} takes it: {@code $.a['b'][0].*}. */
final class JsonPath {
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    /** One step: a field's name, an index, or null for all of them. */
    private record Step(@Nullable String field, int index) {
        boolean all() {
            return field == null && index < 0;
        }
    }

    private final List<Step> steps;

    private JsonPath(List<Step> steps) {
        this.steps = steps;
    }

    /** Null if the text is no path. */
    static @Nullable JsonPath of(String text) {
        if (!text.startsWith("$")) {
            return null;
        }
        var steps = new ArrayList<Step>();
        int at = 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '.') {
                int end = at + 1;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end++;
                }
                String name = text.substring(at + 1, end);
                if (name.isEmpty()) {
                    return null;
                }
                steps.add(name.equals("*") ? new Step(null, -1) : new Step(name, -1));
                at = end;
            } else if (c == '[') {
                int end = text.indexOf(']', at);
                Step step = end < 0 ? null : bracket(text.substring(at + 1, end));
                if (step == null) {
                    return null;
                }
                steps.add(step);
                at = end + 1;
            } else {
                return null;
            }
        }
        return new JsonPath(steps);
    }

    private static @Nullable Step bracket(String inside) {
        if (inside.equals("*")) {
            return new Step(null, -1);
        }
        if (inside.length() > 2 && inside.startsWith("'") && inside.endsWith("'")) {
            return new Step(inside.substring(1, inside.length() - 1), -1);
        }
        return inside.matches("\\d{1,9}") ? new Step(null, Integer.parseInt(inside)) : null;
    }

    /** What the path leads to, a string without its quotes; null if nothing, or if the text is no JSON. */
    @Nullable
    String find(String text) {
        var found = new ArrayList<String>();
        boolean many = steps.stream().anyMatch(Step::all);
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() == null) {
                return null;
            }
            walk(json, 0, found, many);
            if (found.size() > 1 || many && found.size() == 1 && found.get(0).startsWith("[")) {
                return found.size() == 1 ? found.get(0) : "[" + String.join(",", found) + "]";
            }
            return found.isEmpty() ? null : found.get(0);
        } catch (IOException e) {
            // What was found before the text went wrong counts, as in Spark, unless a wildcard is to see it all.
            return found.isEmpty() || many ? null : found.get(0);
        }
    }

    private void walk(JsonParser json, int depth, List<String> found, boolean quoted) throws IOException {
        JsonToken token = json.currentToken();
        if (depth == steps.size()) {
            if (token == JsonToken.VALUE_STRING && !quoted) {
                found.add(json.getText());
            } else if (token != JsonToken.VALUE_NULL) {
                found.add(copy(json));
            }
            return;
        }
        Step step = steps.get(depth);
        if (token == JsonToken.START_OBJECT && (step.field() != null || step.all())) {
            boolean taken = false;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (step.all() || name.equals(step.field()) && !taken) {
                    taken = true;
                    walk(json, depth + 1, found, quoted);
                } else {
                    json.skipChildren();
                }
            }
        } else if (token == JsonToken.START_ARRAY && step.field() == null) {
            for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                if (step.all() || i == step.index()) {
                    walk(json, depth + 1, found, quoted);
                } else {
                    json.skipChildren();
                }
            }
        } else {
            json.skipChildren();
        }
    }

    static String copy(JsonParser json) throws IOException {
        var out = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(out)) {
            copy.copyCurrentStructure(json);
        }
        return out.toString();
    }
}
