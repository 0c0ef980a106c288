package org.tailrace.expr.builtin;

import java.util.Collections;
import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code array(x, y, ..)}. */
final class MakeArray extends Described implements ScalarFunction {
    MakeArray() {
        super("array", "array(value, ..)", "An array of the values.", "array(1, 2, 3)");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        DataType type = arguments.isEmpty() ? DataType.VOID : Coalesce.commonType(arguments, 0, context);
        return new Signature(
                Collections.nCopies(arguments.size(), type),
                new DataType.Array(type, arguments.stream().anyMatch(Typed::nullable)),
                false);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (vectors, count, out) -> {
            var array = (ArrayVector) out;
            array.prepare(count);
            for (int row = 0; row < count; row++) {
                int start = array.elements.size;
                for (Vector vector : vectors) {
                    array.elements.append(vector, row);
                }
                array.set(row, start, array.elements.size);
            }
        };
    }
}
