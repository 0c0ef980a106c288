package org.tailrace.expr.builtin;

import org.tailrace.data.DoubleVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.ScalarFunction;

/** {@code + - *} of doubles and floats. */
final class RealArithmetic implements ScalarFunction.Kernel {
    private final Operator operator;
    private final boolean single;

    RealArithmetic(Operator operator, boolean single) {
        this.operator = operator;
        this.single = single;
    }

    @Override
    public void evaluate(Vector[] arguments, int count, Vector result) {
        var left = (DoubleVector) arguments[0];
        var right = (DoubleVector) arguments[1];
        var out = (DoubleVector) result;
        out.prepare(count);
        double[] a = left.values;
        double[] b = right.values;
        double[] c = out.values;
        int i = left.offset;
        int j = right.offset;
        switch (operator) {
            case ADD -> {
                for (int row = 0; row < count; row++) {
                    c[row] = a[i + row] + b[j + row];
                }
            }
            case SUBTRACT -> {
                for (int row = 0; row < count; row++) {
                    c[row] = a[i + row] - b[j + row];
                }
            }
            default -> {
                for (int row = 0; row < count; row++) {
                    c[row] = a[i + row] * b[j + row];
                }
            }
        }
        if (single) {
            for (int row = 0; row < count; row++) {
                c[row] = (float) c[row];
            }
        }
        out.andValidity(left);
        out.andValidity(right);
    }
}
