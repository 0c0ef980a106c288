package org.tailrace.expr;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;

/** A function that takes lambdas, such as {@code transform(xs, x -> x * 2)}. */
public interface LambdaFunction extends ScalarFunction {

    /** A parameter of a lambda. */
    record Parameter(DataType type, boolean nullable) {}

    /**
     * The parameters that the lambda at {@code position} gets.
     *
     * @param arguments the typed arguments before it
     * @param parameters how many it has
     * @throws Function.TypeMismatch if no lambda of so many parameters can stand there
     */
    List<Parameter> lambda(List<Typed> arguments, int position, int parameters);

    /** The body of a lambda. The returned vector is valid until the next call. */
    interface Body {
        /** Evaluates {@code count} rows; row i belongs to row {@code parents[i]} of the rows that the function is on. */
        Vector evaluate(Vector[] parameters, int[] parents, int count);
    }

    interface LambdaKernel {
        /** @param bodies one per lambda, in order; {@code arguments} holds the other arguments, in order */
        void evaluate(Vector[] arguments, Body[] bodies, int count, Vector result);
    }

    LambdaKernel bindLambda(List<Typed> arguments, DataType result, EvalContext context);

    @Override
    default Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        throw new IllegalStateException(name() + " takes lambdas");
    }
}
