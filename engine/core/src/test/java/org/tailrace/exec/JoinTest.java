package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tailrace.exec.PlanRunner.column;
import static org.tailrace.exec.PlanRunner.events;
import static org.tailrace.exec.PlanRunner.source;
import static org.tailrace.exec.PlanRunner.watermark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.Attribute;
import org.tailrace.plan.JoinType;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.ResolvedPlan.Join.TimeRange;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SourceSpec;

class JoinTest {
    private static final Batch NONE = events();

    private static Typed call(String name, Typed... arguments) {
        var function =
                (org.tailrace.expr.ScalarFunction) Functions.table().find(name).orElseThrow();
        var signature = function.resolve(List.of(arguments), EvalContext.of(java.time.ZoneOffset.UTC, true));
        return new Typed.Apply(function, List.of(arguments), signature.result(), signature.nullable());
    }

    static ResolvedPlan side(String name, long delayMinutes) {
        ResolvedPlan source = source(name, PlanRunner.EVENTS);
        return delayMinutes < 0 ? source : watermark(source, 2, delayMinutes * 60_000);
    }

    /** {@code l JOIN r ON l.k = r.k [AND r.ts BETWEEN l.ts AND l.ts + 10 minutes]}. */
    static ResolvedPlan join(JoinType type, ResolvedPlan left, ResolvedPlan right, boolean ranged) {
        var output = new ArrayList<Attribute>();
        output.addAll(left.output());
        if (type != JoinType.SEMI && type != JoinType.ANTI) {
            output.addAll(right.output());
        }
        Typed leftTime = new Typed.Input(2, DataType.TIMESTAMP, true);
        Typed rightTime = new Typed.Input(5, DataType.TIMESTAMP, true);
        Typed until = call("+", leftTime, new Typed.Constant(Duration.ofMinutes(10), DataType.DAY_TIME));
        Optional<Typed> residual = ranged
                ? Optional.of(call("and", call(">=", rightTime, leftTime), call("<=", rightTime, until)))
                : Optional.empty();
        boolean bothTimed =
                left.output().get(2).eventTime() && right.output().get(2).eventTime();
        return new ResolvedPlan.Join(
                left,
                right,
                type,
                type,
                List.of(column(left, 0)),
                List.of(column(right, 0)),
                List.of(false),
                residual,
                ranged && bothTimed ? Optional.of(new TimeRange(2, 2, 0, 600_000_000L)) : Optional.empty(),
                output);
    }

    private static PlanRunner runner(ResolvedPlan plan, boolean crash) {
        return new PlanRunner(plan, OutputMode.APPEND, 2, 1, crash, Settings.DEFAULT);
    }

    /** {@code lid@lts rid@rts}, sorted. */
    private static List<String> text(List<List<Object>> rows) {
        return rows.stream()
                .map(r -> r.get(0) + "@" + time(r.get(2)) + (r.size() > 3 ? " " + r.get(3) + "@" + time(r.get(5)) : ""))
                .sorted()
                .toList();
    }

    private static String time(Object instant) {
        return instant == null ? "null" : instant.toString().substring(11, 16);
    }

    private record Steps(List<List<PlanRunner.Outcome>> steps) {
        List<String> rows(int step, int batch) {
            return text(steps.get(step).get(batch).rows());
        }

        long state(int step, int batch) {
            return steps.get(step).get(batch).stateRows();
        }
    }

    /** The scenario of Spark's time-range goldens. */
    private static Steps timeRange(JoinType type, boolean crash, long leftDelay) throws Exception {
        var runner = runner(join(type, side("l", leftDelay), side("r", 10), true), crash);
        var steps = new ArrayList<List<PlanRunner.Outcome>>();
        steps.add(runner.step(events("1", 1, "12:00", "2", 1, "12:01"), NONE));
        steps.add(runner.step(NONE, events("1", 1, "12:05", "3", 1, "12:06")));
        steps.add(runner.step(events("3", 1, "12:04", "1", 1, "12:05"), events("1", 1, "12:14")));
        steps.add(runner.step(events("9", 1, "12:40"), events("9", 1, "12:40")));
        steps.add(runner.step(events("2", 1, "12:05"), events("2", 1, "12:05")));
        steps.add(runner.step(events("8", 1, "13:30"), events("8", 1, "13:31")));
        return new Steps(steps);
    }

