package org.tailrace.env;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemEnvironmentTest {
    private final Environment environment = SystemEnvironment.create();
    private final FileSystem files = environment.files();

    @TempDir
    Path directory;

    private void write(FileSystem.Output output, String text) throws IOException {
        try (output) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            output.write(bytes, 0, bytes.length);
            output.sync();
        }
    }

    private String text(Path file) throws IOException {
        return new String(files.read(file), StandardCharsets.UTF_8);
    }

    @Test
    void files_are_created_appended_replaced_renamed_and_deleted() throws Exception {
        Path file = directory.resolve("a");
        write(files.create(file), "hello");
        write(files.append(file), " world");
        assertEquals("hello world", text(file));
        assertArrayEquals(
                "world".getBytes(StandardCharsets.UTF_8), files.open(file, 6).readAllBytes());
        write(files.create(file), "anew");
        Path other = directory.resolve("b");
        write(files.create(other), "old");
        files.rename(file, other);
        files.syncDirectory(directory);
        assertEquals("anew", text(other));
        assertFalse(files.exists(file));
        files.delete(other);
        files.delete(other);
        assertEquals(List.of(), files.list(directory));
        assertEquals(List.of(), files.list(directory.resolve("none")));
        assertThrows(NoSuchFileException.class, () -> files.read(other));
    }

    @Test
    void a_listing_is_sorted_by_name() throws Exception {
        for (String name : List.of("c", "a", "b")) {
            write(files.create(directory.resolve(name)), name);
        }
        assertEquals(
                List.of("a", "b", "c"),
                files.list(directory).stream()
                        .map(entry -> entry.path().getFileName().toString())
                        .toList());
    }

    @Test
    void an_interrupt_harms_no_file_and_is_not_lost() throws Exception {
        Path file = directory.resolve("a");
        Thread.currentThread().interrupt();
        write(files.create(file), "kept");
        files.syncDirectory(directory);
        assertEquals("kept", text(file));
        assertTrue(Thread.interrupted());
    }

    @Test
    void F5_a_second_lock_in_this_process_or_another_is_refused_and_does_not_free_the_first() throws Exception {
        Path file = directory.resolve("lock");
        var first = files.lock(file, "query q1");
        for (int i = 0; i < 2; i++) {
            var refused = assertThrows(FileSystem.LockedException.class, () -> files.lock(file, "query q2"));
            assertTrue(
                    refused.holder()
                            .contains("process " + ProcessHandle.current().pid()),
                    refused.holder());
            assertTrue(refused.holder().contains("query q1"), refused.holder());
        }
        assertEquals("held", lockInAnotherProcess(file));
        first.close();
        assertEquals("free", lockInAnotherProcess(file));
        files.lock(file, "query q3").close();
    }

    private static String lockInAnotherProcess(Path file) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProbe.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    @Test
    void pieces_run_to_the_end_and_keep_their_order() throws Exception {
        var pieces = new ArrayList<Callable<Integer>>();
        IntStream.range(0, 50).forEach(i -> pieces.add(() -> i * i));
        assertEquals(
                IntStream.range(0, 50).map(i -> i * i).boxed().toList(),
                environment.scheduler().runAll(pieces));
    }

    @Test
    void the_first_failure_is_thrown_after_all_pieces_have_ended() {
        var ended = new CountDownLatch(2);
        List<Callable<String>> pieces = List.of(
                () -> {
                    ended.countDown();
                    return "";
                },
                () -> {
                    throw new IOException("second");
                },
                () -> {
                    ended.countDown();
                    throw new IllegalStateException("third");
                });
        var failure =
                assertThrows(IOException.class, () -> environment.scheduler().runAll(pieces));
        assertEquals("second", failure.getMessage());
        assertEquals(0, ended.getCount());
    }

    @Test
    void threads_come_from_the_given_factory_as_named_daemons() throws Exception {
        var made = new ArrayList<Thread>();
        var scheduler = SystemEnvironment.create(body -> {
                    var thread = new Thread(body);
                    made.add(thread);
                    return thread;
                })
                .scheduler();
        Thread thread = scheduler.start("query-q1", () -> {});
        thread.join();
        assertEquals(List.of(thread), made);
        assertEquals("query-q1", thread.getName());
        assertTrue(thread.isDaemon());
    }
}
