package org.tailrace.testkit.golden;

import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.expr.Expr;
import org.tailrace.function.Emitter;
import org.tailrace.function.GroupFunction;
import org.tailrace.function.GroupState;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.StatefulSpec;
import org.tailrace.plan.TransformSpec;

/** The programs with keyed state that recordings name; they read {@code k string, v bigint, ts timestamp}. */
final class Programs {
    private static final Schema KEY = Schema.of(new Field("k", DataType.STRING));
    private static final Schema STATE = Schema.of(new Field("value", DataType.BIGINT));
    static final Schema OUTPUT = Schema.of(
            new Field("k", DataType.STRING), new Field("n", DataType.BIGINT), new Field("info", DataType.STRING));

    private Programs() {}

    static Plan apply(Plan plan, String name) {
        return switch (name) {
            case "mapGroupsWithState.runningSum" ->
                stateful(plan, name, StatefulSpec.Timeout.NONE, Optional.empty(), true, Programs::runningSum);
            case "flatMapGroupsWithState.eventTimeTimeout" ->
                stateful(
                        plan,
                        name,
                        StatefulSpec.Timeout.EVENT_TIME,
                        Optional.of(OutputMode.APPEND),
                        false,
                        Programs::eventTimeTimeout);
            case "flatMapGroupsWithState.update" ->
                stateful(
                        plan, name, StatefulSpec.Timeout.NONE, Optional.of(OutputMode.UPDATE), false, Programs::update);
            case "transformWithState.timers" ->
                processor(plan, name, StatefulSpec.Timeout.EVENT_TIME, Processors.TIMERS);
            case "transformWithState.collections" ->
                processor(plan, name, StatefulSpec.Timeout.NONE, Processors.COLLECTIONS);
            default -> throw new IllegalArgumentException("unknown program '" + name + "'");
        };
    }

    private static Plan stateful(
            Plan plan,
            String name,
            StatefulSpec.Timeout timeout,
            Optional<OutputMode> mode,
            boolean map,
            GroupFunction function) {
        return new Plan.Stateful(
                plan,
                new StatefulSpec(
                        name,
                        List.of(new Expr.Ref("k")),
                        Optional.empty(),
                        KEY,
                        STATE,
                        OUTPUT,
                        timeout,
                        mode,
                        map,
                        function));
    }

    private static Plan processor(Plan plan, String name, StatefulSpec.Timeout timeout, TransformSpec transform) {
        return new Plan.Stateful(
                plan,
                new StatefulSpec(
                        name,
                        List.of(new Expr.Ref("k")),
                        Optional.empty(),
                        KEY,
                        Schema.of(),
                        OUTPUT,
                        timeout,
                        Optional.empty(),
                        false,
                        (key, rows, state, out) -> {
                            throw new IllegalStateException("a processor is no function of groups");
                        },
                        Optional.of(transform),
                        Optional.empty()));
    }

    private static long held(GroupState<Row> state) {
        return state.get().map(row -> (Long) row.get(0)).orElse(0L);
    }

    private static Row state(long value) {
        return new Row(STATE, List.of(value));
    }

    private static Row out(@Nullable Object key, long n, String info) {
        return new Row(OUTPUT, Arrays.asList(key, n, info));
    }

    private static void runningSum(Row key, Iterator<Row> rows, GroupState<Row> state, Emitter<Row> out) {
        long sum = held(state);
        int count = 0;
        for (; rows.hasNext(); count++) {
            sum += (Long) rows.next().get("v");
        }
        state.set(state(sum));
        out.emit(out(key.get(0), sum, "rows=" + count));
    }

    private static void eventTimeTimeout(Row key, Iterator<Row> rows, GroupState<Row> state, Emitter<Row> out) {
        long count = held(state);
        if (state.timedOut()) {
            state.remove();
            out.emit(out(key.get(0), count, "timeout@wm=" + Instant.ofEpochMilli(state.watermarkMs())));
            return;
        }
        long newest = 0;
        for (; rows.hasNext(); count++) {
            newest = Math.max(newest, ((Instant) rows.next().get("ts")).toEpochMilli());
        }
        state.set(state(count));
        state.timeoutAtMs(newest + 5 * 60_000L);
    }

    private static void update(Row key, Iterator<Row> rows, GroupState<Row> state, Emitter<Row> out) {
        long sum = held(state);
        while (rows.hasNext()) {
            sum += (Long) rows.next().get("v");
            out.emit(out(key.get(0), sum, "step"));
        }
        if (sum >= 100) {
            state.remove();
            out.emit(out(key.get(0), 0, "reset"));
        } else {
            state.set(state(sum));
        }
    }
}
