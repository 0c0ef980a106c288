package org.tailrace.expr;

import java.util.List;
import org.tailrace.data.DataType;

/** A function that is short for an expression of others, such as {@code if(c, a, b)} for a CASE. Never bound. */
public interface Rewriting extends ScalarFunction {

    /** @param arguments already of the parameters' types */
    Typed rewrite(List<Typed> arguments, DataType result, boolean nullable);

    @Override
    default Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        throw new IllegalStateException(name() + " is rewritten");
    }
}
