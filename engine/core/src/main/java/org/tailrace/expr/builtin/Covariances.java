package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;

/** Covariance, correlation and regression of two columns, from their co-moments; pairs with a NULL do not count. */
final class Covariances implements Accumulator {

    /** From count, co-moment and the two second moments, and the means, to the result. */
    interface Result {
        double of(double n, double xy, double xx, double yy, double meanX, double meanY);
    }

    /** Whether the result is NULL, from the count and the two second moments. */
    interface Missing {
        boolean test(double n, double xx, double yy);
    }

    private static final int WIDTH = 6;

    private final Missing missing;
    private final Result formula;
    /** Per group: n, mean x, mean y, Cxy, Mx, My. */
    private double[] moments = new double[0];

    Covariances(Missing missing, Result formula) {
        this.missing = missing;
        this.formula = formula;
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups * WIDTH > moments.length) {
            moments = Arrays.copyOf(moments, Math.max(groups * WIDTH, moments.length * 2));
        }
    }

    @Override
    public void reset(int group) {
        Arrays.fill(moments, group * WIDTH, (group + 1) * WIDTH, 0);
    }

    @Override
    public void add(int[] groups, Vector[] arguments, int count) {
        for (int row = 0; row < count; row++) {
            if (arguments[0].isNull(row) || arguments[1].isNull(row)) {
                continue;
            }
            double x = Cell.real(arguments[0], row);
            double y = Cell.real(arguments[1], row);
            int at = groups[row] * WIDTH;
            double n = moments[at] + 1;
            double dx = x - moments[at + 1];
            double dy = y - moments[at + 2];
            double meanX = moments[at + 1] + dx / n;
            double meanY = moments[at + 2] + dy / n;
            moments[at] = n;
            moments[at + 1] = meanX;
            moments[at + 2] = meanY;
            moments[at + 3] += dx * (y - meanY);
            moments[at + 4] += dx * (x - meanX);
            moments[at + 5] += dy * (y - meanY);
        }
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        double[] source = ((Covariances) other).moments;
        for (int i = 0; i < count; i++) {
            int a = into[i] * WIDTH;
            int b = from[i] * WIDTH;
            double n1 = moments[a];
            double n2 = source[b];
            if (n2 == 0) {
                continue;
            }
            double n = n1 + n2;
            double dx = source[b + 1] - moments[a + 1];
            double dy = source[b + 2] - moments[a + 2];
            moments[a] = n;
            moments[a + 1] += dx / n * n2;
            moments[a + 2] += dy / n * n2;
            moments[a + 3] += source[b + 3] + dx * dy / n * n1 * n2;
            moments[a + 4] += source[b + 4] + dx * dx / n * n1 * n2;
            moments[a + 5] += source[b + 5] + dy * dy / n * n1 * n2;
        }
    }

    @Override
    public void result(int[] groups, int count, Vector result) {
        var out = (DoubleVector) result;
        out.prepare(count);
        for (int i = 0; i < count; i++) {
            int at = groups[i] * WIDTH;
            if (missing.test(moments[at], moments[at + 4], moments[at + 5])) {
                out.setNull(i);
            } else {
                out.values[i] = formula.of(
                        moments[at],
                        moments[at + 3],
                        moments[at + 4],
                        moments[at + 5],
                        moments[at + 1],
                        moments[at + 2]);
            }
        }
    }

    @Override
    public List<DataType> stateTypes() {
        return java.util.Collections.nCopies(WIDTH, DataType.DOUBLE);
    }

    @Override
    public void save(int[] groups, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < WIDTH; k++) {
                ((DoubleVector) state[k]).append(moments[groups[i] * WIDTH + k], true);
            }
        }
    }

    @Override
    public void load(int[] groups, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < WIDTH; k++) {
                moments[groups[i] * WIDTH + k] = Cell.real(state[k], i);
            }
        }
    }
}
