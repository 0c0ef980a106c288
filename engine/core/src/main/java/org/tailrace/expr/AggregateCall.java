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
}
