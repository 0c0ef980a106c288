package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.exec.PlanRunner.column;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.DataType;
import org.tailrace.data.Row;
import org.tailrace.plan.Attribute;
import org.tailrace.plan.JoinType;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;

class JoinChunksTest {
    private static final int LARGE = Chunk.ROWS + 3000;
    /** Rows of the left and of the right side of each batch: both large, either, none. */
    private static final int[][] SIZES = {{LARGE, 2 * LARGE}, {100, LARGE}, {LARGE, 10}, {50, 60}};

    private static ResolvedPlan join(long delayMinutes) {
        return JoinTest.join(JoinType.INNER, JoinTest.side("l", delayMinutes), JoinTest.side("r", delayMinutes), true);
    }

    private static ResolvedPlan counts(ResolvedPlan join) {
        return new ResolvedPlan.Aggregate(
                join,
                List.of(column(join, 0)),
                Optional.empty(),
                List.of(TestAggregates.count(), TestAggregates.last(column(join, 4))),
                List.of(
                        new Attribute("k", DataType.STRING, true, List.of(), OptionalLong.empty()),
                        new Attribute("n", DataType.BIGINT, true, List.of(), OptionalLong.empty()),
                        new Attribute("last", DataType.BIGINT, true, List.of(), OptionalLong.empty())));
    }

    private static Batch rows(Random random, int count, long from) {
        var builder = new BatchBuilder(PlanRunner.EVENTS);
        for (int i = 0; i < count; i++) {
            builder.addRow(Arrays.asList(
                    random.nextInt(100) == 0 ? null : "k" + random.nextInt(20_000),
                    (long) i,
                    random.nextInt(100) == 0 ? null : (Object) Instant.ofEpochSecond(from + random.nextInt(3600))));
        }
        return builder.build();
    }

    /** What the batches give, and what they leave, on so many cores. */
    private static List<Object> facts(ResolvedPlan plan, OutputMode mode, int vectorSize, int cores) throws Exception {
        var runner = new PlanRunner(plan, mode, vectorSize, cores, false, Settings.DEFAULT);
        var random = new Random(5);
        var all = new ArrayList<Object>();
        long from = 10_000;
        for (int[] sizes : SIZES) {
            Batch left = rows(random, sizes[0], from);
            for (PlanRunner.Outcome outcome : runner.step(left, rows(random, sizes[1], from))) {
                all.add(outcome.rows());
                all.add(outcome.facts().droppedByWatermark());
                all.add(outcome.facts().lateSamples());
                all.add(outcome.stateRows());
                all.add(outcome.nextWatermarkMs());
                all.add(outcome.facts().operators().stream()
                        .map(o -> List.of(o.inputRows(), o.outputRows(), o.updated(), o.removed()))
                        .toList());
            }
            from += 3000;
        }
        return all;
    }

    @Test
    void neither_cores_nor_vectors_show_in_rows_or_state() throws Exception {
        List<Object> expected = facts(join(10), OutputMode.APPEND, 4096, 1);
        assertEquals(expected, facts(join(10), OutputMode.APPEND, 4096, 3));
        assertEquals(expected, facts(join(10), OutputMode.APPEND, 1000, 2));
        List<Object> counted = facts(counts(join(10)), OutputMode.UPDATE, 4096, 1);
        assertEquals(counted, facts(counts(join(10)), OutputMode.UPDATE, 700, 3));
    }

    private static boolean pair(Row left, Row right) {
        return left.get(0) != null
                && left.get(0).equals(right.get(0))
                && left.get(2) instanceof Instant from
                && right.get(2) instanceof Instant at
                && !at.isBefore(from)
                && !at.isAfter(from.plusSeconds(600));
    }

