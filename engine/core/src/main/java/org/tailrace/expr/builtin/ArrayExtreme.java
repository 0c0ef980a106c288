package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Ordering;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code array_max} and {@code array_min}; NULL elements are passed over. */
final class ArrayExtreme extends Described implements ScalarFunction {
    private final boolean greatest;

    ArrayExtreme(String name, String what, boolean greatest) {
        super(
                name,
                name + "(xs)",
                "The " + what + " element; NULLs are passed over.",
                name + "(array(1, 20, NULL, 3))");
        this.greatest = greatest;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 1) {
            throw TypeMismatch.wrongNumber("1 argument", arguments.size());
        }
        if (!(arguments.get(0).type() instanceof DataType.Array array) || !Coercion.orderable(array.element())) {
            throw new TypeMismatch(
                    "needs an array of values with an order, not "
                            + arguments.get(0).type(),
                    0);
        }
        return new Signature(List.of(array), array.element(), true);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (vectors, count, out) -> {
            var xs = (ArrayVector) vectors[0];
            out.prepare(0);
            for (int row = 0; row < count; row++) {
                int best = -1;
                for (int k = xs.start(row); !xs.isNull(row) && k < xs.end(row); k++) {
                    if (!xs.elements.isNull(k) && (best < 0 || beats(xs, k, best))) {
                        best = k;
                    }
                }
                if (best < 0) {
                    out.appendValue(null);
                } else {
                    out.append(xs.elements, best);
                }
            }
        };
    }

    private boolean beats(ArrayVector xs, int newcomer, int holder) {
        int order = Ordering.compare(xs.elements, newcomer, xs.elements, holder);
        return greatest ? order > 0 : order < 0;
    }
}
