package org.tailrace.expr;

import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/**
 * A compiled expression. The returned vector belongs to the evaluator (or is a column of the input) and is valid until
 * the next call. Not thread-safe: compile one per thread with {@code Evaluators.compile(Typed, EvalContext)}.
 */
public interface Evaluator {
    Vector evaluate(VectorBatch rows);
}