    /** Pairs by brute force: the batch's left rows with all right ones before, its right rows with all left ones. */
    private static List<String> pairs(List<Row> left, List<Row> right) {
        Map<Object, List<Row>> byKey = new HashMap<>();
        for (Row row : right) {
            byKey.computeIfAbsent(row.get(0), k -> new ArrayList<>()).add(row);
        }
        var found = new ArrayList<String>();
        for (Row row : left) {
            for (Row other : byKey.getOrDefault(row.get(0), List.of())) {
                if (pair(row, other)) {
                    var values = new ArrayList<Object>(row.values());
                    values.addAll(other.values());
                    found.add(values.toString());
                }
            }
        }
        return found;
    }

    @Test
    void each_pair_comes_out_once_in_the_batch_of_its_later_row() throws Exception {
        var runner = new PlanRunner(join(1000), OutputMode.APPEND, 2000, 2, false, Settings.DEFAULT);
        var random = new Random(9);
        var allLeft = new ArrayList<Row>();
        var allRight = new ArrayList<Row>();
        int total = 0;
        for (int[] sizes : SIZES) {
            Batch left = rows(random, sizes[0], 10_000);
            Batch right = rows(random, sizes[1], 10_000);
            List<String> expected = pairs(left.rows(), allRight);
            allLeft.addAll(left.rows());
            expected.addAll(pairs(allLeft, right.rows()));
            allRight.addAll(right.rows());
            expected.sort(null);
            List<String> found = new ArrayList<>();
            runner.run(false, left, right).rows().forEach(row -> found.add(row.toString()));
            found.sort(null);
            assertEquals(expected, found);
            total += found.size();
        }
        assertTrue(total > LARGE, "only " + total);
    }

    @Test
    void rows_meet_a_table_in_their_order_on_any_number_of_cores() throws Exception {
        var random = new Random(7);
        Batch table = rows(random, 30_000, 10_000);
        Batch large = rows(random, LARGE, 10_000);
        for (JoinType type : List.of(JoinType.INNER, JoinType.LEFT, JoinType.ANTI)) {
            ResolvedPlan plan =
                    JoinTest.join(type, JoinTest.side("l", 10), new ResolvedPlan.Values(table, columns(table)), true);
            var small = new PlanRunner(plan, OutputMode.APPEND, 4096, 1, false, Settings.DEFAULT);
            var expected = new ArrayList<List<Object>>();
            for (int from = 0; from < LARGE; from += 20_000) {
                expected.addAll(small.run(
                                false,
                                Batch.of(PlanRunner.EVENTS, large.rows().subList(from, Math.min(LARGE, from + 20_000))))
                        .rows());
            }
            assertTrue(expected.size() > 1000, type + " " + expected.size());
            for (int cores : new int[] {1, 3}) {
                var runner = new PlanRunner(plan, OutputMode.APPEND, 1000, cores, false, Settings.DEFAULT);
                assertEquals(expected, runner.run(false, large).rows(), type + " on " + cores);
                assertEquals(expected, runner.run(false, large).rows(), type + " again");
            }
        }
    }

    private static List<Attribute> columns(Batch table) {
        return table.schema().fields().stream()
                .map(f -> new Attribute(f.name(), f.type(), true, List.of(), OptionalLong.empty()))
                .toList();
    }

    @Test
    void a_failed_large_batch_leaves_no_trace() throws Exception {
        var random = new Random(4);
        Batch[] first = {rows(random, 500, 10_000), rows(random, 500, 10_000)};
        Batch[] large = {rows(random, LARGE, 13_000), rows(random, LARGE, 13_000)};
        Batch[] last = {rows(random, LARGE, 13_500), rows(random, 700, 13_500)};
        var clean = new PlanRunner(join(10), OutputMode.APPEND, 4096, 2, false, Settings.DEFAULT);
        clean.step(first);
        var failed = new PlanRunner(join(10), OutputMode.APPEND, 4096, 2, false, Settings.DEFAULT);
        failed.step(first);
        failed.fail(large);
        PlanRunner.Outcome expected = clean.step(last).get(0);
        PlanRunner.Outcome found = failed.step(last).get(0);
        assertEquals(expected.rows(), found.rows());
        assertEquals(expected.stateRows(), found.stateRows());
    }
}
