package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.exec.PlanRunner.EVENTS;
import static org.tailrace.exec.PlanRunner.column;
import static org.tailrace.exec.PlanRunner.events;
import static org.tailrace.exec.PlanRunner.row;
import static org.tailrace.exec.PlanRunner.source;
import static org.tailrace.exec.PlanRunner.watermark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.error.UserCodeException;
import org.tailrace.function.GroupFunction;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;
import org.tailrace.plan.StatefulSpec;
import org.tailrace.plan.StatefulSpec.Timeout;
import org.tailrace.spi.Backend.OnError;

class KeyedStateTest {
    private static final Schema KEY = Schema.of(new Field("k", DataType.STRING, true));
    private static final Schema STATE = Schema.of(new Field("n", DataType.BIGINT, true));
    private static final Schema OUT =
            Schema.of(new Field("k", DataType.STRING, true), new Field("n", DataType.BIGINT, true));

    private static ResolvedPlan plan(Timeout timeout, GroupFunction function) {
        ResolvedPlan child = watermark(source("e", EVENTS), 2, 600_000);
        return new ResolvedPlan.Stateful(
                child,
                new StatefulSpec(
                        "runs",
                        List.of(),
                        Optional.empty(),
                        KEY,
                        STATE,
                        OUT,
                        timeout,
                        Optional.of(OutputMode.APPEND),
                        false,
                        function),
                List.of(column(child, 0)),
                PlanRunner.attributes(OUT));
    }

    private static Row n(long value) {
        return new Row(STATE, List.of(value));
    }

    /** Counts rows per key; emits the count when the key times out, five minutes after its last row of a batch. */
    private static void countUntilTimeout(
            Row key,
            java.util.Iterator<Row> rows,
            org.tailrace.function.GroupState<Row> state,
            org.tailrace.function.Emitter<Row> out) {
        long count = state.get().map(r -> (Long) r.get(0)).orElse(0L);
        if (state.timedOut()) {
            out.emit(new Row(OUT, java.util.Arrays.asList(key.get(0), count)));
            state.remove();
            return;
        }
        long latest = 0;
        while (rows.hasNext()) {
            Row row = rows.next();
            count++;
            latest = Math.max(latest, ((Instant) row.get(2)).toEpochMilli());
        }
        state.set(n(count));
        state.timeoutAtMs(latest + 300_000);
    }

