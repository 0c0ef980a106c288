package org.tailrace.expr;

import java.util.Arrays;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** Evaluates a later argument that is dear, or fails, only for the rows that the earlier ones leave open. */
final class ShortCircuitEvaluator implements Evaluator {
    private final Evaluator first;
    private final Part[] later;
    private final ShortCircuit function;
    private final ScalarFunction.Kernel kernel;
    private final Vector[] spread;
    private final Vector[] arguments;
    private final Vector result;
    private int[] open = new int[0];
    private int[] place = new int[0];

    ShortCircuitEvaluator(
            Evaluator first, Part[] later, ShortCircuit function, ScalarFunction.Kernel kernel, Typed.Apply apply) {
        this.first = first;
        this.later = later;
        this.function = function;
        this.kernel = kernel;
        arguments = new Vector[later.length + 1];
        spread = new Vector[later.length];
        for (int i = 0; i < later.length; i++) {
            spread[i] = Vector.create(apply.arguments().get(i + 1).type());
        }
        result = Vector.create(apply.type());
    }

    @Override
    public Vector evaluate(VectorBatch rows) {
        arguments[0] = first.evaluate(rows);
        int used = 1;
        int left = rows.size;
        // How many arguments have been asked which rows they settle: none until that is needed.
        int asked = 0;
        while (used < arguments.length) {
            Vector argument = later[used - 1].whole(rows);
            if (argument == null) {
                left = asked == 0 ? all(rows.size) : left;
                for (; asked < used; asked++) {
                    left = narrow(arguments[asked], left);
                }
                if (left == 0) {
                    break;
                }
                argument = some(used - 1, rows, left);
            }
            arguments[used++] = argument;
        }
        kernel.evaluate(used == arguments.length ? arguments : Arrays.copyOf(arguments, used), rows.size, result);
        return result;
    }

    private int all(int count) {
        open = Rows.room(open, count);
        for (int i = 0; i < count; i++) {
            open[i] = i;
        }
        return count;
    }

    private int narrow(Vector argument, int left) {
        int rest = 0;
        for (int i = 0; i < left; i++) {
            if (!function.settles(argument, open[i])) {
                open[rest++] = open[i];
            }
        }
        return rest;
    }

    /** The argument for the open rows; the others get any value. */
    private Vector some(int argument, VectorBatch rows, int left) {
        Vector values = later[argument].some(rows, open, left);
        if (left == rows.size) {
            return values;
        }
        place = Rows.room(place, rows.size);
        Arrays.fill(place, 0, rows.size, 0);
        for (int i = 0; i < left; i++) {
            place[open[i]] = i;
        }
        spread[argument].gather(values, place, rows.size);
        return spread[argument];
    }
}
