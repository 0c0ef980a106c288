package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.env.FileSystem;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.SinkException;
import org.tailrace.error.TailraceException;
import org.tailrace.plan.Settings;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.testkit.SimFileSystem;
import org.tailrace.testkit.SimFileSystem.Loss;

@Timeout(120)
class RecoveryTest {
    private final Fixture world = new Fixture();

    RecoveryTest() {
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
    }

    private String refused() {
        return assertThrows(CheckpointException.class, world::start).code();
    }

    private void runAndStop(int blocks) throws Exception {
        var q = world.start();
        for (int i = 0; i < blocks; i++) {
            world.add("k" + i, i);
            q.step(1);
        }
        q.stop();
    }

    @Test
    void a_query_goes_on_where_it_was_stopped() throws Exception {
        var q = world.start();
        assertEquals(-1, q.info().resumedAt());
        world.add("a", 1);
        q.step(1);
        q.stop();
        world.add("a", 2);
        var again = world.start();
        assertEquals(2, again.info().resumedAt());
        assertEquals(1, again.status().batchId());
        assertTrue(again.info().durable());
        assertEquals(List.of("2+", "3-"), Fixture.ids(again.step(1)));
        assertEquals(List.of("a#1", "closed#1000", "a#2", "closed#2000"), world.output());
        assertEquals(1_000, again.batch(2).orElseThrow().watermarkMs().orElseThrow());
        again.stop();
    }

    @Test
    void a_batch_without_input_that_was_due_is_still_due_after_a_crash() throws Exception {
        var sink = new FailingSink();
        world.sink = sink.spec();
        var q = world.start();
        world.add("a", 5);
        sink.around = () -> {
            if (sink.result.lastBatchId() == 0) {
                world.files.crash();
            }
        };
        assertThrows(TailraceException.class, () -> q.step(1));
        q.stop();
        sink.around = () -> {};
        world.files = world.files.restarted(Loss.KILL, 1);
        var again = world.start();
        again.processAllAvailable();
        assertEquals(List.of("a#1", "closed#5000"), Fixture.output(sink.result));
        again.stop();
    }

    @Test
    void F25_a_batch_that_is_run_again_has_the_range_time_and_seed_that_were_logged() throws Exception {
        var sink = new FailingSink();
        world.sink = sink.spec();
        sink.failures = 1;
        var q = world.start();
        world.add("a", -1);
        assertThrows(SinkException.class, () -> q.step(1));
        q.stop();
        world.clock.advanceMs(77_000);
        world.add("later", -1);
        var again = world.start();
        assertEquals(List.of("0+"), Fixture.ids(again.step(1)));
        assertEquals(List.of("a#1"), Fixture.output(sink.result));
        assertEquals(1_000_000, again.batch(0).orElseThrow().batchTimeMs());
        again.step(1);
        assertEquals(List.of("a#1", "later#1"), Fixture.output(sink.result));
        var seeds = new HashSet<>();
        sink.result.rows().rows().forEach(row -> seeds.add(row.get("seed")));
        assertEquals(2, seeds.size());
        again.stop();
    }

    @Test
    void rows_of_a_source_that_cannot_give_them_again_come_from_the_log() throws Exception {
        var sink = new FailingSink();
        world.sink = sink.spec();
        sink.failures = 1;
        world.sources = List.of(new ScriptedSource("s").row("a", 1).row("b", 2).once());
        var q = world.start();
        assertThrows(SinkException.class, () -> q.step(1));
        q.stop();
        world.files = world.files.restarted(Loss.POWER, 3);
        var again = world.start();
        again.step(1);
        assertEquals(List.of("a#1", "b#1", "closed#2000"), Fixture.output(sink.result));
        again.stop();
    }

    @Test
    void a_batch_that_was_passed_over_stays_so() throws Exception {
        var q = world.start();
        world.plan.poison = "x";
        world.add("x", 1);
        assertThrows(TailraceException.class, () -> q.step(1));
        repaired(q, q::skip);
        q.stop();
        world.add("a", 1);
        var again = world.start();
        again.step(1);
        assertEquals(List.of("a#1", "closed#1000"), world.output());
        again.stop();
    }

    private static void repaired(LocalQuery q, Runnable repair) throws InterruptedException {
        var running = new CountDownLatch(1);
        q.addListener(new QueryListener() {
            @Override
            public void changed(QueryInfo query, QueryStatus status) {
                if (status.state() == State.RUNNING) {
                    running.countDown();
                }
            }
        });
        repair.run();
        running.await();
    }

    @Test
    void F3_a_full_disk_fails_the_query_and_retry_goes_on_exactly() throws Exception {
        runAndStop(1);
        long one = operationsOfAStep();
        for (long at = 1; at <= one; at++) {
            var fresh = new Fixture();
            fresh.checkpoint = world.checkpoint;
            var q = fresh.start();
            fresh.add("a", 1);
            q.step(1);
            long now = fresh.files.operations();
            fresh.files.failAt(now + at, now + at);
            for (int i = 2; i <= 3; i++) {
                fresh.add("a", i);
                try {
                    q.step(1);
                } catch (CheckpointException e) {
                    assertEquals("TR-606", e.code());
                    repaired(q, q::retry);
                    q.processAllAvailable();
                }
            }
            assertEquals(
                    List.of("a#1", "closed#1000", "a#2", "closed#2000", "a#3", "closed#3000"),
                    fresh.output(),
                    "at " + at);
            q.stop();
        }
    }

