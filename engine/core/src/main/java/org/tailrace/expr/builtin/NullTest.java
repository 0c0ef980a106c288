package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code is null} and {@code is not null}. */
final class NullTest extends Described implements ScalarFunction {
    static final NullTest IS_NULL = new NullTest(
            List.of("isnull", "is null"), "isnull(value)", "Whether a value is NULL.", "isnull(NULL)", true);
    static final NullTest IS_NOT_NULL = new NullTest(
            List.of("isnotnull", "is not null"),
            "isnotnull(value)",
            "Whether a value is not NULL.",
            "isnotnull(1)",
            false);

    private final boolean ofNull;

    private NullTest(List<String> names, String signature, String doc, String example, boolean ofNull) {
        super(names, signature, doc, example);
        this.ofNull = ofNull;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 1) {
            throw TypeMismatch.wrongNumber("1 argument", arguments.size());
        }
        return new Signature(List.of(arguments.get(0).type()), DataType.BOOLEAN, false);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (vectors, count, out) -> {
            var bits = (BooleanVector) out;
            bits.prepare(count);
            Arrays.fill(bits.values, 0, count, !ofNull);
            if (vectors[0].validity != null) {
                for (int row = 0; row < count; row++) {
                    bits.values[row] = vectors[0].isNull(row) == ofNull;
                }
            }
        };
    }
}
