package org.tailrace.exec;

import org.tailrace.env.Environment;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Evaluator;
import org.tailrace.expr.Typed;
import org.tailrace.plan.Settings;
import org.tailrace.spi.Backend.OnError;

/**
 * What {@link PhysicalPlanner} needs besides the plan.
 *
 * @param compiler makes evaluators, one per thread and use: {@code Evaluators::compile}
 * @param environment its scheduler runs chunks of a large batch side by side, its clock times the operators
 * @param vectorSize rows that operators work on at a time
 * @param onError what becomes of a row for which a user's function throws
 */
record PlannerOptions(
        Settings settings,
        EvalContext context,
        Compiler compiler,
        Environment environment,
        OnError onError,
        int vectorSize) {
    static final int VECTOR_SIZE = 4096;

    /** Makes the evaluator of an expression. */
    @FunctionalInterface
    interface Compiler {
        Evaluator compile(Typed expression, EvalContext context);
    }

    Evaluator compile(Typed expression) {
        return compiler.compile(expression, context);
    }
}
