package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Traits;
import org.tailrace.expr.Typed;

/** {@code sort_array(xs[, ascending])}: NULLs first if ascending, last if not. */
final class SortArray extends Described implements ScalarFunction {
    SortArray() {
        super(
                "sort_array",
                "sort_array(xs[, ascending])",
                "The elements in order; NULLs first if it ascends, else last.",
                "sort_array(array('b', 'd', NULL, 'c', 'a'), true)");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw TypeMismatch.wrongNumber("1 or 2 arguments", arguments.size());
        }
        DataType type = arguments.get(0).type();
        if (!(type instanceof DataType.Array array) || !Coercion.orderable(array.element())) {
            throw new TypeMismatch("needs an array of values with an order, not " + type, 0);
        }
        if (arguments.size() == 2 && !isConstant(arguments.get(1))) {
            throw new TypeMismatch("needs a constant: true for ascending, false for descending", 1);
        }
        return new Signature(
                arguments.size() == 1 ? List.of(type) : List.of(type, DataType.BOOLEAN),
                type,
                arguments.get(0).nullable());
    }

    private static boolean isConstant(Typed order) {
        return Traits.inputs(order).isEmpty() && Traits.deterministic(order);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return Strict.kernel(ArrayFunctions.filling((v, i, elements) -> {
            var xs = (ArrayVector) v[0];
            boolean ascending = v.length < 2 || Cell.truth(v[1], i);
            for (int k : ArrayFunctions.sorted(xs.elements, xs.start(i), xs.end(i), ascending, ascending)) {
                elements.append(xs.elements, k);
            }
        }));
    }
}
