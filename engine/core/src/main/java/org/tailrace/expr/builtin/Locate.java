package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code locate}: NULL of a text that is NULL, but 0 from a position that is, whatever the texts are. */
final class Locate extends Described implements ScalarFunction {
    private final Shape shape;

    Locate() {
        super(
                "locate position",
                "locate(search string, text string[, start int]) -> int",
                "Where the first text occurs in the second, from a position on; 0 if nowhere.",
                "locate('bar', 'foobarbar', 5)");
        shape = new Shape(signature());
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        Signature shaped = shape.resolve(arguments, context);
        boolean nullable = arguments.get(0).nullable() || arguments.get(1).nullable();
        return new Signature(shaped.parameters(), shaped.result(), nullable);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (v, count, out) -> {
            out.prepare(count);
            for (int i = 0; i < count; i++) {
                if (v.length > 2 && v[2].isNull(i)) {
                    Cell.put(out, i, 0L);
                } else if (v[0].isNull(i) || v[1].isNull(i)) {
                    out.setNull(i);
                } else {
                    int start = v.length > 2 ? Cell.integer(v[2], i) : 1;
                    Cell.put(out, i, (long) Texts.locate(Cell.text(v[0], i), Cell.text(v[1], i), start));
                }
            }
        };
    }
}
