package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code not}. */
final class Not extends Described implements ScalarFunction {
    Not() {
        super("not !", "not a", "The contrary of a condition; NULL if it is NULL.", "not (1 > 2)");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 1) {
            throw TypeMismatch.wrongNumber("1 argument", arguments.size());
        }
        DataType type = arguments.get(0).type();
        if (type != DataType.BOOLEAN && type != DataType.VOID && type != DataType.STRING) {
            throw new TypeMismatch("needs a condition, not " + type, 0);
        }
        return new Signature(
                List.of(DataType.BOOLEAN), DataType.BOOLEAN, arguments.get(0).nullable());
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (vectors, count, out) -> {
            var in = (BooleanVector) vectors[0];
            var bits = (BooleanVector) out;
            bits.prepare(count);
            for (int row = 0, at = in.offset; row < count; row++, at++) {
                bits.values[row] = !in.values[at];
            }
            bits.andValidity(in);
        };
    }
}
