package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.Dsl;
import org.tailrace.Query;
import org.tailrace.Tailrace;
import org.tailrace.data.Batch;
import org.tailrace.env.FileSystem;
import org.tailrace.error.TailraceException;
import org.tailrace.exec.FaultWorld.Target;
import org.tailrace.report.BatchReport;
import org.tailrace.report.PastRows;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;
import org.tailrace.testkit.SimFileSystem.Loss;

/** Past batches: their result, what they read, and what was remembered after them, also after a restart. */
@Timeout(120)
class TimeTravelTest {
    private static List<String> texts(Batch rows) {
        return rows.rows().stream().map(row -> row.values().toString()).toList();
    }

    private static List<BatchReport> run(FaultWorld world) throws InterruptedException {
        LocalQuery q = world.start();
        do {
            q.processAllAvailable();
        } while (world.feed());
        q.stop();
        return q.reports();
    }

    @Test
    void a_kept_batch_survives_a_restart_with_its_result_its_input_and_its_state() throws Exception {
        for (FaultQuery query : List.of(FaultQuery.KEYED, FaultQuery.WINDOWS_OF_JOIN)) {
            var world = new FaultWorld(query, Target.FILES);
            List<BatchReport> before = run(world);
            world.restart(Loss.KILL, 1);
            LocalQuery q = world.start();
            assertEquals(List.of(), q.reports());
            int rebuilt = 0;
            for (BatchReport report : before) {
                BatchReport kept = q.batch(report.batchId()).orElseThrow();
                assertEquals(texts(report.result()), texts(kept.result()));
                assertEquals(
                        report.result().schema().toString(),
                        kept.result().schema().toString());
                assertEquals(report.sources(), kept.sources());
                assertEquals(report.operators(), kept.operators());
                assertEquals(report.explanations(), kept.explanations());
                assertEquals(report.watermarkMs(), kept.watermarkMs());
                assertEquals(report.timings(), kept.timings());
                int read = q.input(report.batchId()).stream()
                        .mapToInt(rows -> rows.rows().size())
                        .sum();
                assertEquals(report.inputRows(), read, query + " batch " + report.batchId());
                rebuilt += stateIsThere(q, report) ? 1 : 0;
            }
            assertTrue(rebuilt > 2, rebuilt + " of " + before.size());
            q.stop();
            // What is kept can be looked at without its query's thread.
            assertEquals(before.size(), q.keptBatches().size());
            assertEquals(
                    "TR-610",
                    assertThrows(TailraceException.class, () -> q.input(0)).code());
        }
    }

    /** Either all rows that were counted then, or a refusal. */
    private static boolean stateIsThere(LocalQuery q, BatchReport report) throws InterruptedException {
        List<PastRows> state;
        try {
            state = q.state(report.batchId());
        } catch (TailraceException e) {
            assertEquals("TR-610", e.code());
            return false;
        }
        long rows = state.stream().mapToLong(of -> of.rows().size()).sum();
        assertEquals(report.stateRows(), rows, "batch " + report.batchId());
        return true;
    }

    @Test
    void what_is_damaged_of_it_is_left_out_and_harms_nothing() throws Exception {
        var world = new FaultWorld(FaultQuery.KEYED, Target.FILES);
        List<BatchReport> before = run(world);
        FileSystem.Entry kept = world.files.list(FaultWorld.CHECKPOINT).stream()
                .filter(entry -> entry.path().getFileName().toString().startsWith("kept-"))
                .findFirst()
                .orElseThrow();
        world.files.flip(kept.path(), (int) kept.size() / 2);
        LocalQuery q = world.start();
        int found = q.keptBatches().size();
        assertTrue(found > 0 && found < before.size(), found + " of " + before.size());
        assertEquals(Optional.empty(), q.batch(before.get(before.size() - 1).batchId()));
        q.stop();
        world.files.flip(kept.path(), 3);
        LocalQuery again = world.start();
        assertEquals(0, again.keptBatches().size());
        again.stop();
    }

    private final Fixture world = new Fixture();

