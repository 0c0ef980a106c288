package org.tailrace.expr;

import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** A vector of one value, filled once and lengthened as needed. */
final class ConstantEvaluator implements Evaluator {
    private final Vector one;
    private final Vector vector;
    private int filled;

    ConstantEvaluator(@Nullable Object value, DataType type) {
        one = Vector.create(type);
        one.prepare(0);
        one.appendValue(value);
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
