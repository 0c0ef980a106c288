package org.tailrace.expr.builtin;

import java.util.Collections;
import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code a in (x, y, ..)}: TRUE if one equals, else NULL if one is NULL, else FALSE. */
final class In extends Described implements ScalarFunction {
    In() {
        super("in", "a in (x, ..)", "Whether a value equals one of several.", "2 in (1, 2, 3)");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() < 2) {
            throw TypeMismatch.wrongNumber("a value and a list", arguments.size());
        }
        DataType type = arguments.get(0).type();
        for (int i = 1; i < arguments.size(); i++) {
            DataType soFar = type;
            DataType next = arguments.get(i).type();
            // Not as =: out of ANSI mode all become text here if one is.
            type = Coercion.common(type, next, context.ansi())
                    .orElseThrow(() -> new TypeMismatch("cannot compare " + soFar + " with " + next));
        }
        return new Signature(
                Collections.nCopies(arguments.size(), type),
                DataType.BOOLEAN,
                arguments.stream().anyMatch(Typed::nullable));
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        Kernel equal = Comparison.kernel(Comparison.Test.EQUAL, arguments.get(0).type());
        var one = new BooleanVector(DataType.BOOLEAN);
        var pair = new Vector[2];
        return (vectors, count, out) -> {
            var bits = (BooleanVector) out;
            bits.prepare(count);
            java.util.Arrays.fill(bits.values, 0, count, false);
            var unknown = new boolean[count];
            pair[0] = vectors[0];
            for (int i = 1; i < vectors.length; i++) {
                pair[1] = vectors[i];
                equal.evaluate(pair, count, one);
                boolean nulls = one.validity != null;
                for (int row = 0; row < count; row++) {
                    if (nulls && one.isNull(row)) {
                        unknown[row] = true;
                    } else {
                        bits.values[row] |= one.values[row];
                    }
                }
            }
            for (int row = 0; row < count; row++) {
                if (unknown[row] && !bits.values[row]) {
                    bits.setNull(row);
                }
            }
        };
    }
}
