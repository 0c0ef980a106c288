package org.tailrace.magics;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path folder;

    private final TestNotebook notebook = new TestNotebook();

    @AfterEach
    void close() {
        notebook.close();
    }

    private String doctor() {
        return notebook.printed(notebook.ok("%doctor"));
    }

    private static void has(String text, String part) {
        assertTrue(text.contains(part), part + "\nis not in\n" + text);
    }

    @Test
    void a_session_without_queries_is_told_of_its_machine() {
        String text = doctor();
        has(text, "java      " + System.getProperty("java.version"));
        has(text, "cores     " + Runtime.getRuntime().availableProcessors() + "\n");
        has(text, "of at most");
        has(text, "health    nothing is wrong\n");
        assertFalse(text.contains("\nquery "), text);
        assertFalse(text.contains("-Djava"), text);
        String twin = notebook.result(notebook.ok("streams.doctor().contains(\"nothing is wrong\")"));
        has(twin, "true");
    }

    @Test
    void a_failed_query_is_wrong_with_its_reason_and_what_to_do() {
        notebook.ok("var in = streams.memory(\"in\", \"k string, v int\");");
        notebook.ok("var q = in.to(forEachBatch((rows, id) -> { throw new IllegalStateException(\"too dear\"); }))"
                + ".start(\"q\"); in.addRow(\"a\", 1);");
        notebook.failure("q.processAllAvailable();");
        String text = doctor();
        has(text, "query     q is failed");
        has(text, "  ! it has failed: ");
        has(text, "too dear");
        has(text, "streams.query(\"q\").retry()");
        has(text, "health    one thing is wrong, marked with !\n");
    }

    @Test
    void late_rows_full_state_and_a_missing_checkpoint_are_worth_knowing() {
        notebook.ok("var in = streams.memory(\"in\", \"k string, ts timestamp\");");
        notebook.ok("""
                var q = in.withWatermark("ts", "1 second").groupBy("k").tumbling("ts", "1 hour").count()
                        .to(memory("m")).append().maxStateRows(5).start("q");
                for (String k : List.of("a", "b", "c", "d")) in.addRow(k, Instant.parse("2024-05-01T10:00:00Z"));
                q.processAllAvailable();
                """);
        String text = doctor();
        has(text, "  · state is nearly full: 4 of at most 5 rows");
        has(text, "  · not durable: ");
        has(text, "health    nothing is wrong\n");
        notebook.ok("in.addRow(\"a\", Instant.parse(\"2024-05-01T12:00:00Z\")); q.processAllAvailable();"
                + "in.addRow(\"a\", Instant.parse(\"2024-05-01T10:00:00Z\")); q.processAllAvailable();");
        has(doctor(), "  · 1 row came too late and was dropped; %watermark q shows them");
    }

    @Test
    void a_watermark_in_the_future_is_wrong_as_long_as_it_stands() {
        notebook.ok("var in = streams.memory(\"in\", \"k string, ts timestamp\");");
        notebook.ok("""
                var q = in.withWatermark("ts", "1 second").groupBy("k").tumbling("ts", "1 hour").count()
                        .to(memory("m")).update().start("q");
                in.addRow("a", Instant.parse("2199-05-01T10:00:00Z")); q.processAllAvailable();
                in.addRow("a", Instant.parse("2024-05-01T10:00:00Z")); q.processAllAvailable();
                """);
        has(doctor(), "  ! its watermark lies in the future, at 2199-05-01T09:59:59Z");
    }

    @Test
    void rows_that_cannot_be_read_are_counted() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.csv"), "k,v\na,1\nb,many\n");
        notebook.ok("var q = streams.files(\"" + folder.resolve("in") + "\").csv(\"k string, v int\").to(memory(\"m\"))"
                + ".start(\"q\"); q.processAllAvailable();");
        has(doctor(), "  · 1 row could not be used or was kept aside; badRows() holds the newest");
    }

    @Test
    void a_checkpoint_is_read_from_end_to_end_and_still_held_afterwards() throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        notebook.ok(
                "record Reading(long value) {}\nvar in = streams.memory(\"in\", Reading.class);\nin.add(new Reading(1));");
        notebook.ok("var q = in.to(memory(\"m\")).checkpoint(\"" + checkpoint + "\").step().start(\"q\"); q.step();");
        has(doctor(), "  · checkpoint " + checkpoint + ": last batch #0, every record is whole\n");
        has(notebook.failure("in.to(memory(\"n\")).checkpoint(\"" + checkpoint + "\").start(\"other\")"), "TR-60");
        notebook.ok("q.stop();");
        Files.writeString(checkpoint.resolve("metadata"), "no metadata at all");
        String text = doctor();
        has(text, "  ! checkpoint: metadata: ");
        has(text, "health    one thing is wrong, marked with !\n");
    }
}
