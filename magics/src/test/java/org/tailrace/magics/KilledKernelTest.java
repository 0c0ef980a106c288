package org.tailrace.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A kernel that is killed while its query runs, and what the next one knows of it. */
class KilledKernelTest {
    private static final int ROWS = 3;

    @TempDir
    private Path folder;

    private int given;

    @Test
    @Timeout(120)
    void F20_a_query_whose_kernel_was_killed_is_listed_with_its_last_batch_and_starts_by_its_cell_alone()
            throws Exception {
        kill(1);
    }

    @Test
    @Tag("faults")
    void F20_fifty_kernels_killed_one_after_another() throws Exception {
        int times = Math.max(1, 50 * Integer.getInteger("tailrace.faults.share", 100) / 100);
        kill(times);
        System.out.printf("%-34s %,9d kills, %,d rows, each there once%n", "kernels killed", times, given);
    }

    private void kill(int times) throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("written"));
        Path known = folder.resolve("user/known");
        for (int i = 0; i < times; i++) {
            give();
            killOne(known);
            List<String> rows = rows();
            give();
            try (var next = new TestNotebook(known)) {
                String doctor = next.printed(next.ok("%doctor"));
                assertTrue(doctor.matches("(?s).*copy stopped at batch #\\d+; run its cell to resume.*"), doctor);
                assertEquals("0", next.result(next.ok("streams.queries().size()")));
                assertEquals(rows, rows(), "nothing starts by itself");
                if (i == times - 1) {
                    next.ok(KilledKernel.cell(folder) + " copy.processAllAvailable(); copy.stop();");
                }
            }
        }
        var expected = new ArrayList<String>();
        for (int row = 0; row < given; row++) {
            expected.add("k," + row);
        }
        assertEquals(expected.stream().sorted().toList(), rows());
    }

    private void killOne(Path known) throws Exception {
        int before = rows().size();
        Process kernel = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledKernel.class.getName(),
                        known.toString(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertEquals("READY", kernel.inputReader().readLine());
            while (rows().size() < before + 2 * ROWS && kernel.isAlive()) {
                kernel.waitFor(1, TimeUnit.MILLISECONDS);
            }
            assertTrue(kernel.isAlive());
        } finally {
            kernel.destroyForcibly().waitFor();
        }
    }

    /** Some files of a few rows, each of which appears whole. */
    private void give() throws IOException {
        for (int file = 0; file < 5; file++) {
            var text = new StringBuilder("k,v\n");
            for (int row = 0; row < ROWS; row++) {
                text.append("k,").append(given++).append('\n');
            }
            Path written = folder.resolve("written").resolve(given + ".csv");
            Files.writeString(written, text);
            Files.move(written, folder.resolve("in").resolve(given + ".csv"));
        }
    }

    /** What is in the output, sorted. */
    private List<String> rows() throws IOException {
        var rows = new ArrayList<String>();
        File[] files = folder.resolve("out").toFile().listFiles((out, name) -> name.startsWith("part-"));
        for (File file : files == null ? new File[0] : files) {
            try (Stream<String> lines = Files.lines(file.toPath())) {
                lines.skip(1).forEach(rows::add);
            }
        }
        rows.sort(null);
        return rows;
    }
}
