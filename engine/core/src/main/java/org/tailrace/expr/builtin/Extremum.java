package org.tailrace.expr.builtin;

import java.util.Collections;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Choice;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Ordering;
import org.tailrace.expr.Rows;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code greatest} and {@code least} of several arguments. */
final class Extremum extends Described implements ScalarFunction {
    private final boolean greatest;

    Extremum(String name, String doc, boolean greatest) {
        super(name, name + "(a, b, ..)", doc, name + "(10, 9, NULL, 2)");
        this.greatest = greatest;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() < 2) {
            throw TypeMismatch.wrongNumber("at least 2 arguments", arguments.size());
        }
        DataType type = Coalesce.commonType(arguments, 0, context);
        // Out of ANSI mode, where other functions take text beside anything, Spark's do not.
        boolean texts = arguments.stream().anyMatch(a -> a.type() == DataType.STRING);
        if (!context.ansi()
                && texts
                && arguments.stream().anyMatch(a -> a.type() != DataType.STRING && a.type() != DataType.VOID)) {
            throw new TypeMismatch("needs values of one type, and not text among others");
        }
        if (!Coercion.orderable(type)) {
            throw new TypeMismatch("needs values with an order, not " + type);
        }
        return new Signature(
                Collections.nCopies(arguments.size(), type),
                type,
                arguments.stream().allMatch(Typed::nullable));
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return new Kernel() {
            private int[] which = new int[0];
            private int[] identity = new int[0];

            @Override
            public void evaluate(Vector[] vectors, int count, Vector out) {
                which = Rows.room(which, count);
                identity = Rows.identity(identity, count);
                for (int row = 0; row < count; row++) {
                    int best = -1;
                    for (int i = 0; i < vectors.length; i++) {
                        if (!vectors[i].isNull(row) && (best < 0 || beats(vectors[i], vectors[best], row))) {
                            best = i;
                        }
                    }
                    which[row] = best;
                }
                Choice.take(vectors, which, identity, count, out);
            }

            private boolean beats(Vector newcomer, Vector holder, int row) {
                int order = Ordering.compare(newcomer, row, holder, row);
                return greatest ? order > 0 : order < 0;
            }
        };
    }
}
