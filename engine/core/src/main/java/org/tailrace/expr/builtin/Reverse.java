package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code reverse} of a text or an array. */
final class Reverse extends Described implements ScalarFunction {
    Reverse() {
        super(
                "reverse",
                "reverse(text or array)",
                "The characters or elements from the last to the first.",
                "reverse('Spark SQL')");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 1) {
            throw TypeMismatch.wrongNumber("1 argument", arguments.size());
        }
        DataType type = arguments.get(0).type();
        if (!(type instanceof DataType.Array)) {
            if (!Coercion.implicit(type, DataType.STRING)) {
                throw new TypeMismatch("needs a text or an array, not " + type, 0);
            }
            type = DataType.STRING;
        }
        return new Signature(List.of(type), type, arguments.get(0).nullable());
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        if (result == DataType.STRING) {
            return Strict.kernel((v, i, out) -> Cell.put(
                    out, i, new StringBuilder(Cell.text(v[0], i)).reverse().toString()));
        }
        return Strict.kernel(ArrayFunctions.filling((v, i, elements) -> {
            var xs = (ArrayVector) v[0];
            for (int k = xs.end(i) - 1; k >= xs.start(i); k--) {
                elements.append(xs.elements, k);
            }
        }));
    }
}
