package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tailrace.exec.PlanRunner.events;
import static org.tailrace.exec.PlanRunner.row;
import static org.tailrace.exec.PlanRunner.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.DataType;
import org.tailrace.expr.Typed;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Settings;
import org.tailrace.plan.WindowSpec;

class SessionAggregateTest {
    private static final WindowSpec GAP =
            new WindowSpec.Session(new Typed.Constant(Duration.ofMinutes(5), DataType.DAY_TIME));

    @Test
    void a_row_that_bridges_two_sessions_merges_them() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            var runner = new PlanRunner(
                    WindowAggregateTest.windowed(10, GAP, true), OutputMode.APPEND, 2, 1, crash, Settings.DEFAULT);
            runner.step(events("a", 1, "12:00", "a", 2, "12:04", "b", 3, "12:01"));
            var two = runner.step(events("a", 4, "12:12", "b", 5, "12:05:59"));
            assertEquals(3, two.get(0).stateRows());
            var three = runner.step(events("a", 6, "12:08:30", "c", 7, "12:20"));
            assertEquals(3, three.get(0).stateRows());
            var four = runner.step(events("c", 8, "12:40"));
            assertEquals(4, four.get(0).stateRows());
            assertEquals(
                    List.of(
                            row(window("12:01", "12:10:59"), "b", 2, 8),
                            row(window("12:00", "12:17"), "a", 4, 13),
                            row(window("12:20", "12:25"), "c", 1, 7)),
                    four.get(1).rows());
            assertEquals(1, four.get(1).stateRows());
        }
    }

    @Test
    void a_late_row_can_join_an_open_session_and_is_dropped_once_its_own_has_passed() throws Exception {
        var runner = new PlanRunner(WindowAggregateTest.windowed(0, GAP, true), OutputMode.APPEND);
        runner.step(events("a", 1, "12:10"));
        assertEquals(1, runner.step(events("a", 2, "12:08")).get(0).stateRows());
        runner.step(events("a", 3, "12:14"));
        var late = runner.step(events("a", 4, "12:03"));
        assertEquals(1, late.get(0).facts().droppedByWatermark());
        var last = runner.step(events("z", 1, "12:30"));
        assertEquals(
                List.of(row(window("12:08", "12:19"), "a", 3, 6)), last.get(1).rows());
    }

    @Test
    void two_events_exactly_one_gap_apart_are_one_session() throws Exception {
        var runner = new PlanRunner(WindowAggregateTest.windowed(0, GAP, true), OutputMode.COMPLETE);
        var rows = runner.step(events("a", 1, "12:00", "a", 2, "12:05", "a", 4, "12:10:01"))
                .get(0)
                .rows();
        assertEquals(
                List.of(row(window("12:00", "12:10"), "a", 2, 3), row(window("12:10:01", "12:15:01"), "a", 1, 4)),
                rows);
    }

    @Test
    void a_failed_batch_leaves_the_sessions_as_they_were() throws Exception {
        var runner = new PlanRunner(WindowAggregateTest.windowed(10, GAP, true), OutputMode.APPEND);
        runner.step(events("a", 1, "12:00", "a", 2, "12:08"));
        runner.fail(events("a", 50, "12:04", "b", 1, "12:00", "a", 9, "12:09", "q", 1, "13:00"));
        var last = runner.step(events("q", 1, "13:00"));
        assertEquals(
                List.of(row(window("12:00", "12:05"), "a", 1, 1), row(window("12:08", "12:13"), "a", 1, 2)),
                last.get(1).rows());
    }

    @Test
    void sessions_equal_those_of_a_sort() throws Exception {
        var random = new Random(11);
        for (int round = 0; round < 30; round++) {
            var runner = new PlanRunner(
                    WindowAggregateTest.windowed(-1, GAP, true),
                    OutputMode.COMPLETE,
                    3,
                    1,
                    round % 2 == 0,
                    Settings.DEFAULT);
            var expected = new TreeMap<String, List<Integer>>();
            List<List<Object>> rows = List.of();
            for (int batch = 0; batch < 6; batch++) {
                var values = new ArrayList<Object>();
                for (int i = 0; i < 8; i++) {
                    String key = "k" + random.nextInt(3);
                    int minute = random.nextInt(240);
                    expected.computeIfAbsent(key, k -> new ArrayList<>()).add(minute);
                    values.addAll(List.of(key, 1, time(minute)));
                }
                rows = runner.step(events(values.toArray())).get(0).rows();
            }
            assertEquals(bySorting(expected), sorted(rows));
        }
    }

    /** Rows of twelve hours, a tenth of whose keys have their events far apart. */
    private static Batch many(Random random, int count, int fromHour) {
        var builder = new BatchBuilder(PlanRunner.EVENTS);
        for (int i = 0; i < count; i++) {
            int key = random.nextInt(10) == 0 ? random.nextInt(5_000) : random.nextInt(300) - 300;
            builder.addRow(Arrays.asList(
                    "k" + key,
                    (long) i,
                    random.nextInt(500) == 0
                            ? null
                            : (Object) Instant.ofEpochSecond(fromHour * 3600L + random.nextInt(43_200))));
        }
        return builder.build();
    }

    private static List<Object> facts(List<Batch> batches, OutputMode mode, int vectorSize, int cores)
            throws Exception {
        var runner = new PlanRunner(
                WindowAggregateTest.windowed(10, GAP, true), mode, vectorSize, cores, false, Settings.DEFAULT);
        var all = new ArrayList<Object>();
        for (Batch batch : batches) {
            for (PlanRunner.Outcome outcome : runner.step(batch)) {
                all.add(outcome.rows());
                all.add(outcome.stateRows());
                all.add(outcome.facts().droppedByWatermark());
                all.add(outcome.facts().lateInputRows());
                all.add(outcome.facts().nullEventTimes());
                all.add(outcome.facts().windows());
            }
        }
        return all;
    }

    @Test
    void sessions_of_large_batches_do_not_depend_on_cores_or_vectors() throws Exception {
        var random = new Random(12);
        List<Batch> batches = List.of(
                many(random, Chunk.ROWS + 5_000, 100),
                many(random, 700, 103),
                many(random, Chunk.ROWS * 2, 106),
                many(random, 10, 200));
        List<Object> expected = facts(batches, OutputMode.APPEND, 4096, 1);
        assertEquals(expected, facts(batches, OutputMode.APPEND, 1000, 3));
    }

    @Test
    void sessions_of_a_large_batch_are_those_of_many_small_ones() throws Exception {
        Batch large = many(new Random(13), Chunk.ROWS * 2, 100);
        var small = new ArrayList<Batch>();
        for (int from = 0; from < large.size(); from += 16_384) {
            small.add(Batch.of(PlanRunner.EVENTS, large.rows().subList(from, from + 16_384)));
        }
        assertEquals(complete(small), complete(List.of(large)));
    }

    private static List<String> complete(List<Batch> batches) throws Exception {
        var runner = new PlanRunner(
                WindowAggregateTest.windowed(-1, GAP, true), OutputMode.COMPLETE, 4096, 2, false, Settings.DEFAULT);
        List<List<Object>> rows = List.of();
        for (Batch batch : batches) {
            rows = runner.step(batch).get(0).rows();
        }
        return rows.stream().map(Object::toString).sorted().toList();
    }

    private static String time(int minute) {
        return String.format("%02d:%02d", 10 + minute / 60, minute % 60);
    }

    private static List<List<Object>> bySorting(TreeMap<String, List<Integer>> times) {
        var rows = new ArrayList<List<Object>>();
        times.forEach((key, minutes) -> {
            minutes.sort(Comparator.naturalOrder());
            int start = 0;
            for (int i = 1; i <= minutes.size(); i++) {
                if (i == minutes.size() || minutes.get(i) - minutes.get(i - 1) > 5) {
                    rows.add(row(
                            window(time(minutes.get(start)), time(minutes.get(i - 1) + 5)), key, i - start, i - start));
                    start = i;
                }
            }
        });
        return sorted(rows);
    }

    private static List<List<Object>> sorted(List<List<Object>> rows) {
        var all = new ArrayList<>(rows);
        all.sort(Comparator.comparing(Object::toString));
        return all;
    }
}
