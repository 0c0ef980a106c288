package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;

/**
 * Variance, deviation, skewness and kurtosis from central moments, updated and merged as Spark does (B. P. Welford 1962;
 * P. Pébay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments",
 * 2008).
 */
final class Moments implements Accumulator {

    /** From count, mean and central moments to the result. */
    interface Result {
        double of(double n, double m2, double m3, double m4);
    }

    private static final int WIDTH = 5;

    private final Result formula;
    private final int least;
    private final boolean spread;
    /** Per group: n, mean, m2, m3, m4. */
    private double[] moments = new double[0];

    /**
     * @param least rows without which the result is NULL
     * @param spread whether it is NULL, too, of values that are all the same
     */
    Moments(int least, boolean spread, Result formula) {
        this.least = least;
        this.spread = spread;
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
        var in = (DoubleVector) arguments[0];
        for (int row = 0, from = in.offset; row < count; row++, from++) {
            if (in.isNull(row)) {
                continue;
            }
            int at = groups[row] * WIDTH;
            double n = moments[at] + 1;
            double delta = in.values[from] - moments[at + 1];
            double part = delta / n;
            double oldM2 = moments[at + 2];
            double m2 = oldM2 + delta * (delta - part);
            double part2 = part * part;
            double delta2 = delta * delta;
            double m3 = moments[at + 3] - 3 * part * m2 + delta * (delta2 - part2);
            double m4 = moments[at + 4] - 4 * part * m3 - 6 * part2 * m2 + delta * (delta * delta2 - part * part2);
            moments[at] = n;
            moments[at + 1] += part;
            moments[at + 2] = m2;
            moments[at + 3] = m3;
            moments[at + 4] = m4;
        }
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        double[] source = ((Moments) other).moments;
        for (int i = 0; i < count; i++) {
            int a = into[i] * WIDTH;
            int b = from[i] * WIDTH;
            double n1 = moments[a];
            double n2 = source[b];
            double n = n1 + n2;
            if (n2 == 0) {
                continue;
            }
            double delta = source[b + 1] - moments[a + 1];
            double part = delta / n;
            double m2 = moments[a + 2] + source[b + 2] + delta * part * n1 * n2;
            double m3 = moments[a + 3]
                    + source[b + 3]
                    + part * part * delta * n1 * n2 * (n1 - n2)
                    + 3 * part * (n1 * source[b + 2] - n2 * moments[a + 2]);
            double m4 = moments[a + 4]
                    + source[b + 4]
                    + part * part * part * delta * n1 * n2 * (n1 * n1 - n1 * n2 + n2 * n2)
                    + 6 * part * part * (n1 * n1 * source[b + 2] + n2 * n2 * moments[a + 2])
                    + 4 * part * (n1 * source[b + 3] - n2 * moments[a + 3]);
            moments[a] = n;
            moments[a + 1] += part * n2;
            moments[a + 2] = m2;
            moments[a + 3] = m3;
            moments[a + 4] = m4;
        }
    }

    @Override
    public void result(int[] groups, int count, Vector result) {
        var out = (DoubleVector) result;
        out.prepare(count);
        for (int i = 0; i < count; i++) {
            int at = groups[i] * WIDTH;
            if (moments[at] < least || spread && moments[at + 2] == 0) {
                out.setNull(i);
            } else {
                out.values[i] = formula.of(moments[at], moments[at + 2], moments[at + 3], moments[at + 4]);
            }
        }
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE);
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
