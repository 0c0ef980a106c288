package org.tailrace.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which of our codes an error of Spark's is, by the one table of it, {@code spark-errors.txt}. The first line that fits counts. */
final class ErrorTable {
    private record Line(List<String> codes, String condition, String text) {
        boolean fits(String name) {
            return condition.equals("-")
                    || condition.equals(name)
                    || condition.endsWith("*") && name.startsWith(condition.substring(0, condition.length() - 1));
        }
    }

    private final List<Line> lines = new ArrayList<>();

    ErrorTable() {
        try (var in = ErrorTable.class.getResourceAsStream("/org/tailrace/testkit/spark-errors.txt")) {
            if (in == null) {
                throw new IllegalStateException("spark-errors.txt is missing");
            }
            for (String text : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!text.isBlank() && !text.startsWith("#")) {
                    String[] parts = text.split("\\|", 3);
                    lines.add(new Line(List.of(parts[0].trim().split(" ")), parts[1].trim(), parts[2].trim()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Our codes for a recorded error; none if the table does not have it. */
    List<String> codes(JsonNode error) {
        String condition = error.path("condition").asText("");
        String message = error.path("message").asText("");
        return lines.stream()
                .filter(line -> line.fits(condition))
                .filter(line -> message.contains(line.text()))
                .map(Line::codes)
                .findFirst()
                .orElse(List.of());
    }
}
