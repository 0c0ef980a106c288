package org.tailrace.expr.builtin;

import java.util.Collections;
import java.util.List;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Choice;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Rows;
import org.tailrace.expr.ShortCircuit;
import org.tailrace.expr.TextChoice;
import org.tailrace.expr.Typed;

/** {@code coalesce(a, b, ..)}, {@code nvl(a, b)}: the first value that is not NULL. */
final class Coalesce extends Described implements ShortCircuit {
    static final Coalesce COALESCE = new Coalesce(
            "coalesce", "coalesce(value, ..)", "The first argument that is not NULL.", "coalesce(NULL, 2, 3)");
    static final Coalesce NVL = new Coalesce(
            "nvl ifnull",
            "nvl(value, otherwise)",
            "The first argument, or the second if that is NULL.",
            "nvl(NULL, 2)");

    private Coalesce(String names, String signature, String doc, String example) {
        super(names, signature, doc, example);
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.isEmpty() || this == NVL && arguments.size() != 2) {
            throw TypeMismatch.wrongNumber(this == NVL ? "2 arguments" : "at least 1 argument", arguments.size());
        }
        DataType type = commonType(arguments, 0, context);
        return new Signature(
                Collections.nCopies(arguments.size(), type),
                type,
                arguments.stream().allMatch(Typed::nullable));
    }

    /** The type that all arguments from {@code from} on convert to. */
    static DataType commonType(List<Typed> arguments, int from, EvalContext context) {
        DataType type = arguments.get(from).type();
        for (int i = from + 1; i < arguments.size(); i++) {
            DataType soFar = type;
            DataType next = arguments.get(i).type();
            type = Coercion.common(soFar, next, context.ansi())
                    .orElseThrow(() -> new TypeMismatch("needs values of one type, not " + soFar + " and " + next));
        }
        return type;
    }

    @Override
    public boolean settles(Vector argument, int row) {
        return !argument.isNull(row);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return new Kernel() {
            private int[] which = new int[0];
            private int[] identity = new int[0];
            private final TextChoice texts = new TextChoice(arguments, context);

            @Override
            public void evaluate(Vector[] vectors, int count, Vector out) {
                which = Rows.room(which, count);
                identity = Rows.identity(identity, count);
                for (int row = 0; row < count; row++) {
                    int i = 0;
                    while (i < vectors.length && vectors[i].isNull(row)) {
                        i++;
                    }
                    which[row] = i < vectors.length ? i : -1;
                }
                if (out instanceof BytesVector bytes) {
                    texts.take(vectors, which, identity, count, bytes);
                } else {
                    Choice.take(vectors, which, identity, count, out);
                }
            }
        };
    }
}