    @Test
    void event_time_timeouts_wake_keys_when_the_watermark_has_passed_them() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            var runner = new PlanRunner(
                    plan(Timeout.EVENT_TIME, KeyedStateTest::countUntilTimeout),
                    OutputMode.APPEND,
                    2,
                    1,
                    crash,
                    Settings.DEFAULT);
            runner.step(events("a", 1, "12:01", "b", 2, "12:02", "a", 3, "12:07"));
            var two = runner.step(events("a", 4, "12:03", "b", 5, "12:12", "c", 6, "12:14"));
            assertEquals(3, two.get(0).stateRows());
            var three = runner.step(events("a", 7, "12:31"));
            assertEquals(List.of(), three.get(0).rows());
            assertEquals(List.of(row("b", 2), row("c", 1)), three.get(1).rows());
            assertEquals(1, three.get(1).stateRows());
            var late = runner.step(events("a", 8, "12:13", "a", 9, "12:32"));
            assertEquals(1, late.get(0).facts().droppedByWatermark());
            var last = runner.step(events("q", 1, "13:30"));
            assertEquals(List.of(row("a", 5)), last.get(1).rows());
        }
    }

    @Test
    void processing_time_timeouts_are_due_by_batch_time() throws Exception {
        var runner = new PlanRunner(
                plan(Timeout.PROCESSING_TIME, (key, rows, state, out) -> {
                    if (state.timedOut()) {
                        out.emit(new Row(OUT, java.util.Arrays.asList(key.get(0), state.batchTimeMs())));
                        state.remove();
                    } else {
                        state.set(n(1));
                        state.timeoutAfterMs(500);
                    }
                }),
                OutputMode.APPEND);
        runner.step(events("a", 1, "12:01"));
        assertEquals(1_000_501, runner.physical().nextTimeoutMs());
        assertTrue(runner.physical().needsNoDataBatch(0, 0, 1_000_501));
        runner.nowMs = 1_000_501;
        assertEquals(List.of(row("a", 1_000_501)), runner.run(true).rows());
        assertEquals(Long.MAX_VALUE, runner.physical().nextTimeoutMs());
    }

    private static final GroupFunction SUMS = (key, rows, state, out) -> {
        long sum = state.get().map(r -> (Long) r.get(0)).orElse(0L);
        while (rows.hasNext()) {
            long value = (Long) rows.next().get(1);
            sum += value;
            out.emit(new Row(OUT, java.util.Arrays.asList(key.get(0), sum)));
            state.set(n(sum));
            if (value == 13) {
                throw new IllegalStateException("unlucky");
            }
        }
    };

    @Test
    void an_exception_names_batch_and_row_and_leaves_the_state() throws Exception {
        var runner = new PlanRunner(plan(Timeout.NONE, SUMS), OutputMode.APPEND);
        runner.step(events("a", 1, "12:01"));
        var failure =
                assertThrows(UserCodeException.class, () -> runner.fail(events("a", 2, "12:02", "a", 13, "12:03")));
        assertTrue(failure.getMessage().contains("unlucky"), failure.getMessage());
        assertTrue(failure.getMessage().contains("13"), failure.getMessage());
        assertEquals(
                List.of(row("a", 4)),
                runner.step(events("a", 3, "12:02")).get(0).rows());
    }

    @Test
    void a_skipped_row_is_as_if_it_had_not_been_there() throws Exception {
        var runner = new PlanRunner(
                plan(Timeout.NONE, SUMS), OutputMode.APPEND, 2, 1, false, Settings.DEFAULT, OnError.KEEP);
        var batch = runner.step(events("a", 1, "12:01", "a", 13, "12:02", "b", 13, "12:02", "a", 2, "12:03"))
                .get(0);
        assertEquals(List.of(row("a", 1), row("a", 3)), batch.rows());
        assertEquals(2, batch.facts().skippedRows());
        assertEquals(2, batch.facts().badSamples().size());
        assertEquals(1, batch.stateRows());
    }

    /** As {@link #SUMS}, and the sum starts anew after a 7. */
    private static final GroupFunction RESTARTED_SUMS = (key, rows, state, out) -> {
        var seen = new boolean[1];
        SUMS.apply(
                key,
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return rows.hasNext();
                    }

                    @Override
                    public Row next() {
                        Row row = rows.next();
                        seen[0] |= row.get(1).equals(7L);
                        return row;
                    }
                },
                state,
                out);
        if (seen[0]) {
            state.remove();
        }
    };

    /** What the function must give, by a map of sums. */
    private static List<List<Object>> expected(List<Object> values, Map<Object, Long> sums) {
        var byKey = new LinkedHashMap<Object, List<Long>>();
        for (int i = 0; i < values.size(); i += 3) {
            byKey.computeIfAbsent(values.get(i), k -> new ArrayList<>()).add((Long) values.get(i + 1));
        }
        var rows = new ArrayList<List<Object>>();
        byKey.forEach((key, all) -> {
            for (long value : all) {
                if (value != 13) {
                    sums.merge(key, value, Long::sum);
                    rows.add(row(key, sums.get(key)));
                }
            }
            if (all.contains(7L)) {
                sums.remove(key);
            }
        });
        return rows;
    }

    @Test
    void keys_get_their_rows_in_order_whatever_vectors_they_come_in_and_failed_batches_and_crashes_change_nothing()
            throws Exception {
        for (long seed = 1; seed <= 12; seed++) {
            var random = new Random(seed);
            var runner = new PlanRunner(
                    plan(Timeout.NONE, RESTARTED_SUMS),
                    OutputMode.APPEND,
                    new int[] {1, 3, 64}[(int) seed % 3],
                    1,
                    seed % 2 == 0,
                    Settings.DEFAULT,
                    OnError.KEEP);
            var sums = new HashMap<Object, Long>();
            for (int batch = 0; batch < 6; batch++) {
                var values = new ArrayList<Object>();
                for (int i = random.nextInt(100); i > 0; i--) {
                    values.add(random.nextInt(9) == 0 ? null : "k" + random.nextInt(20));
                    values.add((long) random.nextInt(20));
                    values.add("12:00");
                }
                Batch rows = events(values.toArray());
                if (random.nextInt(3) == 0) {
                    runner.fail(rows);
                }
                var outcome = runner.step(rows).get(0);
                assertEquals(expected(values, sums), outcome.rows(), "seed " + seed);
                assertEquals(sums.size(), outcome.stateRows(), "seed " + seed);
            }
        }
    }
}
