package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.protocol.Interpreter.Outcome;
import org.tailrace.kernel.protocol.StopSignal;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;

@Timeout(180)
class InterruptTest {

    private final Kernel kernel = new Kernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    /** On a thread of its own: the common pool of two cores has one, and newer JDKs run everything asynchronous there. */
    private static <T> CompletableFuture<T> inThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
    }

    /** Runs a cell that says when it is under way, and interrupts it then. */
    private Outcome interrupted(String source) throws Exception {
        var started = new CountDownLatch(1);
        kernel.host().define("started", CountDownLatch.class, started);
        var cell = inThread(() -> kernel.run(source));
        assertTrue(started.await(60, TimeUnit.SECONDS));
        kernel.interpreter.interrupt();
        return cell.get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "started.countDown(); while (true) {}",
                "started.countDown(); Thread.sleep(1_000_000);",
                "started.countDown(); for (;;) { try { Thread.sleep(1_000_000); } catch (Throwable t) {} }",
                "started.countDown(); while (true) { try { while (true) {} } catch (Throwable t) { continue; } }",
                "started.countDown(); do { try { if (true) continue; } catch (Throwable t) {} } while (true);",
                "class Loop { void go() { started.countDown(); while (true) {} } }\nnew Loop().go();",
                "void down(int n) { if (n == 0) started.countDown(); if (n < 500) down(n + 1); else down(0); }\n"
                        + "while (true) { try { down(0); } catch (StackOverflowError e) {} }",
                "Runnable r = () -> { started.countDown(); while (true) {} };\nr.run();",
                "started.countDown(); new CountDownLatch(1).await();",
                "started.countDown(); IntStream.iterate(0, i -> 1 - i).parallel().filter(i -> i > 2).findAny();",
                "started.countDown(); CompletableFuture.runAsync(() -> { while (true) {} }).join();",
            })
    void ends(String source) throws Exception {
        assertEquals("Interrupted", interrupted(source).errorName());
        assertEquals("2", kernel.value("1 + 1"));
    }

    @Test
    void signal_that_was_given_before_the_cell_runs_ends_it() {
        var stop = new StopSignal();
        stop.give();
        var cell = new CellContext("early", 1, "while (true) {}", "");
        assertEquals(
                "Interrupted", kernel.interpreter.execute(cell, false, stop).errorName());
        assertEquals("2", kernel.value("1 + 1"));
    }

    @Test
    void signal_reaches_a_cell_that_waits_for_the_start_of_the_kernel() throws Exception {
        var go = new CountDownLatch(1);
        try (var starting = new Kernel(host -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        })) {
            var stop = new StopSignal();
            var cell =
                    inThread(() -> starting.interpreter.execute(new CellContext("early", 1, "1 + 1", ""), false, stop));
            stop.give();
            assertEquals("Interrupted", cell.get(60, TimeUnit.SECONDS).errorName());
            go.countDown();
            assertEquals("2", starting.value("1 + 1"));
        }
    }

    /** What the compiler makes of it comes after the cell has ended, and must be known to the next one. */
    @Test
    void declaration_whose_compiler_takes_its_time_ends_at_once_and_loses_no_value() throws Exception {
        kernel.run("record P(int x) {}\nP p = new P(7);");
        interruptedWhileCompiling("record P(int x) { int twice() { return 2 * x; } }");
        assertEquals("14", kernel.value("p.twice()"));
    }

    @Test
    void expression_whose_compiler_takes_its_time_ends_at_once_and_leaves_nothing() throws Exception {
        interruptedWhileCompiling("6 * 7");
        assertEquals("2", kernel.value("1 + 1"));
        var name = Compiled.VALUE;
        assertEquals(
                List.of(),
                kernel.prepared.session.analyse(
                        jshell -> jshell.completionSuggestions(name, name.length(), new int[1])));
    }

    /** Runs a cell and interrupts it while its compiler is busy with something else, and is until the cell has ended. */
    private void interruptedWhileCompiling(String source) throws Exception {
        var go = new CountDownLatch(1);
        kernel.host().register(new Busy(() -> {
            var begun = new CountDownLatch(1);
            inThread(() -> kernel.prepared.session.analyse(jshell -> {
                begun.countDown();
                await(go);
                return true;
            }));
            await(begun);
        }));
        var cell = inThread(() -> kernel.run("%busy\n" + source));
        awaitCompiling();
        kernel.interpreter.interrupt();
        var value = cell.get(60, TimeUnit.SECONDS).errorValue();
        assertTrue(value.matches("cell \\[\\d] was interrupted"), value);
        go.countDown();
    }

    /** {@code %busy}. */
    private record Busy(Runnable action) implements Magic {
        @Override
        public String name() {
            return "busy";
        }

        @Override
        public Kind kind() {
            return Kind.LINE;
        }

        @Override
        public String usage() {
            return "%busy";
        }

        @Override
        public String summary() {
            return "Keeps the compiler busy.";
        }

        @Override
        public Optional<Object> run(MagicCall call, Cell cell) {
            action.run();
            return Optional.empty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the thread of a cell waits for the compiler. */
    private static void awaitCompiling() {
        while (Thread.getAllStackTraces().entrySet().stream()
                .noneMatch(each -> each.getKey() instanceof CellThread
                        && each.getKey().getState() == Thread.State.WAITING
                        && Arrays.stream(each.getValue())
                                .anyMatch(frame -> frame.getMethodName().startsWith("compile")))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void says_where_the_cell_was() throws Exception {
        var outcome = interrupted("if (true) {\n  started.countDown();\n  while (true) {}\n}");
        assertEquals("cell [1] was interrupted", outcome.errorValue());
        assertTrue(Kernel.plain(outcome.traceback().get(1)).contains("cell [1], line 3:  while (true) {}"));
    }

    @Test
    void finally_blocks_run() throws Exception {
        interrupted(
                "boolean cleaned = false;\ntry { started.countDown(); while (true) {} } finally { cleaned = true; }");
        assertEquals("true", kernel.value("cleaned"));
    }

    @Test
    void statements_behind_a_swallowed_stop_do_not_run() throws Exception {
        var outcome = interrupted("boolean after = false;\n"
                + "try { started.countDown(); while (true) {} } catch (Throwable t) { }\nafter = true;");
        assertEquals("Interrupted", outcome.errorName());
        assertEquals("false", kernel.value("after"));
    }

    @Test
    void call_that_ignores_interrupts_is_left_behind_and_named() throws Exception {
        var outcome = interrupted("if (true) {\n  started.countDown();\n"
                + "  Pattern.compile(\".*.*.*.*.*.*.*.*y\").matcher(\"x\".repeat(2000)).matches();\n}");
        assertEquals("Interrupted", outcome.errorName());
        assertTrue(
                outcome.errorValue().startsWith("java.util.regex.Matcher.matches(..) does not react"),
                outcome.errorValue());
        assertTrue(kernel.value("%who").contains("left behind: cell-1, in java.util.regex.Matcher.matches(..)"));
        assertEquals("2", kernel.value("1 + 1"));
    }

    @Test
    void socket_that_is_read_is_left_behind_and_named() throws Exception {
        kernel.run("var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());\n"
                + "var socket = new Socket(server.getInetAddress(), server.getLocalPort());");
        var outcome = interrupted("if (true) {\n  started.countDown();\n  socket.getInputStream().read();\n}");
        assertEquals("Interrupted", outcome.errorName());
        assertTrue(
                outcome.errorValue().startsWith("java.net.Socket$SocketInputStream.read(..) does not react"),
                outcome.errorValue());
        assertTrue(kernel.value("%who").contains("left behind: cell-2, in java.net.Socket$SocketInputStream.read(..)"));
        assertEquals("2", kernel.value("1 + 1"));
        kernel.run("socket.close();\nserver.close();");
        while (kernel.value("%who").contains("left behind")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void fifty_in_a_row_leave_a_plug_ins_thread_alone() throws Exception {
        var stop = new AtomicBoolean();
        var counted = new AtomicLong();
        var ended = new CountDownLatch(1);
        kernel.host().define("counted", AtomicLong.class, counted);
        kernel.run("Runnable counting = () -> { while (true) { counted.incrementAndGet(); Thread.onSpinWait(); } };");
        var counting = kernel.host().variables(Runnable.class).get("counting");
        var thread = kernel.host().threadFactory(stop::get).newThread(() -> {
            try {
                counting.run();
            } catch (Stopped expected) {
                ended.countDown();
            }
        });
        thread.start();
        for (int i = 0; i < 50; i++) {
            long before = counted.get();
            assertEquals(
                    "Interrupted",
                    interrupted("started.countDown(); while (true) {}").errorName());
            while (counted.get() == before) {
                Thread.onSpinWait();
            }
            assertTrue(thread.isAlive());
            assertFalse(thread.isInterrupted());
        }
        stop.set(true);
        assertTrue(ended.await(60, TimeUnit.SECONDS));
    }

    @Test
    void thread_that_the_user_started_ends_too() throws Exception {
        kernel.run("var thread = new Thread(() -> { while (true) {} });\nthread.start();");
        interrupted("started.countDown(); while (true) {}");
        kernel.host().variables(Thread.class).get("thread").join();
        kernel.run("var pool = Executors.newSingleThreadExecutor();\npool.execute(() -> { while (true) {} });");
        interrupted("started.countDown(); while (true) {}");
        // Before the next cell: what has not noticed the interrupt by then goes on.
        var pool = kernel.host().variables(ExecutorService.class).get("pool");
        pool.shutdown();
        assertTrue(pool.awaitTermination(60, TimeUnit.SECONDS));
        assertEquals("", kernel.text("stderr"), "who was stopped has not failed");
        kernel.run("var failing = new Thread(() -> { throw new IllegalStateException(\"loud\"); });\n"
                + "failing.start();\nfailing.join();");
        assertTrue(kernel.text("stderr").contains("loud"));
    }

    @Test
    void kernel_that_is_closed_while_it_warms_up_logs_nothing() {
        for (int i = 0; i < 3; i++) {
            var early = new Kernel();
            early.close();
            // its warm-up has ended when this returns
            early.interpreter.isComplete("%help");
            assertEquals(List.of(), early.log);
        }
    }

    @Test
    void interrupt_after_a_cell_has_ended_is_taken_as_meant_for_it() throws Exception {
        var told = new AtomicBoolean();
        kernel.host().onInterrupt(() -> told.set(true));
        kernel.run("1 + 1");
        kernel.interpreter.interrupt();
        assertEquals("2", kernel.value("1 + 1"));
        assertFalse(told.get());
    }

    @Test
    void interrupt_while_nothing_runs_tells_the_plug_ins() throws Exception {
        var told = new CountDownLatch(1);
        kernel.host().onInterrupt(told::countDown);
        kernel.interpreter.interrupt();
        assertTrue(told.await(60, TimeUnit.SECONDS));
    }

    @Test
    void second_notebook_goes_on() throws Exception {
        try (var other = new Kernel()) {
            var running = new CountDownLatch(1);
            var leave = new AtomicBoolean();
            other.host().define("running", CountDownLatch.class, running);
            other.host().define("leave", AtomicBoolean.class, leave);
            var cell = inThread(
                    () -> other.run(
                            "running.countDown();\n"
                                    + "var t = new Thread(() -> { while (!leave.get()) { java.util.concurrent.locks.LockSupport.parkNanos(1_000_000); } });\nt.start();\n"
                                    + "while (!leave.get()) { java.util.concurrent.locks.LockSupport.parkNanos(1_000_000); }\nt.join();"));
            assertTrue(running.await(60, TimeUnit.SECONDS));
            interrupted("started.countDown(); while (true) {}");
            assertFalse(cell.isDone());
            leave.set(true);
            assertFalse(cell.get(60, TimeUnit.SECONDS).failed());
        }
    }

    @Test
    void ten_threads_print_in_the_cells_that_started_them() throws Exception {
        var go = new CountDownLatch(1);
        var done = new CountDownLatch(10);
        kernel.host().define("go", CountDownLatch.class, go);
        kernel.host().define("done", CountDownLatch.class, done);
        for (int i = 0; i < 10; i++) {
            kernel.run("new Thread(() -> {\n  try { go.await(); } catch (InterruptedException e) { return; }\n"
                    + "  for (int k = 0; k < 100; k++) System.out.println(\"of " + i
                    + "\");\n  done.countDown();\n}).start();");
        }
        kernel.run("System.out.println(\"of 10\");\ngo.countDown();\ndone.await();");
        for (int i = 0; i < 10; i++) {
            var expected = ("of " + i + "\n").repeat(100);
            while (printed(i + 1).length() < expected.length()) {
                Thread.onSpinWait();
            }
            assertEquals(expected, printed(i + 1));
        }
        assertEquals("of 10\n", printed(11));
    }

    private String printed(int cell) {
        return kernel.outputs.stream()
                .filter(output -> output.cell() == cell && output.kind().equals("stdout"))
                .map(Kernel.Output::text)
                .collect(Collectors.joining());
    }

    @Test
    void cells_of_subshells_run_side_by_side_and_a_compilation_waits_for_neither() throws Exception {
        KernelHost host = kernel.host();
        var gate = new CountDownLatch(1);
        host.define("gate", CountDownLatch.class, gate);
        var waiting = inThread(() -> kernel.run("gate.await(); \"first\""));
        assertEquals("2", kernel.value("1 + 1"));
        assertFalse(waiting.isDone());
        gate.countDown();
        assertFalse(waiting.get(60, TimeUnit.SECONDS).failed());
    }
}
