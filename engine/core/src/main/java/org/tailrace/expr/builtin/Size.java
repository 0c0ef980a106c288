package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.MapVector;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code size(array or map)}: out of ANSI mode that of NULL is -1. */
final class Size extends Described implements ScalarFunction {
    private static final Shape SHAPE = new Shape("size(value array|map) -> int");

    Size() {
        super(
                "size cardinality",
                "size(value array|map) -> int",
                "How many elements an array or entries a map has; out of ANSI mode, -1 of NULL.",
                "size(array('b', 'd', 'c', 'a'))");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        Signature signature = SHAPE.resolve(arguments, context);
        return new Signature(signature.parameters(), DataType.INT, signature.nullable() && context.ansi());
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (v, count, out) -> {
            out.prepare(count);
            for (int row = 0; row < count; row++) {
                if (!v[0].isNull(row)) {
                    Cell.put(
                            out,
                            row,
                            v[0] instanceof ArrayVector a
                                    ? (long) a.end(row) - a.start(row)
                                    : (long) ((MapVector) v[0]).end(row) - ((MapVector) v[0]).start(row));
                } else if (context.ansi()) {
                    out.setNull(row);
                } else {
                    Cell.put(out, row, -1L);
                }
            }
        };
    }
}