    @Test
    void the_last_hundred_are_kept_in_few_files_and_cost_no_sync() throws Exception {
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
        world.compactBytes = 300;
        var syncs = new AtomicInteger();
        world.bug = disk -> counting(disk, syncs);
        var q = world.start();
        for (int i = 0; i < 150; i++) {
            world.add("a", -1);
            q.step(1);
        }
        q.stop();
        assertEquals(0, syncs.get());
        var again = world.start();
        assertTrue(again.keptBatches().size() >= 100, again.keptBatches().toString());
        assertTrue(again.keptBatches().size() < 130, again.keptBatches().toString());
        assertEquals(149, again.keptBatches().last());
        assertEquals(1, again.batch(60).orElseThrow().inputRows());
        long files = world.files.list(Fixture.CHECKPOINT).stream()
                .filter(entry -> entry.path().getFileName().toString().startsWith("kept-"))
                .count();
        assertTrue(files <= 8, files + " files");
        // A table in memory gives no row twice to a query that has a checkpoint.
        assertEquals(
                "TR-610",
                assertThrows(TailraceException.class, () -> again.input(149)).code());
        assertEquals(1, again.state(149).get(0).rows().size());
        var folded = assertThrows(TailraceException.class, () -> again.state(1));
        assertTrue(folded.getMessage().contains("later snapshot"), folded.getMessage());
        again.stop();
    }

    /** Counts the syncs of files of kept batches. */
    private static FileSystem counting(FileSystem disk, AtomicInteger syncs) {
        return proxy(FileSystem.class, (method, arguments) -> {
            Object result = call(method, disk, arguments);
            boolean kept = result instanceof FileSystem.Output
                    && ((Path) arguments[0]).getFileName().toString().startsWith("kept-");
            return !kept
                    ? result
                    : proxy(FileSystem.Output.class, (of, with) -> {
                        syncs.addAndGet(of.getName().equals("sync") ? 1 : 0);
                        return call(of, result, with);
                    });
        });
    }

    private interface Calls {
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> calls.call(method, arguments)));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void whatever_columns_a_result_has_its_batch_is_kept() throws Exception {
        var files = new SimFileSystem(1);
        for (boolean again : new boolean[] {false, true}) {
            try (Tailrace streams = Tailrace.builder()
                    .environment(SimEnvironment.of(files, new ManualClock(0), 7))
                    .build()) {
                var e = streams.memory("e", "k string, `a b` array<map<string, decimal(20,2)>>");
                streams.register("e", e);
                Query q = streams.sql(
                                "SELECT k, k AS `K 2`, `a b`, NULL AS n, INTERVAL 1 DAY AS i, struct(k AS `x:y`) AS s FROM e")
                        .to(Dsl.noop())
                        .checkpoint("/kinds")
                        .step()
                        .start("kinds");
                if (!again) {
                    e.addRow("x", List.of(Map.of("m", new BigDecimal("1.50"))));
                    q.step(1);
                }
                assertEquals(
                        List.of("[x, x, [{m=1.50}], null, PT24H, [x]]"),
                        texts(q.batch(0).orElseThrow().result()));
                q.stop();
            }
        }
    }

    @Test
    void the_input_of_a_batch_that_failed_is_shown_while_the_query_is_failed() throws Exception {
        var sink = new FailingSink();
        sink.failures = 1;
        world.sink = sink.spec();
        world.add("a", 1, "b", 2);
        var q = world.start();
        assertThrows(TailraceException.class, () -> q.step(1));
        assertEquals(State.FAILED, q.status().state());
        var rows = new ArrayList<String>();
        q.input(0).forEach(of -> rows.addAll(texts(of.rows())));
        assertEquals(List.of("[a, 1970-01-01T00:00:01Z]", "[b, 1970-01-01T00:00:02Z]"), rows);
        assertEquals(
                "TR-610",
                assertThrows(TailraceException.class, () -> q.state(0)).code());
        assertEquals(
                "TR-610",
                assertThrows(TailraceException.class, () -> q.input(7)).code());
        assertEquals(State.FAILED, q.status().state());
        q.stop();
    }
}
