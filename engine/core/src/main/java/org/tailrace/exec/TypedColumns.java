package org.tailrace.exec;

import java.util.BitSet;
import org.tailrace.expr.Typed;

/** Which input columns an expression reads. */
final class TypedColumns {
    private TypedColumns() {}

    static void collect(Typed expression, BitSet columns) {
        if (expression instanceof Typed.Input input) {
            columns.set(input.ordinal());
        } else if (expression instanceof Typed.Apply apply) {
            apply.arguments().forEach(a -> collect(a, columns));
        } else if (expression instanceof Typed.Cast cast) {
            collect(cast.child(), columns);
        } else if (expression instanceof Typed.Case cases) {
            cases.branches().forEach(b -> {
                collect(b.condition(), columns);
                collect(b.value(), columns);
            });
            cases.otherwise().ifPresent(o -> collect(o, columns));
        } else if (expression instanceof Typed.Lambda lambda) {
            collect(lambda.body(), columns);
        }
    }

    static BitSet all(int count) {
        var columns = new BitSet();
        columns.set(0, count);
        return columns;
    }
}
