package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.exec.PlanRunner.EVENTS;
import static org.tailrace.exec.PlanRunner.column;
import static org.tailrace.exec.PlanRunner.events;
import static org.tailrace.exec.PlanRunner.row;
import static org.tailrace.exec.PlanRunner.source;
import static org.tailrace.exec.PlanRunner.watermark;
import static org.tailrace.exec.PlanRunner.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.plan.Attribute;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;
import org.tailrace.plan.WindowSpec;
import org.tailrace.report.BatchReport.WindowSummary.Phase;

class WindowAggregateTest {
    private static final long MINUTE = 60_000_000L;
    private static final DataType WINDOW = new DataType.Struct(
            Schema.of(new Field("start", DataType.TIMESTAMP, true), new Field("end", DataType.TIMESTAMP, true)));

    /** {@code SELECT window, [k,] count(*), sum(v) .. GROUP BY window(ts, ..)[, k]}. */
    static ResolvedPlan windowed(long delayMinutes, WindowSpec spec, boolean byKey) {
        ResolvedPlan child = source("e", EVENTS);
        if (delayMinutes >= 0) {
            child = watermark(child, 2, delayMinutes * 60_000);
        }
        var keys = new ArrayList<>(List.of(column(child, 2)));
        var output = new ArrayList<Attribute>();
        output.add(new Attribute(
                "window", WINDOW, false, List.of(), delayMinutes < 0 ? OptionalLong.empty() : OptionalLong.of(1)));
        if (byKey) {
            keys.add(column(child, 0));
            output.add(new Attribute("k", DataType.STRING, true, List.of(), OptionalLong.empty()));
        }
        output.add(new Attribute("n", DataType.BIGINT, false, List.of(), OptionalLong.empty()));
        output.add(new Attribute("s", DataType.BIGINT, true, List.of(), OptionalLong.empty()));
        return new ResolvedPlan.Aggregate(
                child,
                keys,
                Optional.of(new ResolvedPlan.Aggregate.GroupWindow(0, spec)),
                List.of(TestAggregates.count(), TestAggregates.sum(column(child, 1))),
                output);
    }

    private static final WindowSpec TEN = new WindowSpec.Tumbling(10 * MINUTE, 0);
    private static final WindowSpec SLIDING = new WindowSpec.Sliding(10 * MINUTE, 5 * MINUTE, 0);

