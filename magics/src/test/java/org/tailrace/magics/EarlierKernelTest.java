package org.tailrace.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new kernel knows of the durable queries that an earlier one has run. */
class EarlierKernelTest {
    @TempDir
    private Path folder;

    private Path known;
    private Path checkpoint;

    @BeforeEach
    void prepare() throws IOException {
        known = folder.resolve("user/known");
        checkpoint = folder.resolve("checkpoint");
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.csv"), "k,v\na,1\nb,2\n");
    }

    private String start(String name) {
        return "var " + name + " = streams.files(\"" + folder.resolve("in") + "\").csv(\"k string, v int\")"
                + ".groupBy(\"k\").count().to(memory(\"" + name + "\")).update().checkpoint(\"" + checkpoint
                + "\").start(\""
                + name + "\"); " + name + ".processAllAvailable();";
    }

    private void runInAKernel(String name) {
        try (var kernel = new TestNotebook(known)) {
            kernel.ok(start(name));
            String own = queries(kernel);
            assertFalse(own.contains("run its cell"), own);
        }
    }

    private static String queries(TestNotebook kernel) {
        return kernel.result(kernel.ok("%queries"));
    }

    @Test
    void a_batch_that_an_earlier_kernel_has_run_is_shown_with_its_input_and_state() {
        runInAKernel("clicks");
        try (var kernel = new TestNotebook(known)) {
            kernel.ok(start("clicks"));
            String batch = kernel.result(kernel.ok("%batch clicks 0"));
            assertTrue(batch.contains("Batch #0 · 2 rows in"), batch);
            String input = kernel.result(kernel.ok("%batch clicks 0 --input"));
            assertTrue(input.contains("batch #0, input from") && input.contains("b  2"), input);
            String state = kernel.result(kernel.ok("%batch clicks --state"));
            assertTrue(state.contains("state after batch #0"), state);
            String none = kernel.failure("%batch clicks 7 --input");
            assertTrue(none.contains("TR-610 batch #7 cannot be shown any more"), none);
        }
    }

    @Test
    void a_new_kernel_lists_what_an_earlier_one_has_stopped_and_starts_nothing() {
        runInAKernel("clicks");
        try (var kernel = new TestNotebook(known)) {
            String queries = queries(kernel);
            assertTrue(queries.contains("clicks"), queries);
            assertTrue(queries.contains("stopped; run its cell to resume"), queries);
            assertEquals(
                    checkpoint.toString(),
                    kernel.result(kernel.ok("streams.stoppedQueries().get(0).checkpoint().toString()"))
                            .replace("\"", ""));
            assertEquals("0", kernel.result(kernel.ok("streams.queries().size()")));
            assertEquals("0", kernel.result(kernel.ok("streams.stoppedQueries().get(0).lastBatch().getAsLong()")));
            String doctor = kernel.printed(kernel.ok("%doctor"));
            assertTrue(doctor.contains("clicks stopped at batch #0; run its cell to resume"), doctor);
        }
    }

    @Test
    void what_another_notebook_has_left_is_listed_only_when_all_is_asked_for() {
        runInAKernel("clicks");
        try (var other = new TestNotebook(known, "other.ipynb")) {
            assertFalse(queries(other).contains("clicks"), queries(other));
            String all = other.result(other.ok("%queries --all"));
            assertTrue(all.contains("stopped; run its cell to resume"), all);
            String doctor = other.printed(other.ok("%doctor"));
            assertTrue(doctor.contains("clicks stopped at batch #0"), doctor);
        }
    }

    @Test
    void an_entry_becomes_its_own_query_when_its_cell_is_run_and_counts_on() throws IOException {
        runInAKernel("clicks");
        Files.writeString(folder.resolve("in/b.csv"), "k,v\na,3\n");
        try (var kernel = new TestNotebook(known)) {
            kernel.ok(start("clicks"));
            String queries = queries(kernel);
            assertFalse(queries.contains("run its cell"), queries);
            assertEquals(
                    1, queries.lines().filter(line -> line.contains("clicks")).count(), queries);
            kernel.ok("%stop clicks");
            assertFalse(queries(kernel).contains("run its cell"), queries(kernel));
        }
        try (var kernel = new TestNotebook(known)) {
            String doctor = kernel.printed(kernel.ok("%doctor"));
            assertTrue(doctor.contains("clicks stopped at batch #1; run its cell to resume"), doctor);
        }
    }

    @Test
    void a_checkpoint_that_is_gone_is_forgotten() throws IOException {
        runInAKernel("clicks");
        try (Stream<Path> files = Files.walk(checkpoint)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        try (var kernel = new TestNotebook(known)) {
            assertFalse(queries(kernel).contains("clicks"), queries(kernel));
        }
        try (Stream<Path> left = Files.list(known)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void a_damaged_checkpoint_is_listed_with_what_is_wrong_and_a_query_without_one_is_not_listed() throws IOException {
        runInAKernel("clicks");
        try (var kernel = new TestNotebook(known)) {
            kernel.ok("var r = streams.rate(10).to(memory(\"r\")).start(\"volatile\");");
        }
        Files.writeString(checkpoint.resolve("metadata"), "no metadata at all");
        try (var kernel = new TestNotebook(known)) {
            String queries = queries(kernel);
            assertTrue(queries.contains("damaged; %doctor says how"), queries);
            String doctor = kernel.printed(kernel.ok("%doctor"));
            assertTrue(doctor.contains("  ! stopped at batch #0; its checkpoint: metadata"), doctor);
            assertFalse(queries.contains("volatile"), queries);
        }
    }

    @Test
    void nothing_but_name_folder_and_notebook_is_written_down() throws IOException {
        runInAKernel("clicks");
        try (Stream<Path> files = Files.list(known)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size());
            assertEquals("clicks\n" + checkpoint + "\none.ipynb\n", Files.readString(all.get(0)));
        }
    }
}
