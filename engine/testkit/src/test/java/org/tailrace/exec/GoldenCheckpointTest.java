package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tailrace.env.FileSystem;
import org.tailrace.exec.Streams.Event;
import org.tailrace.report.CheckpointReport.LoggedFile;
import org.tailrace.spi.RunningQuery;
import org.tailrace.state.CheckpointInspection;
import org.tailrace.testkit.SimFileSystem;

/**
 * Row F23 of the fault matrix: checkpoints that an earlier version wrote, kept for ever in {@code resources/checkpoints},
 * one folder a format and query, each with the answer that must follow. What a version writes is added as a new folder
 * ({@code -Dtailrace.golden=write}); an old folder is never written again.
 */
@Timeout(60)
class GoldenCheckpointTest {
    /** With past batches for time travel, which the folders before it do not have. */
    private static final String FORMAT = "format-1-kept";

    enum Case {
        WINDOW("SELECT window(ts, '10 seconds') AS w, k, count(*) AS n, sum(v) AS s FROM e"
                + " GROUP BY window(ts, '10 seconds'), k"),
        SESSION("SELECT session_window(ts, '5 seconds') AS w, k, max(v) AS m FROM e"
                + " GROUP BY session_window(ts, '5 seconds'), k"),
        JOIN("SELECT k, v, w FROM e LEFT JOIN f ON k = j AND us BETWEEN ts AND ts + INTERVAL 20 SECONDS"),
        DEDUP("DEDUP k, ts");

        private final String sql;

        Case(String sql) {
            this.sql = sql;
        }
    }

    private static Event event(boolean ofE, String key, long value, int second) {
        return new Event(ofE, key, value, second * 1000L);
    }

    private static List<Event> step(int number) {
        int t = number * 12;
        return List.of(
                event(true, "a", number, t),
                event(true, "a", number, t),
                event(true, number % 2 == 0 ? "b" : "ü", 10L * number, t + 3),
                event(false, "a", 100L * number, t + 5),
                event(false, "c", 7, t + 1));
    }

    /** Runs steps; what came before them is in the tables already. */
    private static List<String> run(Case query, SimFileSystem files, int from, int to) throws InterruptedException {
        var streams = new Streams(query.sql, new Streams.Setup(2048, 1, false, true));
        for (int number = 0; number < from; number++) {
            streams.add(step(number));
        }
        var sent = new ArrayList<String>();
        RunningQuery running = streams.start(
                files, (rows, id) -> rows.rows().forEach(row -> sent.add("#" + id + " " + Streams.text(row))));
        for (int number = from; number < to; number++) {
            streams.add(step(number));
            running.step(1);
        }
        running.stop();
        return sent;
    }

    private static Path folder(String format, Case query) {
        return Path.of(
                "src", "test", "resources", "checkpoints", format, query.name().toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void F23_a_checkpoint_of_an_earlier_version_gives_the_answer_that_belongs_to_it(Case query) throws Exception {
        if ("write".equals(System.getProperty("tailrace.golden")) && !Files.exists(folder(FORMAT, query))) {
            write(query);
        }
        List<String> formats;
        try (Stream<Path> all = Files.list(Path.of("src", "test", "resources", "checkpoints"))) {
            formats = all.map(path -> path.getFileName().toString()).sorted().toList();
        }
        assertTrue(formats.contains(FORMAT));
        for (String format : formats) {
            Path folder = folder(format, query);
            var files = new SimFileSystem(1);
            files.createDirectories(Path.of("/checkpoint"));
            try (Stream<Path> all = Files.list(folder.resolve("checkpoint"))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    try (FileSystem.Output out = files.create(
                            Path.of("/checkpoint").resolve(file.getFileName().toString()))) {
                        out.write(bytes, 0, bytes.length);
                        out.sync();
                    }
                }
            }
            assertEquals(!format.equals("format-1"), kept(files) > 0, format);
            assertEquals(Files.readAllLines(folder.resolve("answer.txt")), run(query, files, 4, 7), format);
        }
    }

    /** Past batches in a checkpoint. */
    private static long kept(SimFileSystem files) throws IOException {
        return CheckpointInspection.of(files, Path.of("/checkpoint"), false).files().stream()
                .filter(file -> file.name().startsWith("kept-"))
                .mapToLong(LoggedFile::records)
                .sum();
    }

    private static void write(Case query) throws IOException, InterruptedException {
        var files = new SimFileSystem(1);
        run(query, files, 0, 4);
        Path checkpoint = folder(FORMAT, query).resolve("checkpoint");
        Files.createDirectories(checkpoint);
        for (FileSystem.Entry entry : files.list(Path.of("/checkpoint"))) {
            if (!entry.directory()) {
                Files.write(checkpoint.resolve(entry.path().getFileName().toString()), files.read(entry.path()));
            }
        }
        // The answer is that of a query that never stopped.
        List<String> before = run(query, new SimFileSystem(2), 0, 4);
        List<String> all = run(query, new SimFileSystem(2), 0, 7);
        Files.write(folder(FORMAT, query).resolve("answer.txt"), all.subList(before.size(), all.size()));
    }
}
