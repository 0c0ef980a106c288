package org.tailrace.expr.builtin;

import java.util.List;
import java.util.function.LongBinaryOperator;
import org.tailrace.data.DataType;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code & | ^} of two whole numbers, of the wider one's type. */
final class BitFunction extends Described implements ScalarFunction {
    private final LongBinaryOperator operator;

    BitFunction(String name, String signature, String doc, String example, LongBinaryOperator operator) {
        super(name, signature, doc, example);
        this.operator = operator;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        DataType type = Coercion.common(left, right, context.ansi()).orElse(DataType.VOID);
        if (!type.isIntegral()) {
            throw new TypeMismatch("needs whole numbers, not " + left + " and " + right);
        }
        return new Signature(
                List.of(type, type),
                type,
                arguments.get(0).nullable() || arguments.get(1).nullable());
    }

    @Override
    public boolean nullIfAnyIsNull() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return Strict.kernel((v, i, out) ->
                Cell.put(out, i, operator.applyAsLong(Cell.whole(v[0], i), Cell.whole(v[1], i))));
    }
}
