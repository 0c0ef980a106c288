package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Ordering;
import org.tailrace.expr.Typed;
import org.tailrace.expr.ValueKey;

/** {@code mode(value)}, and {@code mode() WITHIN GROUP (ORDER BY value)}, whose order decides between equally frequent values. */
final class Mode extends Described implements AggregateFunction {
    private enum Tie {
        ANY,
        LEAST,
        GREATEST
    }

    static final Mode FUNCTION = new Mode(Tie.ANY);

    private final Shape shape;
    private final Tie tie;

    private Mode(Tie tie) {
        super(
                "mode",
                "mode(value T) -> T?",
                "The most frequent value; of equally frequent ones, the one that Spark's hash table has first, or the first"
                        + " in the order of mode() WITHIN GROUP (ORDER BY value).",
                "mode(x) from values (1), (2), (2) t(x)");
        shape = new Shape(signature());
        this.tie = tie;
    }

    @Override
    public Optional<AggregateFunction> within(List<Expr.Order> order) {
        return order.size() == 1
                ? Optional.of(new Mode(order.get(0).ascending() ? Tie.LEAST : Tie.GREATEST))
                : Optional.empty();
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        return shape.resolve(arguments, context);
    }

    @Override
    public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
        return new Lists(result, ArrayList::new, tie == Tie.ANY ? Modes::mode : values -> most(values, result));
    }

    private @Nullable Object most(Collection<Object> values, DataType type) {
        Map<Object, Long> counts = new HashMap<>();
        for (Object value : values) {
            counts.merge(value, 1L, Long::sum);
        }
        Object best = null;
        long most = 0;
        for (Map.Entry<Object, Long> entry : counts.entrySet()) {
            long count = entry.getValue();
            if (best == null || count > most || count == most && before(entry.getKey(), best, type)) {
                most = count;
                best = entry.getKey();
            }
        }
        return ValueKey.value(best);
    }

    private boolean before(Object value, Object other, DataType type) {
        Vector both = Vector.create(type);
        both.prepare(0);
        both.appendValue(ValueKey.value(value));
        both.appendValue(ValueKey.value(other));
        int order = Ordering.compare(both, 0, both, 1);
        return tie == Tie.LEAST ? order < 0 : order > 0;
    }
}
