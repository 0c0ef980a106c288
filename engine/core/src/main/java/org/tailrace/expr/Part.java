package org.tailrace.expr;

import org.jspecify.annotations.Nullable;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.DataException;

/**
 * A part of an expression that matters for some rows only. Where it is cheap it is evaluated for all of them, and if that
 * fails, from then on for those that matter alone.
 */
final class Part {
    private final Evaluator evaluator;
    private final boolean dear;
    private final boolean canFail;
    private final Subset subset;
    private boolean failed;

    /** @param needed the columns that it reads */
    Part(Evaluator evaluator, Typed expr, EvalContext context, int[] needed) {
        this.evaluator = evaluator;
        canFail = Traits.canFail(expr, context);
        // What depends on how often it is called must not depend on what failed before.
        dear = Traits.heavy(expr) || canFail && !Traits.deterministic(expr);
        subset = new Subset(needed);
    }

    /** The values of all rows; null if it is to be evaluated for some only. */
    @Nullable
    Vector whole(VectorBatch rows) {
        boolean ready = evaluator instanceof ConstantEvaluator
                || evaluator instanceof DictionaryEvaluator entries && entries.ready(rows)
                || !dear && !canFail;
        if (ready) {
            return evaluator.evaluate(rows);
        }
        if (dear || failed) {
            return null;
        }
        try {
            return evaluator.evaluate(rows);
        } catch (DataException e) {
            failed = true;
            return null;
        }
    }

    /** The values of the first {@code count} selected rows. */
    Vector some(VectorBatch rows, int[] selection, int count) {
        return evaluator.evaluate(count == rows.size ? rows : subset.take(rows, selection, count));
    }
}
