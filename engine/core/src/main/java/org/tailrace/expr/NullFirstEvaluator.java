package org.tailrace.expr;

import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.DataException;

/**
 * Evaluates a call that is NULL if an argument is. Spark looks at the arguments of a row in turn and stops at the first
 * NULL, so that a later one cannot fail there. Here each is evaluated for all rows at once, and only one that fails is
 * evaluated again, for the rows that the arguments before it leave open.
 */
final class NullFirstEvaluator implements Evaluator {
    private final Evaluator[] evaluators;
    private final int[] order;
    private final int[] needed;
    private final ScalarFunction.Kernel kernel;
    private final Typed.Apply apply;
    private final Vector[] arguments;
    private final Vector result;

    /** @param order of the arguments by number @param needed columns that they read */
    NullFirstEvaluator(
            Evaluator[] evaluators, int[] order, int[] needed, ScalarFunction.Kernel kernel, Typed.Apply apply) {
        this.evaluators = evaluators;
        this.order = order;
        this.needed = needed;
        this.kernel = kernel;
        this.apply = apply;
        arguments = new Vector[evaluators.length];
        result = Vector.create(apply.type());
    }

    @Override
    public Vector evaluate(VectorBatch rows) {
        for (int turn = 0; turn < order.length; turn++) {
            int argument = order[turn];
            try {
                arguments[argument] = evaluators[argument].evaluate(rows);
            } catch (DataException e) {
                arguments[argument] = open(turn, rows, e);
            }
        }
        kernel.evaluate(arguments, rows.size, result);
        return result;
    }

    /** The argument for the open rows, and NULL for the others. */
    private Vector open(int turn, VectorBatch rows, DataException failure) {
        int[] open = new int[rows.size];
        boolean[] isNull = new boolean[rows.size];
        int count = 0;
        for (int row = 0; row < rows.size; row++) {
            for (int i = 0; i < turn; i++) {
                isNull[row] |= arguments[order[i]].isNull(row);
            }
            if (!isNull[row]) {
                open[count++] = row;
            }
        }
        if (count == rows.size) {
            throw failure;
        }
        int argument = order[turn];
        Vector spread = Vector.create(apply.arguments().get(argument).type());
        spread.prepare(0);
        Vector values = count == 0 ? spread : evaluators[argument].evaluate(new Subset(needed).take(rows, open, count));
        int next = 0;
        for (int row = 0; row < rows.size; row++) {
            if (isNull[row]) {
                spread.appendValue(null);
            } else {
                spread.append(values, next++);
            }
        }
        return spread;
    }
}
