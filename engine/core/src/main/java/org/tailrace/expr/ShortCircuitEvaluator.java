package org.tailrace.expr;

import java.util.Arrays;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** Evaluates each later argument that is dear or can fail only for the rows that the earlier ones leave open. */
final class ShortCircuitEvaluator implements Evaluator {
    private final Evaluator[] evaluators;
    private final boolean[] dear;
    private final ShortCircuit function;
    private final ScalarFunction.Kernel kernel;
    private final Subset[] subsets;
    private final Vector[] spread;
    private final Vector[] arguments;
    private final Vector result;
    private int[] open = new int[0];
    private int[] place = new int[0];

    ShortCircuitEvaluator(
            Evaluator[] evaluators,
            boolean[] dear,
            int[] needed,
            ShortCircuit function,
            ScalarFunction.Kernel kernel,
            Typed.Apply apply) {
        this.evaluators = evaluators;
        this.dear = dear;
        this.function = function;
        this.kernel = kernel;
        arguments = new Vector[evaluators.length];
        subsets = new Subset[evaluators.length];
        spread = new Vector[evaluators.length];
        for (int i = 0; i < evaluators.length; i++) {
            subsets[i] = new Subset(needed);
            spread[i] = Vector.create(apply.arguments().get(i).type());
        }
        result = Vector.create(apply.type());
    }

    @Override
    public Vector evaluate(VectorBatch rows) {
        int count = rows.size;
        open = Rows.room(open, count);
        place = Rows.room(place, count);
        for (int i = 0; i < count; i++) {
            open[i] = i;
        }
        int left = count;
        int used = 0;
        while (used < evaluators.length && (left > 0 || used == 0)) {
            Vector argument = left == count || !dear[used] ? evaluators[used].evaluate(rows) : some(used, rows, left);
            arguments[used++] = argument;
            int rest = 0;
            for (int i = 0; i < left; i++) {
                if (!function.settles(argument, open[i])) {
                    open[rest++] = open[i];
                }
            }
            left = rest;
        }
        kernel.evaluate(used == arguments.length ? arguments : Arrays.copyOf(arguments, used), count, result);
        return result;
    }

    /** The argument for the open rows; the others get any value. */
    private Vector some(int argument, VectorBatch rows, int left) {
        Vector values = evaluators[argument].evaluate(subsets[argument].take(rows, open, left));
        Arrays.fill(place, 0, rows.size, 0);
        for (int i = 0; i < left; i++) {
            place[open[i]] = i;
        }
        spread[argument].gather(values, place, rows.size);
        return spread[argument];
    }
}
