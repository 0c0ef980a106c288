package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.error.InternalException;
import org.tailrace.error.PlanException;
import org.tailrace.error.SinkException;
import org.tailrace.plan.Settings;
import org.tailrace.plan.Trigger;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.QueryStatus.State;

@Timeout(60)
class MicroBatchLoopTest {
    private static final Duration LONG = Duration.ofDays(1);
    private final Fixture world = new Fixture();

    private static Settings noDataBatchesOff() {
        Settings d = Settings.DEFAULT;
        return new Settings(d.zone(), d.ansi(), d.maxWatermark(), false);
    }

    @Test
    void a_step_runs_a_batch_with_all_new_rows_and_the_batch_without_input_that_it_makes_due() throws Exception {
        var q = world.start();
        world.add("a", 10, "b", 5);
        world.add("a", 7);
        assertEquals(List.of("0+", "1-"), Fixture.ids(q.step(1)));
        assertEquals(List.of("a#1", "b#1", "a#2", "closed#10000"), world.output());
        BatchReport data = q.batch(0).orElseThrow();
        assertEquals(3, data.inputRows());
        assertEquals(0, data.watermarkMs().orElseThrow());
        assertEquals(10_000, data.nextWatermarkMs().orElseThrow());
        assertEquals(3, data.result().size());
        assertEquals(10_000, q.batch(1).orElseThrow().watermarkMs().orElseThrow());
        assertEquals(2, q.totals().batches());
        assertEquals(1, q.status().batchId());
        q.stop();
        assertEquals(State.STOPPED, q.status().state());
    }

    @Test
    void a_step_without_new_rows_runs_nothing() throws Exception {
        var q = world.start();
        assertEquals(List.of(), q.step(3));
        world.add("a", -1);
        assertEquals(List.of("0+"), Fixture.ids(q.step(3)));
        q.stop();
    }

    @Test
    void a_block_without_rows_still_makes_a_batch() throws Exception {
        var q = world.start();
        world.add();
        assertEquals(List.of("0+"), Fixture.ids(q.step(1)));
        assertEquals(0, q.batch(0).orElseThrow().inputRows());
        q.stop();
    }

    @Test
    void no_batch_without_input_runs_when_they_are_off() throws Exception {
        world.settings = noDataBatchesOff();
        var q = world.start();
        world.add("a", 10);
        assertEquals(List.of("0+"), Fixture.ids(q.step(1)));
        world.add("a", 10);
        assertEquals(List.of("1+"), Fixture.ids(q.step(1)));
        assertEquals(10_000, q.batch(1).orElseThrow().watermarkMs().orElseThrow());
        q.stop();
    }

    @Test
    void process_all_available_returns_once_everything_is_in_the_sink() throws Exception {
        world.trigger = new Trigger.Default();
        var q = world.start();
        for (int i = 1; i <= 5; i++) {
            world.add("a", i);
            q.processAllAvailable();
            assertTrue(world.output().contains("a#" + i), "round " + i);
            assertTrue(world.output().contains("closed#" + i * 1000), "round " + i);
        }
        q.stop();
    }

    @Test
    void an_interval_starts_batches_at_its_multiples_and_makes_up_for_none() throws Exception {
        world.trigger = new Trigger.Every(10_000);
        world.clock.jumpTo(1_003_000);
        var q = world.start();
        world.clock.awaitWaiter();
        assertEquals(7_000, world.clock.nearestWaitMs());
        long waits = world.clock.waits();
        world.add("a", -1);
        // The row wakes the query, which finds that nothing is due and waits again; until then the clock must not move.
        world.clock.awaitWaits(waits + 1);
        assertEquals(List.of(), q.reports());
        var seen = new Counter(q, 1);
        world.clock.advanceMs(37_000);
        seen.await();
        assertEquals(1_040_000, q.batch(0).orElseThrow().batchTimeMs());
        awaitWait(10_000);
        assertEquals(1, q.reports().size());
        q.stop();
    }

    private void awaitWait(long ms) throws InterruptedException {
        do {
            world.clock.awaitWaiter();
        } while (world.clock.nearestWaitMs() != ms);
    }

    /** Counts reports. */
    private static final class Counter implements QueryListener {
        private final CountDownLatch left;

        Counter(LocalQuery q, int reports) {
            left = new CountDownLatch(reports);
            q.addListener(this);
        }

        @Override
        public void progressed(QueryInfo query, BatchReport report) {
            left.countDown();
        }

        void await() throws InterruptedException {
            left.await();
        }
    }

    @Test
    void F18_the_clock_on_the_wall_may_jump_back_but_batch_times_do_not() throws Exception {
        var q = world.start();
        world.add("a", -1);
        q.step(1);
        world.clock.jumpTo(5);
        world.add("a", -1);
        q.step(1);
        assertEquals(1_000_000, q.batch(1).orElseThrow().batchTimeMs());
        q.stop();
    }

