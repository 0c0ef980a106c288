package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;

/** {@code min} and {@code max}, and the value beside the least or greatest: {@code min_by} and {@code max_by}. */
final class Extreme extends Described implements AggregateFunction {
    static final List<Extreme> ALL = List.of(
            new Extreme("min", "min(value)", "The least value.", "min(x) from values (3), (1), (2) t(x)", false, false),
            new Extreme(
                    "max", "max(value)", "The greatest value.", "max(x) from values (3), (1), (2) t(x)", true, false),
            new Extreme(
                    "min_by",
                    "min_by(value, order)",
                    "The value in the row where the second argument is least.",
                    "min_by(a, x) from values ('a', 3), ('b', 1) t(a, x)",
                    false,
                    true),
            new Extreme(
                    "max_by",
                    "max_by(value, order)",
                    "The value in the row where the second argument is greatest.",
                    "max_by(a, x) from values ('a', 3), ('b', 1) t(a, x)",
                    true,
                    true));

    private final boolean greatest;
    private final boolean by;

    private Extreme(String name, String signature, String doc, String example, boolean greatest, boolean by) {
        super(name, signature, doc, example);
        this.greatest = greatest;
        this.by = by;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != (by ? 2 : 1)) {
            throw TypeMismatch.wrongNumber(by ? "2 arguments" : "1 argument", arguments.size());
        }
        DataType order = arguments.get(arguments.size() - 1).type();
        if (!Coercion.orderable(order)) {
            throw new TypeMismatch("needs values with an order, not " + order, arguments.size() - 1);
        }
        return new Signature(
                arguments.stream().map(Typed::type).toList(), arguments.get(0).type(), true);
    }

    @Override
    public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
        return by ? new ExtremesBy(result, arguments.get(1).type(), greatest) : new Extremes(result, greatest);
    }
}
