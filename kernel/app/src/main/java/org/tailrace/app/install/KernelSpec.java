package org.tailrace.app.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The text of {@code kernel.json}: how Jupyter starts the kernel and what it calls it. */
final class KernelSpec {

    static final String FILE = "kernel.json";
    static final String DEFAULT_NAME = "tailrace";
    private static final JsonMapper MAPPER = new JsonMapper();

    private KernelSpec() {}

    static String json(String name, List<String> command) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        command.forEach(spec.putArray("argv")::add);
        spec.put("display_name", displayName(name));
        spec.put("language", "java");
        spec.put("interrupt_mode", "message");
        // each thread would take memory in an arena of its own, and give none of it back
        spec.putObject("env").put("MALLOC_ARENA_MAX", "2");
        spec.putObject("metadata").put("debugger", false);
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(spec) + "\n";
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree always writes", e);
        }
    }

    private static String displayName(String name) {
        return name.equals(DEFAULT_NAME) ? "Java (Tailrace)" : "Java (Tailrace, " + name + ")";
    }

    /** Whether the folder holds a kernel that {@link Installation} wrote, and not somebody else's of that name. */
    static boolean isOurs(Path folder) throws IOException {
        try {
            var argv = MAPPER.readTree(Files.readString(folder.resolve(FILE))).path("argv");
            for (var word : argv) {
                if (word.asText().endsWith(Installation.JAR)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
