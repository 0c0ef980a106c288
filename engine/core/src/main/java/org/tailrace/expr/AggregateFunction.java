package org.tailrace.expr;

import java.util.List;
import java.util.Optional;
import org.tailrace.data.DataType;

/** A function from many rows to one value. */
public interface AggregateFunction extends Function {

    /**
     * The function as {@code WITHIN GROUP (ORDER BY ..)} makes it: its arguments are the keys of that clause, then those
     * between the parentheses.
     *
     * @return empty if it knows no such clause
     */
    default Optional<AggregateFunction> within(List<Expr.Order> order) {
        return Optional.empty();
    }

    /** An empty accumulator for arguments of exactly these types. */
    Accumulator create(List<Typed> arguments, DataType result, EvalContext context);
}
