package org.tailrace.expr;

import org.jspecify.annotations.Nullable;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** A vector of one value, filled once and lengthened as needed. */
final class ConstantEvaluator implements Evaluator {
    private final Vector one;
    private final Vector vector;
    private int filled;

    ConstantEvaluator(@Nullable Object value, DataType type, EvalContext context) {
        one = Vector.create(type);
        one.prepare(0);
        one.appendValue(value);
        if (value != null && type == DataType.STRING) {
            // As a code, so that what chooses between it and columns of codes can stay in codes.
            var text = (BytesVector) one;
            text.prepareCodes(1, context.dictionaries().constant(value, text));
            text.codes[0] = 0;
        }
        vector = Vector.create(type);
    }

    @Override
    public Vector evaluate(VectorBatch rows) {
        return of(rows.size);
    }

    boolean isNull() {
        return one.isNull(0);
    }

    Vector of(int count) {
        if (count > filled) {
            filled = Math.max(count, filled * 2);
            vector.gather(one, new int[filled], filled);
        }
        vector.size = count;
        vector.constant = true;
        return vector;
    }
}
