package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code a between low and high}: both ends count. */
final class Between extends Described implements ScalarFunction {
    Between() {
        super("between", "a between low and high", "Whether low <= a and a <= high.", "2 between 1 and 3");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 3) {
            throw TypeMismatch.wrongNumber("3 arguments", arguments.size());
        }
        DataType type = Comparison.type(arguments.get(0), arguments.get(1), context);
        DataType last = arguments.get(2).type();
        DataType whole = Coercion.comparison(type, last, context.ansi())
                .orElseThrow(() -> new TypeMismatch("cannot compare " + type + " with " + last, 2));
        return new Signature(
                List.of(whole, whole, whole),
                DataType.BOOLEAN,
                arguments.stream().anyMatch(Typed::nullable));
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        Kernel compare = Comparison.kernel(
                Comparison.Test.LESS_OR_EQUAL, arguments.get(0).type());
        Kernel and = Logic.AND.bind(List.of(), result, context);
        var above = new BooleanVector(DataType.BOOLEAN);
        var below = new BooleanVector(DataType.BOOLEAN);
        return (vectors, count, out) -> {
            compare.evaluate(new Vector[] {vectors[1], vectors[0]}, count, above);
            compare.evaluate(new Vector[] {vectors[0], vectors[2]}, count, below);
            and.evaluate(new Vector[] {above, below}, count, out);
        };
    }
}
