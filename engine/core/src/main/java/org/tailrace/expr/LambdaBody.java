package org.tailrace.expr;

import org.jspecify.annotations.Nullable;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** A compiled lambda over the rows of its function: repeats the outer columns it reads, and puts its parameters after. */
final class LambdaBody implements LambdaFunction.Body {
    /** The columns set aside for the parameters of one lambda. */
    static final int MOST_PARAMETERS = 4;

    private final Evaluator body;
    private final int[] outer;
    private final int base;
    private final VectorBatch elements;
    private final @Nullable Vector[] copies;

    VectorBatch rows = new VectorBatch();

    /** @param outer the columns of the rows around that the body reads; @param base the column of its first parameter */
    LambdaBody(Evaluator body, int[] outer, int base) {
        this.body = body;
        this.outer = outer;
        this.base = base;
        elements = new VectorBatch(new Vector[base + MOST_PARAMETERS]);
        copies = new Vector[base];
    }

    @Override
    public Vector evaluate(Vector[] parameters, int[] parents, int count) {
        for (int column : outer) {
            Vector source = rows.columns[column];
            Vector copy = copies[column];
            if (copy == null) {
                copy = Vector.create(source.type);
                copies[column] = copy;
            }
            copy.gather(source, parents, count);
            elements.columns[column] = copy;
        }
        System.arraycopy(parameters, 0, elements.columns, base, parameters.length);
        elements.size = count;
        return body.evaluate(elements);
    }
}
