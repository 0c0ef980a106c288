package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code elt(n, a, b, ..)}: the n-th of several texts, whatever the others are. */
final class Elt extends Described implements ScalarFunction {
    private static final Shape SHAPE = new Shape("elt(n int, values string...) -> string?");

    Elt() {
        super("elt", "elt(n int, values string...) -> string?", "The n-th of the texts.", "elt(1, 'scala', 'java')");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        return SHAPE.resolve(arguments, context);
    }

    @Override
    public boolean canFail() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (v, count, out) -> {
            out.prepare(count);
            for (int row = 0; row < count; row++) {
                int n = v[0].isNull(row) ? 0 : Cell.integer(v[0], row);
                boolean inside = n > 0 && n < v.length;
                if (inside && !v[n].isNull(row)) {
                    Cell.put(out, row, Cell.bytes(v[n], row));
                } else if (inside || v[0].isNull(row) || !context.ansi()) {
                    out.setNull(row);
                } else {
                    throw Errors.arrayIndex(n, v.length - 1);
                }
            }
        };
    }
}