    @Test
    void available_now_ends_after_the_last_batch_without_input() throws Exception {
        world.trigger = new Trigger.AvailableNow();
        world.add("a", 3);
        var q = world.start();
        assertTrue(q.await(LONG));
        assertEquals(State.FINISHED, q.status().state());
        assertEquals(List.of("0+", "1-"), Fixture.ids(q.reports()));
    }

    @Test
    void once_runs_one_batch() throws Exception {
        world.trigger = new Trigger.Once();
        world.add("a", 3);
        var q = world.start();
        assertTrue(q.await(LONG));
        assertEquals(State.FINISHED, q.status().state());
        assertEquals(List.of("0+"), Fixture.ids(q.reports()));
    }

    @Test
    void a_paused_query_runs_nothing_until_it_is_resumed() throws Exception {
        world.trigger = new Trigger.Default();
        var q = world.start();
        var paused = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        q.addListener(new QueryListener() {
            @Override
            public void changed(QueryInfo query, QueryStatus status) {
                if (status.state() == State.PAUSED) {
                    paused.countDown();
                }
            }

            @Override
            public void progressed(QueryInfo query, BatchReport report) {
                done.countDown();
            }
        });
        q.pause("paused by ■");
        paused.await();
        assertEquals("paused by ■", q.status().detail());
        world.add("a", -1);
        // Handed over and answered: the query's thread has looked around since the row came.
        q.explain();
        assertEquals(List.of(), q.reports());
        q.resume();
        done.await();
        assertEquals(List.of("a#1"), world.output());
        q.stop();
    }

    @Test
    void a_failed_batch_fails_the_query_and_keeps_the_last_good_result() throws Exception {
        var q = world.start();
        world.add("a", -1);
        q.step(1);
        world.plan.poison = "x";
        world.add("a", -1, "x", -1);
        var failure = assertThrows(InternalException.class, () -> q.step(1));
        assertSame(failure, assertThrows(InternalException.class, () -> q.await(LONG)));
        assertSame(failure, assertThrows(InternalException.class, q::processAllAvailable));
        assertEquals(State.FAILED, q.status().state());
        assertSame(failure, q.status().cause().orElseThrow());
        assertEquals(0, q.status().batchId());
        assertEquals(1, q.result(10).rows().size());
        assertEquals("count of 1 keys", q.explain());
        q.stop();
        assertEquals(State.FAILED, q.status().state());
    }

    private static CountDownLatch running(LocalQuery q) {
        var latch = new CountDownLatch(1);
        q.addListener(new QueryListener() {
            @Override
            public void changed(QueryInfo query, QueryStatus status) {
                if (status.state() == State.RUNNING) {
                    latch.countDown();
                }
            }
        });
        return latch;
    }

    @Test
    void a_failed_batch_is_run_again_by_retry_exactly_as_it_was_planned() throws Exception {
        var q = world.start();
        world.plan.poison = "x";
        world.add("a", -1, "x", -1);
        assertThrows(InternalException.class, () -> q.step(1));
        world.add("late", -1);
        world.plan.poison = "";
        CountDownLatch running = running(q);
        q.retry();
        running.await();
        assertEquals(List.of("0+"), Fixture.ids(q.step(1)));
        assertEquals(List.of("a#1", "x#1"), world.output());
        q.stop();
    }

    @Test
    void a_failed_batch_that_is_passed_over_gives_no_rows_and_the_query_goes_on() throws Exception {
        var q = world.start();
        world.plan.poison = "x";
        world.add("a", -1, "x", -1);
        assertThrows(InternalException.class, () -> q.step(1));
        CountDownLatch running = running(q);
        q.skip();
        running.await();
        world.add("a", -1);
        assertEquals(List.of("1+"), Fixture.ids(q.step(1)));
        assertEquals(List.of("a#1"), world.output());
        assertTrue(q.batch(0).orElseThrow().explanations().get(0).contains("passed over"));
        q.stop();
    }

    @Test
    void F17_a_sink_that_is_away_is_tried_again_after_a_growing_while() throws Exception {
        var sink = new FailingSink();
        sink.failures = 2;
        sink.retries = true;
        world.sink = sink.spec();
        world.trigger = new Trigger.Default();
        var details = new CopyOnWriteArrayList<String>();
        world.listeners = List.of(new QueryListener() {
            @Override
            public void changed(QueryInfo query, QueryStatus status) {
                details.add(status.state() + " " + status.detail());
            }
        });
        world.add("a", -1);
        var q = world.start();
        awaitWait(1_000);
        assertEquals(State.RETRYING, q.status().state());
        world.clock.advanceMs(1_000);
        awaitWait(2_000);
        var seen = new Counter(q, 1);
        world.clock.advanceMs(2_000);
        seen.await();
        assertEquals(List.of("a#1"), Fixture.output(sink.result));
        q.stop();
        assertEquals(
                List.of(
                        "RUNNING ",
                        "RETRYING the sink is away; next try in 1 s",
                        "RETRYING the sink is away; next try in 2 s",
                        "RUNNING ",
                        "STOPPED "),
                details);
    }

