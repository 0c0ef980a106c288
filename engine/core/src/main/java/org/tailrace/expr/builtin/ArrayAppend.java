package org.tailrace.expr.builtin;

import java.util.List;
import java.util.Optional;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code array_append} and {@code array_prepend}: a NULL value becomes a NULL element. */
final class ArrayAppend extends Described implements ScalarFunction {
    private final boolean before;

    ArrayAppend(String name, String doc, boolean before) {
        super(name, name + "(xs, value)", doc, name + "(array('b', 'd', 'c'), 'd')");
        this.before = before;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        DataType element = element(arguments.get(0), arguments.get(1), 1, context);
        DataType type = new DataType.Array(element, true);
        return new Signature(List.of(type, element), type, arguments.get(0).nullable());
    }

    /** The type of the elements of an array together with a value, which is the argument of that number. */
    static DataType element(Typed xs, Typed value, int argument, EvalContext context) {
        if (!(xs.type() instanceof DataType.Array array)) {
            throw new TypeMismatch("needs an array, not " + xs.type(), 0);
        }
        DataType type = value.type();
        boolean mixed = array.element() != DataType.VOID
                && type != DataType.VOID
                && (array.element() == DataType.STRING) != (type == DataType.STRING);
        return (mixed ? Optional.<DataType>empty() : Coercion.common(array.element(), type, context.ansi()))
                .orElseThrow(
                        () -> new TypeMismatch("needs a value of type " + array.element() + ", not " + type, argument));
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (vectors, count, out) -> {
            var xs = (ArrayVector) vectors[0];
            var array = (ArrayVector) out;
            array.prepare(count);
            array.andValidity(xs);
            for (int row = 0; row < count; row++) {
                int start = array.elements.size;
                if (!xs.isNull(row)) {
                    if (before) {
                        array.elements.append(vectors[1], row);
                    }
                    for (int k = xs.start(row); k < xs.end(row); k++) {
                        array.elements.append(xs.elements, k);
                    }
                    if (!before) {
                        array.elements.append(vectors[1], row);
                    }
                }
                array.set(row, start, array.elements.size);
            }
        };
    }
}
