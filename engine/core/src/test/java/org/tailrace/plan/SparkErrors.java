package org.tailrace.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The table from Spark's error conditions and messages to our codes. */
final class SparkErrors {
    private static final Path TABLE =
            Path.of("..", "testkit", "src", "main", "resources", "org", "tailrace", "testkit", "spark-errors.txt");

    private SparkErrors() {}

    /** The codes that fit an error, or one that no error has. */
    static List<String> codes(Map<String, Object> error) {
        String condition = String.valueOf(error.get("condition"));
        String message = String.valueOf(error.get("message"));
        try {
            for (String line : Files.readAllLines(TABLE)) {
                String[] cells = line.split("\\|", -1);
                if (!line.startsWith("#")
                        && (cells[1].strip().equals("-") || cells[1].strip().equals(condition))
                        && message.contains(cells[2].strip())) {
                    return List.of(cells[0].strip().split(" "));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("TR-000");
    }
}