    private long operationsOfAStep() throws Exception {
        var q = world.start();
        world.add("z", 99);
        long before = world.files.operations();
        q.step(1);
        long after = world.files.operations();
        q.stop();
        return after - before;
    }

    @Test
    void a_failed_query_leaves_its_checkpoint_to_another_and_does_not_go_on_after_that() throws Exception {
        var q = world.start();
        CountingPlan first = world.plan;
        first.poison = "x";
        world.add("x", 1);
        assertThrows(TailraceException.class, () -> q.step(1));
        q.explain();
        var other = world.start();
        other.step(1);
        other.stop();
        assertEquals(List.of("x#1", "closed#1000"), world.output());
        var failed = new CountDownLatch(1);
        q.addListener(new QueryListener() {
            @Override
            public void changed(QueryInfo query, QueryStatus status) {
                failed.countDown();
            }
        });
        q.retry();
        failed.await();
        assertEquals("TR-608", ((TailraceException) q.status().cause().orElseThrow()).code());
        q.stop();
    }

    @Test
    void F24_a_checkpoint_of_another_plan_is_refused_with_the_difference() throws Exception {
        runAndStop(1);
        world.fingerprint = List.of("source memory(in)", "operator count by key bigint");
        var refused = assertThrows(CheckpointException.class, world::start);
        assertEquals("TR-604", refused.code());
        assertTrue(refused.getMessage().contains("by key string"), refused.getMessage());
        assertTrue(refused.getMessage().contains("by key bigint"), refused.getMessage());
    }

    @Test
    void F5_a_checkpoint_in_use_is_refused_and_names_who_has_it() throws Exception {
        var q = world.start();
        var refused = assertThrows(CheckpointException.class, world::start);
        assertEquals("TR-603", refused.code());
        assertTrue(refused.getMessage().contains("query q"), refused.getMessage());
        q.stop();
        world.start().stop();
    }

    @Test
    void F4_logs_without_metadata_are_an_error_and_never_a_new_query() throws Exception {
        runAndStop(1);
        world.files.delete(Fixture.CHECKPOINT.resolve("metadata"));
        assertEquals("TR-601", refused());
    }

    @Test
    void settings_of_the_checkpoint_win() throws Exception {
        Settings d = Settings.DEFAULT;
        world.settings = new Settings(ZoneId.of("Europe/Paris"), d.ansi(), d.maxWatermark(), false);
        runAndStop(1);
        world.settings = d;
        var q = world.start();
        assertEquals(ZoneId.of("Europe/Paris"), q.info().zone());
        world.add("a", 50);
        assertEquals(1, q.step(1).size());
        q.stop();
    }

    @Test
    void F4_a_flipped_bit_anywhere_is_noticed_or_harmless() throws Exception {
        world.compactBytes = 300;
        runAndStop(6);
        var files = new ArrayList<FileSystem.Entry>();
        for (var entry : world.files.list(Fixture.CHECKPOINT)) {
            if (!entry.directory()) {
                files.add(entry);
            }
        }
        SimFileSystem good = world.files;
        List<String> before = world.output();
        int refused = 0;
        for (var file : files) {
            for (int at = 0; at < file.size(); at += 7) {
                world.files = good.restarted(Loss.KILL, 1);
                world.files.flip(file.path(), at);
                try {
                    var q = world.start();
                    q.processAllAvailable();
                    q.stop();
                } catch (CheckpointException e) {
                    refused++;
                }
                assertEquals(before, world.output(), file.path() + " byte " + at);
            }
        }
        assertTrue(refused > 20, "only " + refused);
    }

    @Test
    void state_is_compacted_into_two_snapshots_at_most_and_old_files_leave() throws Exception {
        world.compactBytes = 200;
        runAndStop(40);
        List<String> names = world.files.list(Fixture.CHECKPOINT).stream()
                .map(entry -> entry.path().getFileName().toString())
                .toList();
        long snapshots = names.stream().filter(n -> n.startsWith("snapshot-")).count();
        assertEquals(2, snapshots, names.toString());
        assertTrue(names.size() < 12, names.toString());
        assertFalse(names.contains("changes-0000000000000000000"), names.toString());
        world.add("k3", 99, "k39", 99);
        var q = world.start();
        q.step(1);
        assertTrue(world.output().contains("k3#2"), world.output().toString());
        assertTrue(world.output().contains("k39#2"), world.output().toString());
        q.stop();
    }

    @Test
    void a_damaged_snapshot_is_replaced_by_the_one_before_and_the_changes_since() throws Exception {
        world.compactBytes = 200;
        runAndStop(40);
        Path newest = world.files.list(Fixture.CHECKPOINT).stream()
                .map(FileSystem.Entry::path)
                .filter(path -> path.getFileName().toString().startsWith("snapshot-"))
                .reduce((a, b) -> b)
                .orElseThrow();
        world.files.flip(newest, 90);
        world.add("k3", 99);
        var q = world.start();
        q.step(1);
        assertTrue(world.output().contains("k3#2"));
        q.stop();
    }
}
