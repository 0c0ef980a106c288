package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tailrace.exec.PlanRunner.column;
import static org.tailrace.exec.PlanRunner.source;
import static org.tailrace.exec.PlanRunner.watermark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.plan.Attribute;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;
import org.tailrace.plan.WindowSpec;

class ChunkTest {
    private static final Schema ROWS = Schema.of(
            new Field("k", DataType.STRING, true),
            new Field("v", DataType.BIGINT, true),
            new Field("d", DataType.DOUBLE, true),
            new Field("ts", DataType.TIMESTAMP, true));

    private static Attribute attribute(String name, DataType type) {
        return new Attribute(name, type, true, List.of(), OptionalLong.empty());
    }

    private static ResolvedPlan plan(boolean windowed) {
        ResolvedPlan child = watermark(source("e", ROWS), 3, 60_000);
        var calls = List.of(
                TestAggregates.count(),
                TestAggregates.last(column(child, 1)),
                TestAggregates.doubleSum(column(child, 2)));
        var results = List.of(
                attribute("n", DataType.BIGINT), attribute("l", DataType.BIGINT), attribute("d", DataType.DOUBLE));
        var output = new ArrayList<Attribute>();
        if (!windowed) {
            output.add(attribute("k", DataType.STRING));
            output.addAll(results);
            return new ResolvedPlan.Aggregate(child, List.of(column(child, 0)), Optional.empty(), calls, output);
        }
        output.add(new Attribute(
                "window",
                new DataType.Struct(Schema.of(
                        new Field("start", DataType.TIMESTAMP, true), new Field("end", DataType.TIMESTAMP, true))),
                false,
                List.of(),
                OptionalLong.of(60_000)));
        output.add(attribute("k", DataType.STRING));
        output.addAll(results);
        return new ResolvedPlan.Aggregate(
                child,
                List.of(column(child, 3), column(child, 0)),
                Optional.of(new ResolvedPlan.Aggregate.GroupWindow(
                        0, new WindowSpec.Sliding(600_000_000L, 300_000_000L, 0))),
                calls,
                output);
    }

    private static Batch rows(Random random, int count, long from) {
        var builder = new BatchBuilder(ROWS);
        for (int i = 0; i < count; i++) {
            builder.addRow(java.util.Arrays.asList(
                    "k" + random.nextInt(50),
                    (long) i,
                    random.nextDouble() * 1e6,
                    random.nextInt(100) == 0 ? null : (Object) Instant.ofEpochSecond(from + random.nextInt(1200))));
        }
        return builder.build();
    }

    private static List<Object> run(boolean windowed, int vectorSize, int cores, OutputMode mode) throws Exception {
        var runner = new PlanRunner(plan(windowed), mode, vectorSize, cores, false, Settings.DEFAULT);
        var random = new Random(3);
        var all = new ArrayList<Object>();
        for (long from : new long[] {10_000, 10_600, 9_000}) {
            for (PlanRunner.Outcome outcome : runner.step(rows(random, Chunk.ROWS * 2 + 1234, from))) {
                all.add(outcome.rows());
                all.add(outcome.facts().droppedByWatermark());
                all.add(outcome.facts().lateInputRows());
                all.add(outcome.facts().lateSamples());
                all.add(outcome.facts().nullEventTimes());
                all.add(outcome.facts().points());
                all.add(outcome.facts().windows());
                all.add(outcome.stateRows());
                all.add(outcome.nextWatermarkMs());
                all.add(outcome.facts().operators().stream()
                        .map(o -> o.inputRows())
                        .toList());
            }
        }
        return all;
    }

    @Test
    void the_answer_depends_neither_on_the_cores_nor_on_the_size_of_vectors() throws Exception {
        for (boolean windowed : new boolean[] {false, true}) {
            OutputMode mode = OutputMode.UPDATE;
            List<Object> expected = run(windowed, 4096, 1, mode);
            assertEquals(expected, run(windowed, 4096, 3, mode));
            assertEquals(expected, run(windowed, 1000, 2, mode));
            assertEquals(expected, run(windowed, 97, 1, mode));
        }
    }

    /** The newest count and last value by window and key; sums of doubles depend on what is added first. */
    private static Map<List<Object>, List<Object>> newest(int vectorSize, int cores, List<Batch> batches)
            throws Exception {
        var runner = new PlanRunner(plan(true), OutputMode.UPDATE, vectorSize, cores, false, Settings.DEFAULT);
        var newest = new LinkedHashMap<List<Object>, List<Object>>();
        for (Batch batch : batches) {
            for (List<Object> row : runner.run(false, batch).rows()) {
                newest.put(row.subList(0, 2), row.subList(2, 4));
            }
        }
        return newest;
    }

    @Test
    void slices_of_sorted_times_give_what_small_batches_give() throws Exception {
        var random = new Random(11);
        int count = Chunk.ROWS * 3;
        var all = new ArrayList<Row>();
        for (int i = 0; i < count; i++) {
            long second = 10_000 + i * 3_000L / count + (i % 1000 == 0 ? random.nextInt(50) : 0);
            all.add(new Row(
                    ROWS,
                    java.util.Arrays.asList(
                            "k" + random.nextInt(50),
                            (long) i,
                            1.0,
                            i % 777 == 0 ? null : (Object) Instant.ofEpochSecond(second))));
        }
        var small = new ArrayList<Batch>();
        for (int i = 0; i < count; i += 4096) {
            small.add(Batch.of(ROWS, all.subList(i, Math.min(count, i + 4096))));
        }
        Map<List<Object>, List<Object>> expected = newest(4096, 1, small);
        List<Batch> large = List.of(Batch.of(ROWS, all));
        assertEquals(expected, newest(4096, 2, large));
        assertEquals(expected, newest(333, 1, large));
    }

    @Test
    void rows_without_state_come_out_in_their_order_on_any_number_of_cores() throws Exception {
        ResolvedPlan plan = watermark(source("e", ROWS), 3, 60_000);
        Batch large = rows(new Random(6), Chunk.ROWS * 3 + 17, 10_000);
        List<List<Object>> expected = large.rows().stream()
                .map(row -> (List<Object>) new ArrayList<Object>(row.values()))
                .toList();
        for (int cores : new int[] {1, 2, 5}) {
            var runner = new PlanRunner(plan, OutputMode.APPEND, 1000, cores, false, Settings.DEFAULT);
            PlanRunner.Outcome outcome = runner.run(false, large);
            assertEquals(expected, outcome.rows());
            assertEquals(large.size(), outcome.facts().resultRows());
            assertEquals(
                    List.of((long) large.size(), (long) large.size()),
                    outcome.facts().operators().stream()
                            .map(o -> o.outputRows())
                            .toList());
        }
    }

    @Test
    void a_failed_large_batch_leaves_no_trace() throws Exception {
        var random = new Random(4);
        Batch first = rows(random, 1000, 10_000);
        Batch large = rows(random, Chunk.ROWS + 5000, 10_300);
        Batch last = rows(random, 1000, 10_500);
        var clean = new PlanRunner(plan(true), OutputMode.UPDATE, 4096, 2, false, Settings.DEFAULT);
        clean.step(first);
        var failed = new PlanRunner(plan(true), OutputMode.UPDATE, 4096, 2, false, Settings.DEFAULT);
        failed.step(first);
        failed.fail(large);
        assertEquals(clean.step(last).get(0).rows(), failed.step(last).get(0).rows());
    }
}
