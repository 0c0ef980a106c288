package org.tailrace.exec;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.expr.Evaluator;
import org.tailrace.expr.Typed;

/** The key columns of one side of a join. NULL in a key that is not null-safe equals nothing. */
final class JoinKeys {
    private final List<Typed> expressions;
    private final Evaluator[] evaluators;
    private final List<Boolean> nullSafe;
    private final PlannerOptions options;

    JoinKeys(List<Typed> expressions, List<Boolean> nullSafe, PlannerOptions options) {
        this.expressions = expressions;
        this.nullSafe = nullSafe;
        this.options = options;
        evaluators = expressions.stream().map(options::compile).toArray(Evaluator[]::new);
    }

    /** The same for another thread. */
    JoinKeys copy() {
        return new JoinKeys(expressions, nullSafe, options);
    }

    GroupIndex index() {
        return index(0);
    }

    /** @param expected keys to make room for */
    GroupIndex index(int expected) {
        return new GroupIndex(types(), expected);
    }

    List<DataType> types() {
        return expressions.stream().map(Typed::type).toList();
    }

    Vector[] evaluate(VectorBatch rows) {
        Vector[] keys = new Vector[evaluators.length];
        for (int k = 0; k < keys.length; k++) {
            keys[k] = evaluators[k].evaluate(rows);
        }
        return keys;
    }

    /** Whether no row has a NULL by which it equals nothing. */
    boolean allEqual(Vector[] keys) {
        for (int k = 0; k < keys.length; k++) {
            if (!nullSafe.get(k) && keys[k].validity != null) {
                return false;
            }
        }
        return true;
    }

    /** Whether the row has a NULL by which it equals nothing. */
    boolean unequal(Vector[] keys, int row) {
        for (int k = 0; k < keys.length; k++) {
            if (!nullSafe.get(k) && keys[k].isNull(row)) {
                return true;
            }
        }
        return false;
    }

    /** Makes the number of each row that equals nothing −1. */
    void maskUnequal(Vector[] keys, int count, int[] ids) {
        if (allEqual(keys)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            ids[i] = unequal(keys, i) ? -1 : ids[i];
        }
    }
}
