package org.tailrace.kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try")
final class OutputRouterTest {

    private final RecordingSink sink = new RecordingSink();
    private final OutputRouter router = new OutputRouter(sink, line -> {});

    @AfterEach
    void close() {
        router.close();
    }

    private static CellContext cell(int number) {
        return new CellContext("c" + number, number, "source " + number, "");
    }

    @Test
    void twenty_thousand_lines_arrive_in_order_in_few_messages() {
        long startNanos = System.nanoTime();
        try (var run = router.run(cell(1))) {
            for (int i = 0; i < 20_000; i++) {
                System.out.println("line " + i);
            }
        }
        var expected = new StringBuilder();
        IntStream.range(0, 20_000)
                .forEach(i -> expected.append("line ").append(i).append('\n'));
        assertEquals(expected.toString(), sink.text(1, "stdout"));
        // text that waits is sent every 30 ms, so a machine that is busy with other things makes more messages of it
        long periods = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos) / 30;
        assertTrue(
                sink.lines().size() < Math.max(100, 20 + periods),
                "messages: " + sink.lines().size());
    }

    @Test
    void gathered_text_is_sent_without_waiting_for_the_cell_to_end() throws InterruptedException {
        try (var run = router.run(cell(1))) {
            System.out.print("soon");
            sink.await("1 stdout: soon");
        }
    }

    @Test
    void both_streams_and_displays_keep_their_order_within_a_cell() {
        CellContext cell = cell(1);
        try (var run = router.run(cell)) {
            System.out.print("a");
            System.err.print("b");
            System.out.print("c");
            router.display(cell, Map.of("text/plain", "d"));
            System.out.print("e");
            router.result(cell, Map.of("text/plain", "f"));
        }
        assertEquals(
                List.of(
                        "1 stdout: a",
                        "1 stderr: b",
                        "1 stdout: c",
                        "1 display {text/plain=d}",
                        "1 stdout: e",
                        "1 result 1{text/plain=f}"),
                sink.lines());
    }

    @Test
    void a_character_is_never_cut_by_the_size_of_a_message() {
        String odd = "x" + "€".repeat(20_000) + "😀".repeat(10_000);
        try (var run = router.run(cell(1))) {
            for (byte b : odd.getBytes(StandardCharsets.UTF_8)) {
                System.out.write(b);
            }
        }
        assertEquals(odd, sink.text(1, "stdout"));
    }

    @Test
    void ten_threads_print_into_their_own_cells() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int n = 1; n <= 10; n++) {
            int number = n;
            try (var run = router.run(cell(n))) {
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        System.out.println(number);
                    }
                }));
                threads.get(n - 1).start();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        router.close();
        for (int n = 1; n <= 10; n++) {
            assertEquals((n + "\n").repeat(1_000), sink.text(n, "stdout"));
        }
    }

    @Test
    void late_output_of_a_cells_thread_lands_in_its_cell_while_another_runs() throws InterruptedException {
        var go = new CountDownLatch(1);
        Thread late;
        try (var run = router.run(cell(1))) {
            late = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                System.out.print("late");
            });
            late.start();
        }
        try (var run = router.run(cell(2))) {
            go.countDown();
            late.join();
            System.out.print("own");
        }
        router.close();
        assertEquals("late", sink.text(1, "stdout"));
        assertEquals("own", sink.text(2, "stdout"));
    }

    @Test
    void workers_of_pools_print_for_the_cell_that_runs() throws Exception {
        var pool = Executors.newFixedThreadPool(1);
        try {
            try (var run = router.run(cell(1))) {
                // both pools get their workers here
                pool.submit(() -> System.out.print("p")).get();
                CompletableFuture.runAsync(() -> System.out.print("f")).get();
                IntStream.range(0, 64).parallel().forEach(i -> System.out.print("s"));
            }
            try (var run = router.run(cell(2))) {
                pool.submit(() -> System.out.print("p")).get();
                CompletableFuture.runAsync(() -> System.out.print("f")).get();
                IntStream.range(0, 64).parallel().forEach(i -> System.out.print("s"));
            }
        } finally {
            pool.shutdown();
        }
        assertEquals("pf" + "s".repeat(64), sink.text(1, "stdout"));
        assertEquals("pf" + "s".repeat(64), sink.text(2, "stdout"));
    }

    @Test
    void a_worker_whose_cell_is_known_prints_there_while_no_cell_runs() throws Exception {
        var pool = Executors.newFixedThreadPool(1);
        try {
            try (var run = router.run(cell(1))) {
                pool.submit(() -> {}).get();
            }
            pool.submit(() -> System.out.print("between")).get();
        } finally {
            pool.shutdown();
        }
        router.close();
        assertEquals("between", sink.text(1, "stdout"));
    }

    @Test
    void output_without_a_cell_goes_to_the_log() {
        router.close();
        var real = System.err;
        var log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (var second = new OutputRouter(sink, line -> {})) {
            System.out.println("nobody's");
            try (var run = second.run(cell(1))) {
                System.out.println("mine");
            }
        } finally {
            System.setErr(real);
        }
        assertEquals("nobody's\n", log.toString(StandardCharsets.UTF_8));
        assertEquals("mine\n", sink.text(1, "stdout"));
    }

    @Test
    void two_routers_share_the_jvm_and_the_last_one_gives_the_streams_back() {
        router.close();
        PrintStream before = System.out;
        var sinkA = new RecordingSink();
        var sinkB = new RecordingSink();
        var a = new OutputRouter(sinkA, line -> {});
        var b = new OutputRouter(sinkB, line -> {});
        try (var runA = a.run(cell(1))) {
            System.out.print("for a");
            try (var runB = b.run(cell(2))) {
                System.out.print("for b");
            }
            System.out.print(", again a");
        }
        a.close();
        assertNotSame(before, System.out);
        b.close();
        assertSame(before, System.out);
        assertEquals(List.of("1 stdout: for a, again a"), sinkA.lines());
        assertEquals(List.of("2 stdout: for b"), sinkB.lines());
    }

    @Test
    void a_background_log_takes_whole_lines_of_its_thread_and_of_threads_it_starts() throws InterruptedException {
        var lines = new ArrayList<String>();
        try (var run = router.run(cell(1))) {
            try (var log = router.bindLines(cell(1), lines::add)) {
                System.out.print("one\ntw");
                System.err.print("o\r\n");
                var child = new Thread(() -> System.out.print("three"));
                child.start();
                child.join();
            }
            System.out.print("cell");
        }
        assertEquals(List.of("one", "two", "three"), lines);
        assertEquals("cell", sink.text(1, "stdout"));
    }

    @Test
    void current_and_running_cell_are_known() throws InterruptedException {
        assertEquals(Optional.empty(), router.current());
        assertEquals(Optional.empty(), router.running());
        try (var run = router.run(cell(1))) {
            assertEquals(Optional.of(cell(1)), router.current());
            assertEquals(Optional.of(cell(1)), router.running());
            var seen = new ArrayList<Optional<CellContext>>();
            var child = new Thread(() -> seen.add(router.current()));
            child.start();
            child.join();
            assertEquals(List.of(Optional.of(cell(1))), seen);
        }
        assertEquals(Optional.empty(), router.running());
    }

    @Test
    void a_cell_that_is_marked_twice_runs_until_the_outer_mark_ends() {
        CellContext cell = cell(1);
        try (var outer = router.run(cell)) {
            try (var inner = router.run(cell)) {
                System.out.print("in");
            }
            assertEquals(Optional.of(cell), router.running());
        }
        assertEquals(Optional.empty(), router.running());
        assertEquals("in", sink.text(1, "stdout"));
    }

    @Test
    void standard_input_asks_for_a_line_after_showing_what_was_printed() {
        var prompts = new ArrayList<List<String>>();
        router.inputFrom((cell, prompt, password) -> {
            prompts.add(sink.lines());
            return "typed by " + cell.number();
        });
        try (var run = router.run(cell(7))) {
            System.out.print("name? ");
            assertEquals("typed by 7", new Scanner(System.in, StandardCharsets.UTF_8).nextLine());
        }
        assertEquals(List.of(List.of("7 stdout: name? ")), prompts);
    }

    @Test
    void reading_where_nobody_can_type_fails_at_once() {
        try (var run = router.run(cell(1))) {
            assertThrows(NoInputException.class, () -> System.in.read());
        }
    }

    @Test
    void after_close_output_of_left_over_threads_is_dropped() throws InterruptedException {
        CellContext cell = cell(1);
        var go = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        PrintStream captured = System.out;
        try (var run = router.run(cell)) {
            new Thread(() -> {
                        try {
                            go.await(30, TimeUnit.SECONDS);
                            captured.print("too late");
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        done.countDown();
                    })
                    .start();
        }
        router.close();
        go.countDown();
        done.await();
        assertEquals(List.of(), sink.lines());
    }
}
