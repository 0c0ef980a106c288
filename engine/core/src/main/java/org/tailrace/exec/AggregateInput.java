package org.tailrace.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Evaluator;
import org.tailrace.expr.Typed;

/** Evaluates what an aggregation needs of its input rows. One per thread. */
final class AggregateInput {
    final AggregateRows rows;
    private final @Nullable Evaluator[] keys;
    private final Evaluator[][] arguments;
    private final @Nullable Evaluator[] filters;
    private final @Nullable Evaluator time;
    private final @Nullable Evaluator gap;
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
        this.keys = keys.stream().map(options::compile).toArray(Evaluator[]::new);
        arguments = new Evaluator[calls.size()][];
        filters = new @Nullable Evaluator[calls.size()];
        for (int a = 0; a < calls.size(); a++) {
            AggregateCall call = calls.get(a);
            arguments[a] = call.arguments().stream().map(options::compile).toArray(Evaluator[]::new);
            filters[a] = call.filter().map(options::compile).orElse(null);
        }
        this.time = time == null ? null : options.compile(time);
        this.gap = gap == null ? null : options.compile(gap);
    }

    void evaluate(VectorBatch batch) {
        rows.count = batch.size;
        for (int i = 0; i < keys.length; i++) {
            rows.keys[i] = keys[i].evaluate(batch);
        }
        for (int a = 0; a < arguments.length; a++) {
            Vector[] of = rows.arguments[a];
            for (int i = 0; i < of.length; i++) {
                of[i] = arguments[a][i].evaluate(batch);
            }
            Evaluator filter = filters[a];
            rows.filters[a] = filter == null ? null : filter.evaluate(batch);
        }
        times = time == null ? null : (LongVector) time.evaluate(batch);
        gaps = gap == null ? null : (LongVector) gap.evaluate(batch);
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
