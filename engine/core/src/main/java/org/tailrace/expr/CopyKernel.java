package org.tailrace.expr;

import org.tailrace.data.Vector;

/** Copies its argument, whose values mean the same under the result's type. */
final class CopyKernel implements ScalarFunction.Kernel {
    private int[] rows = new int[0];

    @Override
    public void evaluate(Vector[] arguments, int count, Vector result) {
        rows = Rows.identity(rows, count);
        result.gather(arguments[0], rows, count);
    }
}
