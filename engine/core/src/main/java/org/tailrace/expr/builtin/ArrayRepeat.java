package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code array_repeat}: NULL can be repeated too. */
final class ArrayRepeat extends Described implements ScalarFunction {
    /** Spark's limit. */
    private static final int LONGEST = Integer.MAX_VALUE - 15;

    ArrayRepeat() {
        super(
                "array_repeat",
                "array_repeat(value, times int) -> array",
                "The value so many times.",
                "array_repeat('123', 2)");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        Typed value = arguments.get(0);
        DataType times = arguments.get(1).type();
        if (times != DataType.INT && times != DataType.VOID) {
            throw new TypeMismatch("needs a number of times, not " + times, 1);
        }
        return new Signature(
                List.of(value.type(), DataType.INT),
                new DataType.Array(value.type(), value.nullable()),
                arguments.get(1).nullable());
    }

    @Override
    public boolean canFail() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (vectors, count, out) -> {
            var array = (ArrayVector) out;
            array.prepare(count);
            array.andValidity(vectors[1]);
            for (int row = 0; row < count; row++) {
                int start = array.elements.size;
                int times = array.isNull(row) ? 0 : Cell.integer(vectors[1], row);
                if (times > LONGEST) {
                    throw Errors.argument("an array of " + times + " elements is too long", "");
                }
                for (int k = 0; k < times; k++) {
                    array.elements.append(vectors[0], row);
                }
                array.set(row, start, array.elements.size);
            }
        };
    }
}
