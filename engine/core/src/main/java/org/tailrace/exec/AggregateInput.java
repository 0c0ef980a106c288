package org.tailrace.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Evaluator;
import org.tailrace.expr.Traits;
import org.tailrace.expr.Typed;

/** Evaluates what an aggregation needs of its input rows. One per thread. */
final class AggregateInput {
    private static final int NONE = -1;

    final AggregateRows rows;
    private final List<Evaluator> evaluators = new ArrayList<>();
    private final Vector[] values;
    /** Which of {@link #evaluators} computes what; aggregates that ask for the same have the same vector. */
    private final int[] keys;

    private final int[][] arguments;
    private final int[] filters;
    private final int time;
    private final int gap;
    private @Nullable LongVector times;
    private @Nullable LongVector gaps;

    /** @param time puts rows into windows; {@code gap} is that of session windows */
    AggregateInput(
            List<Typed> keys,
            List<AggregateCall> calls,
            @Nullable Typed time,
            @Nullable Typed gap,
            PlannerOptions options) {
        rows = new AggregateRows(keys, calls);
        Map<Typed, Integer> known = new HashMap<>();
        this.keys = keys.stream().mapToInt(k -> place(k, known, options)).toArray();
        arguments = new int[calls.size()][];
        filters = new int[calls.size()];
        for (int a = 0; a < calls.size(); a++) {
            AggregateCall call = calls.get(a);
            arguments[a] = call.arguments().stream()
                    .mapToInt(t -> place(t, known, options))
                    .toArray();
            filters[a] = call.filter().map(t -> place(t, known, options)).orElse(NONE);
        }
        this.time = time == null ? NONE : place(time, known, options);
        this.gap = gap == null ? NONE : place(gap, known, options);
        values = new Vector[evaluators.size()];
    }

    private int place(Typed expression, Map<Typed, Integer> known, PlannerOptions options) {
        Integer place = known.get(expression);
        if (place == null) {
            place = evaluators.size();
            evaluators.add(options.compile(expression));
            if (Traits.deterministic(expression)) {
                known.put(expression, place);
            }
        }
        return place;
    }

    void evaluate(VectorBatch batch) {
        rows.count = batch.size;
        for (int e = 0; e < values.length; e++) {
            values[e] = evaluators.get(e).evaluate(batch);
        }
        for (int i = 0; i < keys.length; i++) {
            rows.keys[i] = values[keys[i]];
        }
        for (int a = 0; a < arguments.length; a++) {
            for (int i = 0; i < arguments[a].length; i++) {
                rows.arguments[a][i] = values[arguments[a][i]];
            }
            rows.filters[a] = filters[a] == NONE ? null : values[filters[a]];
        }
        times = time == NONE ? null : (LongVector) values[time];
        gaps = gap == NONE ? null : (LongVector) values[gap];
    }

    LongVector times() {
        if (times == null) {
            throw new IllegalStateException("no window");
        }
        return times;
    }

    LongVector gaps() {
        if (gaps == null) {
            throw new IllegalStateException("no session window");
        }
        return gaps;
    }
}