    @Test
    void a_left_join_gives_rows_without_a_partner_once_none_can_come() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            Steps steps = timeRange(JoinType.LEFT, crash, 10);
            assertEquals(List.of("1@12:00 1@12:05"), steps.rows(1, 0));
            assertEquals(List.of("1@12:05 1@12:05", "1@12:05 1@12:14", "3@12:04 3@12:06"), steps.rows(2, 0));
            assertEquals(7, steps.state(2, 1));
            assertEquals(List.of("9@12:40 9@12:40"), steps.rows(3, 0));
            assertEquals(List.of("2@12:01 null@null"), steps.rows(3, 1));
            assertEquals(2, steps.state(3, 1));
            assertEquals(List.of(), steps.rows(4, 0));
            assertEquals(2, steps.steps().get(4).get(0).facts().droppedByWatermark());
            assertEquals(2, steps.state(5, 1));
        }
    }

    @Test
    void right_and_full_joins_keep_their_sides() throws Exception {
        assertEquals(List.of(), timeRange(JoinType.RIGHT, false, 10).rows(3, 1));
        assertEquals(
                List.of("2@12:01 null@null"), timeRange(JoinType.FULL, true, 10).rows(3, 1));
    }

    @Test
    void with_one_watermark_nothing_is_late_and_nothing_leaves() throws Exception {
        Steps steps = timeRange(JoinType.LEFT, false, -1);
        assertEquals(1, steps.steps().get(3).size());
        assertEquals(List.of("2@12:01 2@12:05", "2@12:05 2@12:05"), steps.rows(4, 0));
        assertEquals(13, steps.state(5, 0));
    }

    @Test
    void a_row_stays_while_the_watermark_equals_the_end_of_its_range() throws Exception {
        var runner = runner(join(JoinType.LEFT, side("l", 0), side("r", 0), true), false);
        runner.step(events("1", 1, "12:00", "2", 1, "12:00"), events("2", 1, "12:01"));
        var two = runner.step(events("5", 1, "12:10"), events("5", 1, "12:10"));
        assertEquals(List.of(), text(two.get(1).rows()));
        assertEquals(4, two.get(1).stateRows());
        var three = runner.step(events("6", 1, "12:10:01"), events("6", 1, "12:10:01"));
        assertEquals(List.of("1@12:00 null@null"), text(three.get(1).rows()));
        assertEquals(3, three.get(1).stateRows());
    }

    @Test
    void a_semi_join_gives_a_left_row_at_its_first_partner() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            Steps steps = timeRange(JoinType.SEMI, crash, 10);
            assertEquals(List.of("1@12:00"), steps.rows(1, 0));
            assertEquals(3, steps.state(1, 0));
            assertEquals(List.of("1@12:05", "3@12:04"), steps.rows(2, 0));
            assertEquals(List.of("9@12:40"), steps.rows(3, 0));
            assertEquals(1, steps.state(3, 1));
        }
    }

    @Test
    void an_inner_join_finds_each_pair_once_across_batches_and_within() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            var runner = runner(join(JoinType.INNER, side("l", -1), side("r", -1), false), crash);
            assertEquals(
                    List.of("1@12:00 1@10:00"),
                    text(runner.step(
                                    events("1", 1, "12:00", null, 1, "12:00"),
                                    events("1", 1, "10:00", null, 1, "09:00"))
                            .get(0)
                            .rows()));
            assertEquals(
                    List.of("1@12:00 1@11:00", "1@12:30 1@10:00", "1@12:30 1@11:00"),
                    text(runner.step(events("1", 1, "12:30"), events("1", 1, "11:00"))
                            .get(0)
                            .rows()));
        }
    }

    @Test
    void a_failed_batch_leaves_both_sides_as_they_were() throws Exception {
        var runner = runner(join(JoinType.LEFT, side("l", 0), side("r", 0), true), false);
        runner.step(events("1", 1, "12:00"), NONE);
        runner.fail(events("1", 2, "12:01", "7", 1, "13:00"), events("1", 1, "12:02", "7", 1, "13:00"));
        var two = runner.step(NONE, events("1", 1, "12:03"));
        assertEquals(List.of("1@12:00 1@12:03"), text(two.get(0).rows()));
        var three = runner.step(events("9", 1, "13:00"), events("9", 1, "13:00"));
        assertEquals(List.of(), text(three.get(1).rows()));
        assertEquals(2, three.get(1).stateRows());
    }

    @Test
    void a_static_table_is_read_again_in_every_batch() throws Exception {
        ResolvedPlan table = new ResolvedPlan.Source(
                new SourceSpec("memory", "t", PlanRunner.EVENTS, false, Map.of()),
                PlanRunner.attributes(PlanRunner.EVENTS));
        Map<JoinType, List<String>> expected = Map.of(
                JoinType.INNER, List.of("1@12:00 1@09:00", "1@12:00 1@09:30"),
                JoinType.LEFT,
                        List.of("1@12:00 1@09:00", "1@12:00 1@09:30", "2@12:01 null@null", "null@12:02 null@null"),
                JoinType.SEMI, List.of("1@12:00"),
                JoinType.ANTI, List.of("2@12:01", "null@12:02"));
        for (var entry : expected.entrySet()) {
            var runner = runner(join(entry.getKey(), side("l", -1), table, false), false);
            Batch left = events("1", 1, "12:00", "2", 1, "12:01", null, 1, "12:02");
            Batch right = events("1", 1, "09:00", "3", 1, "09:00", null, 1, "09:00", "1", 2, "09:30");
            assertEquals(entry.getValue(), text(runner.step(left, right).get(0).rows()));
            var next = runner.step(left, events("2", 1, "08:00")).get(0);
            assertEquals(
                    switch (entry.getKey()) {
                        case INNER -> List.of("2@12:01 2@08:00");
                        case LEFT -> List.of("1@12:00 null@null", "2@12:01 2@08:00", "null@12:02 null@null");
                        case SEMI -> List.of("2@12:01");
                        default -> List.of("1@12:00", "null@12:02");
                    },
                    text(next.rows()));
            assertEquals(0, next.stateRows());
        }
    }

    @Test
    void a_right_join_with_a_static_left_side_keeps_the_stream() throws Exception {
        ResolvedPlan table = new ResolvedPlan.Source(
                new SourceSpec("memory", "t", PlanRunner.EVENTS, false, Map.of()),
                PlanRunner.attributes(PlanRunner.EVENTS));
        var runner = runner(join(JoinType.RIGHT, table, side("r", -1), false), false);
        assertEquals(
                List.of("1@09:00 1@12:00", "null@null 2@12:01"),
                text(runner.step(events("1", 1, "09:00", "5", 1, "09:00"), events("1", 1, "12:00", "2", 1, "12:01"))
                        .get(0)
                        .rows()));
    }
}
