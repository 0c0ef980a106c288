package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code array_insert}: a NULL value becomes a NULL element, and so does what lies between the array and a place far off. */
final class ArrayInsert extends Described implements ScalarFunction {
    private static final int MOST = 10_000_000;

    ArrayInsert() {
        super(
                "array_insert",
                "array_insert(xs, position int, value)",
                "With a value put in so that it stands at a position, which counts from 1, or from the end if negative.",
                "array_insert(array(5, 3, 2, 1), -4, 4)");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 3) {
            throw TypeMismatch.wrongNumber("3 arguments", arguments.size());
        }
        DataType position = arguments.get(1).type();
        if (position == DataType.BIGINT || !position.isIntegral() && position != DataType.VOID) {
            throw new TypeMismatch("needs an int as its position, not " + position, 1);
        }
        DataType element = ArrayAppend.element(arguments.get(0), arguments.get(2), 2, context);
        DataType type = new DataType.Array(element, true);
        return new Signature(
                List.of(type, DataType.INT, element),
                type,
                arguments.get(0).nullable() || arguments.get(1).nullable());
    }

    @Override
    public boolean canFail() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (v, count, out) -> {
            var array = (ArrayVector) out;
            array.prepare(count);
            array.andValidity(v[0]);
            array.andValidity(v[1]);
            for (int row = 0; row < count; row++) {
                int start = array.elements.size;
                if (!array.isNull(row)) {
                    insert((ArrayVector) v[0], v[2], row, Cell.integer(v[1], row), array.elements);
                }
                array.set(row, start, array.elements.size);
            }
        };
    }

    private static void insert(ArrayVector xs, Vector value, int row, int position, Vector out) {
        int size = xs.end(row) - xs.start(row);
        if (position == 0) {
            throw Errors.argument("array_insert needs a position other than 0", "the first element has 1, the last -1");
        }
        // How many elements stand before the value; below 0, NULLs follow it.
        int before = position > 0 ? position - 1 : size + position + 1;
        if (Math.abs((long) before) > MOST) {
            throw Errors.argument("an array that reaches to position " + position + " is too long", "");
        }
        int from = xs.start(row);
        for (int k = 0; k < Math.min(before, size); k++) {
            out.append(xs.elements, from + k);
        }
        for (int k = size; k < before; k++) {
            out.appendValue(null);
        }
        out.append(value, row);
        for (int k = before; k < 0; k++) {
            out.appendValue(null);
        }
        for (int k = Math.max(before, 0); k < size; k++) {
            out.append(xs.elements, from + k);
        }
    }
}
