package org.tailrace.expr;

import java.util.List;
import java.util.Optional;
import org.tailrace.data.DataType;

/** One aggregate of a query, over the input columns of its operator. */
public record AggregateCall(
        AggregateFunction function,
        List<Typed> arguments,
        boolean distinct,
        Optional<Typed> filter,
        DataType type,
        boolean nullable) {
    public AggregateCall {
        arguments = List.copyOf(arguments);
    }

    /**
     * An empty accumulator of this call. It is given the arguments of the rows that {@link #filter} lets pass; DISTINCT it
     * sees to itself.
     */
    public Accumulator accumulator(EvalContext context) {
        Accumulator plain = function.create(arguments, type, context);
        return distinct ? new DistinctAccumulator(plain, arguments) : plain;
    }
}