    @Test
    void append_gives_a_window_once_when_the_watermark_has_passed_its_end() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            var runner = new PlanRunner(windowed(5, TEN, true), OutputMode.APPEND, 2, 1, crash, Settings.DEFAULT);
            var first = runner.step(events("a", 1, "12:01", "b", 2, "12:02", "a", 3, "12:07"));
            assertEquals(2, first.size());
            assertEquals(List.of(), first.get(0).rows());
            assertEquals(2, first.get(0).stateRows());
            assertEquals(List.of(), first.get(1).rows());
            runner.step(events("a", 4, "12:03", "b", 5, "12:12", "c", 6, "12:14"));
            var last = runner.step(events("a", 7, "12:31"));
            assertEquals(List.of(), last.get(0).rows());
            assertEquals(
                    List.of(
                            row(window("12:00", "12:10"), "a", 3, 8),
                            row(window("12:00", "12:10"), "b", 1, 2),
                            row(window("12:10", "12:20"), "b", 1, 5),
                            row(window("12:10", "12:20"), "c", 1, 6)),
                    last.get(1).rows());
            assertEquals(1, last.get(1).stateRows());
        }
    }

    @Test
    void update_gives_the_windows_that_the_batch_touched_by_end() throws Exception {
        var runner = new PlanRunner(windowed(5, SLIDING, false), OutputMode.UPDATE);
        var first = runner.step(events("a", 1, "12:01", "b", 2, "12:02", "a", 3, "12:07"));
        assertEquals(
                List.of(
                        row(window("11:55", "12:05"), 2, 3),
                        row(window("12:00", "12:10"), 3, 6),
                        row(window("12:05", "12:15"), 1, 3)),
                first.get(0).rows());
        var second = runner.step(events("a", 4, "12:03", "b", 5, "12:12", "c", 6, "12:14"));
        assertEquals(
                List.of(
                        row(window("11:55", "12:05"), 3, 7),
                        row(window("12:00", "12:10"), 4, 10),
                        row(window("12:05", "12:15"), 3, 14),
                        row(window("12:10", "12:20"), 2, 11)),
                second.get(0).rows());
        assertEquals(4, second.get(0).stateRows());
        assertEquals(3, second.get(1).stateRows());
        runner.step(events("a", 7, "12:31"));
        var late = runner.step(events("a", 8, "12:13", "a", 9, "12:32"));
        assertEquals(2, late.get(0).facts().droppedByWatermark());
        assertEquals(1, late.get(0).facts().lateInputRows());
        assertEquals(
                "event 12:13 < watermark 12:26; window 12:10–12:20 was already final",
                late.get(0).facts().lateSamples().get(0).reason());
        assertEquals(
                "8, 2024-01-01T12:13:00Z",
                late.get(0).facts().lateSamples().get(0).row().replace("a, ", ""));
    }

    @Test
    void complete_keeps_and_gives_all_windows_and_has_no_late_rows() throws Exception {
        var runner = new PlanRunner(windowed(0, TEN, false), OutputMode.COMPLETE);
        assertEquals(1, runner.step(events("a", 1, "12:01")).size());
        runner.step(events("a", 1, "12:31"));
        var third = runner.step(events("a", 1, "12:02"));
        assertEquals(
                List.of(row(window("12:00", "12:10"), 2, 2), row(window("12:30", "12:40"), 1, 1)),
                third.get(0).rows());
        assertEquals(0, third.get(0).facts().droppedByWatermark());
    }

    @Test
    void a_row_older_than_the_watermark_counts_in_a_window_that_is_open() throws Exception {
        var runner = new PlanRunner(windowed(5, TEN, false), OutputMode.UPDATE);
        runner.step(events("a", 1, "12:17"));
        var second = runner.step(events("a", 1, "12:05", "a", 1, "12:11", "a", 1, "12:09:59"));
        assertEquals(List.of(row(window("12:10", "12:20"), 2, 2)), second.get(0).rows());
        assertEquals(1, second.get(0).facts().droppedByWatermark());
        assertEquals(2, second.get(0).facts().lateInputRows());
    }

    @Test
    void rows_are_judged_by_the_watermark_that_the_previous_batch_used() throws Exception {
        var off = new Settings(Settings.DEFAULT.zone(), true, false, false);
        var runner = new PlanRunner(windowed(0, TEN, false), OutputMode.UPDATE, 2, 1, false, off);
        runner.step(events("a", 1, "12:10"));
        var second = runner.step(events("a", 1, "12:09:59", "a", 1, "12:10"));
        assertEquals(
                List.of(row(window("12:00", "12:10"), 1, 1), row(window("12:10", "12:20"), 2, 2)),
                second.get(0).rows());
        assertEquals(1, second.get(0).stateRows());
    }

    @Test
    void null_event_times_are_dropped_and_counted_apart() throws Exception {
        var runner = new PlanRunner(windowed(5, TEN, false), OutputMode.UPDATE);
        var first = runner.step(events("a", 1, null, "a", 1, "12:01"));
        assertEquals(List.of(row(window("12:00", "12:10"), 1, 1)), first.get(0).rows());
        assertEquals(1, first.get(0).facts().nullEventTimes());
        assertEquals(0, first.get(0).facts().lateInputRows());
    }

    @Test
    void windows_before_1970_are_cut_by_the_floor() throws Exception {
        var runner = new PlanRunner(windowed(-1, TEN, false), OutputMode.UPDATE);
        var rows = runner.step(events("a", 1, "1969-12-31T23:59:59.999999Z", "a", 1, "1969-12-31T23:50:00Z"))
                .get(0)
                .rows();
        assertEquals(List.of(row(window("1969-12-31T23:50:00Z", "1970-01-01T00:00:00Z"), 2, 2)), rows);
    }

    @Test
    void a_window_whose_size_is_no_multiple_of_the_slide_takes_part_of_a_bucket() throws Exception {
        var runner = new PlanRunner(
                windowed(-1, new WindowSpec.Sliding(10 * MINUTE, 3 * MINUTE, 0), false), OutputMode.UPDATE);
        var rows = runner.step(events("a", 1, "12:00", "a", 2, "12:01")).get(0).rows();
        assertEquals(
                List.of(
                        row(window("11:51", "12:01"), 1, 1),
                        row(window("11:54", "12:04"), 2, 3),
                        row(window("11:57", "12:07"), 2, 3),
                        row(window("12:00", "12:10"), 2, 3)),
                rows);
    }

    @Test
    void a_failed_batch_leaves_no_trace() throws Exception {
        var runner = new PlanRunner(windowed(5, TEN, true), OutputMode.APPEND);
        runner.step(events("a", 1, "12:01", "b", 2, "12:12"));
        runner.fail(events("a", 50, "12:02", "c", 9, "12:03", "z", 1, "13:00", "b", 7, "12:13"));
        var last = runner.step(events("q", 1, "13:00"));
        assertEquals(
                List.of(row(window("12:00", "12:10"), "a", 1, 1), row(window("12:10", "12:20"), "b", 1, 2)),
                last.get(1).rows());
        assertEquals(1, last.get(1).stateRows());
    }

    @Test
    void window_summaries_tell_open_closing_and_final() throws Exception {
        var runner = new PlanRunner(windowed(0, TEN, false), OutputMode.APPEND);
        var first = runner.step(events("a", 1, "12:01", "b", 2, "12:12"));
        assertEquals(
                List.of(Phase.CLOSING, Phase.OPEN),
                first.get(0).facts().windows().stream().map(w -> w.phase()).toList());
        assertEquals(
                List.of(Phase.FINAL, Phase.OPEN),
                first.get(1).facts().windows().stream().map(w -> w.phase()).toList());
        assertTrue(first.get(0).facts().explanations().stream().anyMatch(e -> e.contains("next batch closes it")));
    }
}