    @Test
    void a_sink_that_does_not_say_it_retries_fails_the_query_and_the_state_is_rolled_back() throws Exception {
        var sink = new FailingSink();
        sink.failures = 1;
        world.sink = sink.spec();
        var q = world.start();
        world.add("a", -1);
        assertThrows(SinkException.class, () -> q.step(1));
        CountDownLatch running = running(q);
        q.retry();
        running.await();
        q.step(1);
        assertEquals(List.of("a#1"), Fixture.output(sink.result));
        q.stop();
    }

    @Test
    void F17_stop_interrupts_a_batch_that_does_not_end() throws Exception {
        var sink = new FailingSink();
        sink.hang = new CountDownLatch(1);
        world.sink = sink.spec();
        world.trigger = new Trigger.Default();
        world.add("a", -1);
        var q = world.start();
        sink.hanging.await();
        stopInTime(q);
        assertEquals(State.STOPPED, q.status().state());
        assertEquals(List.of(), Fixture.output(sink.result));
    }

    @Test
    void F17_stop_leaves_a_batch_behind_that_not_even_an_interrupt_ends_and_it_never_commits() throws Exception {
        var sink = new FailingSink();
        sink.hang = new CountDownLatch(1);
        sink.deaf = true;
        world.sink = sink.spec();
        world.trigger = new Trigger.Default();
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
        world.add("a", -1);
        var q = world.start();
        sink.hanging.await();
        stopInTime(q);
        assertEquals(State.STOPPED, q.status().state());
        // The lock is free although the thread still hangs.
        world.sink = world.result.sink();
        var next = world.start();
        next.processAllAvailable();
        assertEquals(List.of("a#1"), world.output());
        next.stop();
        sink.hang.countDown();
        assertEquals(-1, q.status().batchId());
    }

    /** Moves the clock on whenever the one who stops waits. */
    private void stopInTime(LocalQuery q) throws Exception {
        var stopped = new CountDownLatch(1);
        var stopper = new Thread(() -> {
            try {
                q.stop();
                stopped.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopper.start();
        long started = world.clock.currentTimeMs();
        while (stopped.getCount() > 0 && world.clock.currentTimeMs() - started <= 2_000) {
            if (world.clock.nearestWaitMs() > 0) {
                world.clock.advanceMs(100);
            }
            Thread.onSpinWait();
        }
        stopper.join();
        assertTrue(world.clock.currentTimeMs() - started <= 2_100, "took " + (world.clock.currentTimeMs() - started));
    }

    @Test
    void an_interrupt_of_the_one_who_waits_ends_the_wait_and_not_the_query() throws Exception {
        var sink = new FailingSink();
        sink.hang = new CountDownLatch(1);
        world.sink = sink.spec();
        var q = world.start();
        world.add("a", -1);
        var interrupted = new CountDownLatch(1);
        var waiter = new Thread(() -> {
            try {
                q.step(1);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        waiter.start();
        sink.hanging.await();
        waiter.interrupt();
        interrupted.await();
        var seen = new Counter(q, 1);
        sink.hang.countDown();
        seen.await();
        assertEquals(List.of("a#1"), Fixture.output(sink.result));
        q.stop();
    }

    @Test
    void a_query_that_is_replaced_says_by_whom() throws Exception {
        var q = world.start();
        q.replace("cell [7]");
        assertEquals(State.REPLACED, q.status().state());
        assertEquals("replaced by cell [7]", q.status().detail());
        assertEquals(List.of(), q.step(1));
    }

    @Test
    void a_query_that_waits_for_itself_is_told_so() throws Exception {
        var q = world.start();
        var caught = new CopyOnWriteArrayList<Throwable>();
        q.addListener(new QueryListener() {
            @Override
            public void progressed(QueryInfo query, BatchReport report) {
                try {
                    q.processAllAvailable();
                } catch (PlanException | InterruptedException e) {
                    caught.add(e);
                }
            }
        });
        world.add("a", -1);
        q.step(1);
        assertEquals(
                "TR-701", assertInstanceOf(PlanException.class, caught.get(0)).code());
        q.stop();
    }

    @Test
    void a_listener_that_throws_does_not_harm_the_batch() throws Exception {
        world.listeners = List.of(new QueryListener() {
            @Override
            public void progressed(QueryInfo query, BatchReport report) {
                throw new IllegalStateException("listener");
            }
        });
        var q = world.start();
        world.add("a", -1);
        assertEquals(List.of("0+"), Fixture.ids(q.step(1)));
        q.stop();
    }

    @Test
    void a_query_without_a_checkpoint_writes_no_file() throws Exception {
        var q = world.start();
        world.add("a", 1);
        q.step(1);
        q.stop();
        assertEquals(0, world.files.operations());
        assertFalse(q.info().durable());
    }

    @Test
    void kept_reports_are_the_last_hundred() throws Exception {
        var q = world.start();
        for (int i = 0; i < 105; i++) {
            world.add("a", -1);
            q.step(1);
        }
        assertEquals(100, q.reports().size());
        assertEquals(5, q.reports().get(0).batchId());
        assertTrue(q.batch(4).isEmpty());
        assertEquals(105, q.totals().inputRows());
        q.stop();
    }
}
