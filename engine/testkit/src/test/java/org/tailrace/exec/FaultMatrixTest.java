package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.env.FileSystem;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.TailraceException;
import org.tailrace.plan.Trigger;
import org.tailrace.state.CheckpointDir;

/** Rows of the fault matrix that concern the loop and its checkpoint, each by its number. */
@Timeout(120)
class FaultMatrixTest {
    private final Fixture world = new Fixture();

    FaultMatrixTest() {
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
    }

    @Test
    void F5_of_two_starts_at_once_exactly_one_has_the_checkpoint(@TempDir Path folder) throws Exception {
        for (int race = 0; race < 100; race++) {
            Path checkpoint = folder.resolve("checkpoint-" + race);
            var winners = new AtomicInteger();
            var losers = new AtomicInteger();
            var line = new CyclicBarrier(2);
            var over = new CountDownLatch(2);
            Runnable start = () -> {
                try {
                    line.await();
                    try (var open = CheckpointDir.open(SystemEnvironment.create(), checkpoint, "query q")) {
                        winners.incrementAndGet();
                        over.countDown();
                        over.await();
                    } catch (CheckpointException e) {
                        assertEquals("TR-603", e.code());
                        losers.incrementAndGet();
                        over.countDown();
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            };
            var threads = List.of(new Thread(start), new Thread(start));
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(1, winners.get(), "race " + race);
            assertEquals(1, losers.get(), "race " + race);
        }
    }

    @Test
    void F6_who_was_taken_over_from_writes_nothing_more() throws Exception {
        world.add("a", -1);
        var first = world.start();
        first.step(1);
        world.files.breakLock(Fixture.CHECKPOINT.resolve("lock"));
        var second = world.start();
        world.add("b", -1);
        second.step(1);
        world.add("a", -1);
        var fenced = assertThrows(CheckpointException.class, () -> first.step(1));
        assertEquals("TR-608", fenced.code());
        assertEquals(List.of("a#1", "b#1"), world.output());
        // Nor once the successor has gone.
        second.step(1);
        second.stop();
        first.retry();
        assertThrows(CheckpointException.class, () -> first.step(1));
        first.stop();
        var third = world.start();
        third.processAllAvailable();
        third.stop();
        assertEquals(List.of("a#1", "b#1", "a#2"), world.output());
    }

    @Test
    void F6_who_was_taken_over_from_in_the_middle_of_a_batch_says_so_whatever_it_stumbles_over() throws Exception {
        var sink = new FailingSink();
        world.sink = sink.spec();
        world.add("a", -1);
        var first = world.start();
        var second = new AtomicReference<LocalQuery>();
        sink.around = () -> {
            sink.around = () -> {};
            world.files.breakLock(Fixture.CHECKPOINT.resolve("lock"));
            second.set(world.start());
            throw new UncheckedIOException(new NoSuchFileException("cleared away by the successor"));
        };
        var fenced = assertThrows(CheckpointException.class, () -> first.step(1));
        assertEquals("TR-608", fenced.code());
        assertEquals("TR-703", ((TailraceException) fenced.getSuppressed()[0]).code());
        assertEquals(0, sink.aborts, "the batch is the successor's");
        world.add("a", -1);
        second.get().processAllAvailable();
        first.stop();
        second.get().stop();
        assertEquals(List.of("a#1", "a#2"), Fixture.output(sink.result));
    }

    @Test
    void F6_who_was_taken_over_from_in_the_middle_of_a_new_file_leaves_its_successors_alone() throws Exception {
        world.compactBytes = 1;
        Executable nothing = () -> {};
        var meanwhile = new AtomicReference<>(nothing);
        world.bug = disk -> (FileSystem) Proxy.newProxyInstance(
                FileSystem.class.getClassLoader(), new Class<?>[] {FileSystem.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("create")
                            && arguments[0].toString().contains("changes-")) {
                        meanwhile.getAndSet(nothing).execute();
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        world.add("a", -1);
        var first = world.start();
        first.step(1);
        var second = new AtomicReference<LocalQuery>();
        meanwhile.set(() -> {
            world.files.breakLock(Fixture.CHECKPOINT.resolve("lock"));
            second.set(world.start());
            second.get().processAllAvailable();
            world.add("b", -1);
            second.get().processAllAvailable();
        });
        world.add("a", -1);
        var fenced = assertThrows(CheckpointException.class, () -> first.step(1));
        assertEquals("TR-608", fenced.code());
        first.stop();
        second.get().stop();
        world.add("a", -1);
        var third = world.start();
        third.processAllAvailable();
        third.stop();
        assertEquals(List.of("a#1", "a#2", "b#1", "a#3"), world.output());
    }

    @Test
    void F17_while_a_sink_is_slow_nothing_is_planned_and_nothing_queues_up() throws Exception {
        var sink = new FailingSink();
        var slow = new CountDownLatch(1);
        sink.hang = slow;
        world.sink = sink.spec();
        world.trigger = new Trigger.Default();
        world.add("a", -1);
        var q = world.start();
        sink.hanging.await();
        for (int i = 0; i < 1_000; i++) {
            world.add("b", -1);
        }
        assertEquals(-1, q.status().batchId());
        assertEquals(List.of(), q.reports());
        slow.countDown();
        q.processAllAvailable();
        // What came meanwhile went through at once, in one batch.
        assertEquals(List.of("0+", "1+"), Fixture.ids(q.reports()));
        assertEquals(1_001, sink.result.rows().size());
        q.stop();
    }

    @Test
    void F18_whatever_the_clock_on_the_wall_does_batch_times_never_go_back_not_even_over_restarts() throws Exception {
        for (long seed = 1; seed <= 100; seed++) {
            assertEquals("", new JumpingClock(seed).verdict(), "seed " + seed);
        }
    }

    @Test
    void F22_a_stop_at_any_moment_leaves_whole_batches_and_neither_a_thread_nor_a_file() throws Exception {
        assertEquals("", new RandomStops(5).verdict(200));
    }

    @Test
    void F23_a_checkpoint_of_an_unknown_format_is_refused_and_the_version_named() throws Exception {
        var q = world.start();
        world.add("a", 1);
        q.step(1);
        q.stop();
        Path metadata = Fixture.CHECKPOINT.resolve("metadata");
        String text = new String(world.files.read(metadata), java.nio.charset.StandardCharsets.UTF_8);
        String body = text.substring(0, text.lastIndexOf("crc32c ")).replace("format 1", "format 7");
        var crc = new java.util.zip.CRC32C();
        crc.update(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String newer = body + "crc32c " + java.util.HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
        world.files.put(metadata, newer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var refused = assertThrows(CheckpointException.class, world::start);
        assertEquals("TR-605", refused.code());
        assertTrue(refused.getMessage().contains("version 7"), refused.getMessage());
    }
}
