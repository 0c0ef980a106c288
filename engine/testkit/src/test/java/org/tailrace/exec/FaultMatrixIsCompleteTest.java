package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of the fault matrix that concerns the engine has a test that is named after it, in whatever module. */
class FaultMatrixIsCompleteTest {
    private static final Pattern NAMED = Pattern.compile("void F(\\d+)_\\w+\\(");

    private static Stream<Integer> rows(Path file) {
        try {
            return NAMED
                    .matcher(Files.readString(file))
                    .results()
                    .map(match -> Integer.valueOf(match.group(1)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void each_row_has_its_test() throws IOException {
        var found = new TreeSet<Integer>();
        for (String module : List.of("engine", "kernel", "magics")) {
            try (Stream<Path> files = Files.walk(Path.of("..", "..", module))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .flatMap(FaultMatrixIsCompleteTest::rows)
                        .forEach(found::add);
            }
        }
        var missing = new TreeSet<>(IntStream.rangeClosed(1, 25).boxed().toList());
        // Loops in cells, giant displays, floods and forged messages are the kernel's.
        missing.removeAll(List.of(13, 15, 16, 21));
        missing.removeAll(found);
        assertEquals(new TreeSet<Integer>(), missing);
    }
}
