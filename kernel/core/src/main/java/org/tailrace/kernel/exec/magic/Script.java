package org.tailrace.kernel.exec.magic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text to run and what errors call it: a file, or one code cell of a notebook file.
 *
 * @param name such as {@code helpers.ipynb, cell 2}
 */
record Script(String name, String text) {

    static List<Script> of(Path file) throws IOException {
        var fileName = file.getFileName().toString();
        var text = Files.readString(file, StandardCharsets.UTF_8);
        if (!fileName.endsWith(".ipynb")) {
            return List.of(new Script(fileName, text));
        }
        var scripts = new ArrayList<Script>();
        int number = 0;
        for (var cell : new ObjectMapper().readTree(text).path("cells")) {
            if (cell.path("cell_type").asText().equals("code")) {
                scripts.add(new Script(fileName + ", cell " + ++number, source(cell.path("source"))));
            }
        }
        return scripts;
    }

    /** The format allows one text or a list of lines. */
    private static String source(JsonNode source) {
        var text = new StringBuilder(source.asText(""));
        source.forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}
