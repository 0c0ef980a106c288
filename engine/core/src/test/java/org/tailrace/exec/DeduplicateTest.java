package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tailrace.exec.PlanRunner.EVENTS;
import static org.tailrace.exec.PlanRunner.at;
import static org.tailrace.exec.PlanRunner.events;
import static org.tailrace.exec.PlanRunner.row;
import static org.tailrace.exec.PlanRunner.source;
import static org.tailrace.exec.PlanRunner.watermark;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailrace.expr.Typed;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;

class DeduplicateTest {

    private static PlanRunner runner(boolean watermarked, boolean within, boolean crash, Integer... keys) {
        ResolvedPlan child = source("e", EVENTS);
        if (watermarked) {
            child = watermark(child, 2, 600_000);
        }
        return new PlanRunner(
                new ResolvedPlan.Deduplicate(child, List.of(keys), within),
                OutputMode.APPEND,
                2,
                1,
                crash,
                Settings.DEFAULT);
    }

    @Test
    void the_first_row_of_a_key_wins_for_ever_without_a_watermark() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            var runner = runner(false, false, crash, 0);
            assertEquals(
                    List.of(row("1", 1, at("12:00")), row("2", 3, at("12:02"))),
                    runner.step(events("1", 1, "12:00", "1", 2, "12:01", "2", 3, "12:02"))
                            .get(0)
                            .rows());
            assertEquals(
                    List.of(row("3", 5, at("12:00")), row(null, 6, at("12:00"))),
                    runner.step(events("1", 4, "13:00", "3", 5, "12:00", null, 6, "12:00", null, 7, "12:00"))
                            .get(0)
                            .rows());
        }
    }

    @Test
    void a_key_with_its_time_leaves_when_the_time_has_passed() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            var runner = runner(true, false, crash, 0, 2);
            runner.step(events("1", 1, "12:00", "1", 2, "12:00", "1", 3, "12:05"));
            var two = runner.step(events("2", 4, "12:30"));
            assertEquals(3, two.get(0).stateRows());
            assertEquals(1, two.get(1).stateRows());
            var three = runner.step(events("1", 5, "12:05", "1", 6, "12:25"));
            assertEquals(List.of(row("1", 6, at("12:25"))), three.get(0).rows());
            assertEquals(1, three.get(0).facts().droppedByWatermark());
            var four = runner.step(events("1", 7, "12:20", "1", 8, "12:20:01"));
            assertEquals(List.of(row("1", 8, at("12:20:01"))), four.get(0).rows());
            assertEquals(3, four.get(0).stateRows());
        }
    }

    @Test
    void a_key_alone_never_leaves_but_late_rows_are_dropped() throws Exception {
        var runner = runner(true, false, false, 0);
        runner.step(events("1", 1, "12:00"));
        runner.step(events("2", 1, "13:00"));
        var three = runner.step(events("3", 1, "12:50", "1", 1, "13:30"));
        assertEquals(List.of(), three.get(0).rows());
        assertEquals(1, three.get(0).facts().droppedByWatermark());
        assertEquals(2, three.get(three.size() - 1).stateRows());
    }

    @Test
    void within_the_watermark_a_key_is_kept_for_the_delay_after_its_first_row() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            var runner = runner(true, true, crash, 0);
            runner.step(events("1", 1, "12:10"));
            var two = runner.step(events("2", 2, "12:00", "3", 3, "12:00:00.001", "4", 4, "11:59:59"));
            assertEquals(List.of(row("3", 3, at("12:00:00.001"))), two.get(0).rows());
            assertEquals(2, two.get(0).facts().droppedByWatermark());
            assertEquals(2, two.get(0).stateRows());
            runner.step(events("9", 9, "12:30"));
            assertEquals(
                    List.of(row("1", 6, at("12:21"))),
                    runner.step(events("1", 6, "12:21")).get(0).rows());
        }
    }

    @Test
    void no_row_is_late_if_nothing_above_needs_its_time() throws Exception {
        var deduplicated = new ResolvedPlan.Deduplicate(watermark(source("e", EVENTS), 2, 600_000), List.of(0), false);
        var key = deduplicated.output().get(0);
        var runner = new PlanRunner(
                new ResolvedPlan.Project(
                        deduplicated, List.of(new Typed.Input(0, key.type(), key.nullable())), List.of(key)),
                OutputMode.APPEND,
                2,
                1,
                false,
                Settings.DEFAULT);
        runner.step(events("1", 1, "12:00"));
        runner.step(events("2", 1, "13:00"));
        var three = runner.step(events("3", 1, "12:10"));
        assertEquals(List.of(row("3")), three.get(0).rows());
        assertEquals(0, three.get(0).facts().droppedByWatermark());
    }

    @Test
    void within_the_watermark_a_row_without_a_time_counts_as_one_of_1970() throws Exception {
        var runner = runner(true, true, false, 0);
        assertEquals(2, runner.step(events("1", 1, null, "3", 1, null)).get(0).stateRows());
        runner.step(events("1", 1, "12:00"));
        var two = runner.step(events("2", 2, null));
        assertEquals(List.of(row("2", 2, null)), two.get(0).rows());
        assertEquals(0, two.get(0).stateRows());
    }

    @Test
    void a_failed_batch_forgets_its_keys() throws Exception {
        var runner = runner(true, false, false, 0, 2);
        runner.step(events("1", 1, "12:00"));
        runner.fail(events("2", 1, "12:00", "3", 1, "14:00"));
        assertEquals(
                List.of(row("2", 1, at("12:00"))),
                runner.step(events("2", 1, "12:00", "1", 2, "12:00")).get(0).rows());
    }
}
