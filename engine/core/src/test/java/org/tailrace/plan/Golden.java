package org.tailrace.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One recorded scenario, as far as plans are concerned. */
record Golden(String name, Map<String, Object> json) {
    static final Path FOLDER = Path.of("..", "testkit", "src", "test", "resources", "goldens");

    static List<Golden> all() {
        try (var files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".json"))
                    .sorted()
                    .map(Golden::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Golden read(Path file) {
        try (var parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            var json = (Map<String, Object>) value(parser);
            return new Golden((String) json.get("name"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser));
                }
                return map;
            }
            case START_ARRAY -> {
                var list = new ArrayList<Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                return list;
            }
            case VALUE_NULL -> {
                return "";
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.getBooleanValue();
            }
            default -> {
                return parser.getText();
            }
        }
    }

    String text(String key) {
        return String.valueOf(json.getOrDefault(key, ""));
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> objects(String key) {
        return (List<Map<String, Object>>) json.getOrDefault(key, List.of());
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> object(String key) {
        return (Map<String, Object>) json.getOrDefault(key, Map.of());
    }

    /** The error that Spark gave when the query was built, started, or first run; its condition, else its message. */
    @SuppressWarnings("unchecked")
    Optional<Map<String, Object>> error() {
        if (json.containsKey("error")) {
            return Optional.of(object("error"));
        }
        return objects("expected").stream()
                .filter(step -> step.containsKey("error"))
                .map(step -> (Map<String, Object>) step.get("error"))
                .findFirst();
    }
}
