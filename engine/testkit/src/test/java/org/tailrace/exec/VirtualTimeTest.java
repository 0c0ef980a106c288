package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.error.PlanException;
import org.tailrace.plan.Trigger;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryStatus.State;

@Timeout(60)
class VirtualTimeTest {
    private static final Duration LONG = Duration.ofDays(1);
    private final Fixture world = new Fixture();

    private static ScriptedSource script() {
        return new ScriptedSource("r").row("a", 101).row("b", 110).row("c", 111).row("d", 145);
    }

    private static List<String> times(List<BatchReport> reports) {
        return reports.stream()
                .map(r -> r.batchTimeMs() / 1000 + (r.noData() ? "-" : "+") + r.inputRows())
                .toList();
    }

    @Test
    void batches_end_at_multiples_of_the_interval_in_arrival_time_and_empty_intervals_are_skipped() throws Exception {
        world.sources = List.of(script().replay());
        world.trigger = new Trigger.AsFastAsPossible();
        var q = world.start();
        assertTrue(q.await(LONG));
        assertEquals(List.of("110+2", "110-0", "120+1", "120-0", "150+1", "150-0"), times(q.reports()));
        assertEquals(State.FINISHED, q.status().state());
        assertEquals(150_000, q.status().timeMs());
        assertEquals(QueryStarter.REPLAY_SEED, q.info().seed());
        assertTrue(q.info().virtualTime());
        assertEquals(10_000, q.info().intervalMs());
    }

    @Test
    void all_paces_give_the_same_batches_and_rows() throws Exception {
        world.sources = List.of(script().replay());
        world.trigger = new Trigger.AsFastAsPossible();
        world.start().await(LONG);
        var fast = world.result.rows().rows();
        world.trigger = new Trigger.Step();
        var q = world.start();
        assertEquals(List.of("110+2", "110-0", "120+1", "120-0"), times(q.step(2)));
        assertEquals(List.of("150+1", "150-0"), times(q.step(2)));
        assertTrue(q.await(LONG));
        assertEquals(fast, world.result.rows().rows());
    }

    @Test
    void a_replay_goes_at_its_own_pace_unless_told_otherwise() throws Exception {
        world.sources = List.of(script().replay());
        world.trigger = new Trigger.Default();
        var q = world.start();
        world.clock.awaitWaiter();
        assertEquals(250, world.clock.nearestWaitMs());
        q.speed(0);
        assertTrue(q.await(LONG));
        assertEquals(State.FINISHED, q.status().state());
    }

    @Test
    void two_replays_share_one_clock() throws Exception {
        var other = new ScriptedSource("s").row("x", 105).row("y", 131);
        world.sources = List.of(script().replay(), other.replay());
        world.trigger = new Trigger.AsFastAsPossible();
        var q = world.start();
        assertTrue(q.await(LONG));
        assertEquals(
                List.of("110+3", "120+1", "140+1", "150+1"),
                times(q.reports()).stream().filter(t -> t.contains("+")).toList());
    }

    @Test
    void a_replay_and_a_live_source_are_not_mixed() {
        world.sources = List.of(script().replay(), world.table.spec(true));
        assertEquals("TR-234", assertThrows(PlanException.class, world::start).code());
    }

    @Test
    void a_replay_resumes_after_its_last_batch() throws Exception {
        world.sources = List.of(script().replay());
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
        var q = world.start();
        q.step(1);
        q.stop();
        var again = world.start();
        assertEquals(2, again.info().resumedAt());
        assertEquals(110_000, again.status().timeMs());
        assertEquals(List.of("120+1", "120-0", "150+1", "150-0"), times(again.step(9)));
        assertEquals(
                List.of("a#1", "b#1", "closed#110000", "c#1", "closed#111000", "d#1", "closed#145000"), world.output());
    }

    @Test
    void once_takes_the_whole_replay_in_one_batch() throws Exception {
        world.sources = List.of(script().replay());
        world.trigger = new Trigger.Once();
        var q = world.start();
        assertTrue(q.await(LONG));
        assertEquals("150+4", times(q.reports()).get(0));
    }
}
