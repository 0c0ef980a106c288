package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Decimals;
import org.tailrace.expr.ScalarFunction;

/** {@code + - *} of decimals: on longs where no result needs more than 18 digits, else exactly and rounded half up. */
final class DecimalArithmetic {
    private DecimalArithmetic() {}

    static ScalarFunction.Kernel bind(
            Operator operator,
            DataType.Decimal left,
            DataType.Decimal right,
            DataType.Decimal result,
            Overflow overflow) {
        int exactScale =
                operator == Operator.MULTIPLY ? left.scale() + right.scale() : Math.max(left.scale(), right.scale());
        if (result.precision() <= DataType.Decimal.LONG_PRECISION && exactScale == result.scale()) {
            return new Small(operator, left, right, result);
        }
        return Strict.kernel((arguments, row, out) -> {
            BigDecimal a = Decimals.get(arguments[0], row);
            BigDecimal b = Decimals.get(arguments[1], row);
            BigDecimal c =
                    operator == Operator.ADD ? a.add(b) : operator == Operator.SUBTRACT ? a.subtract(b) : a.multiply(b);
            Decimals.setOrFail(out, row, c, overflow == Overflow.FAIL);
        });
    }

    /** The result's type has room for every result, so that nothing can overflow. */
    private static final class Small implements ScalarFunction.Kernel {
        private final Operator operator;
        private final long leftFactor;
        private final long rightFactor;

        Small(Operator operator, DataType.Decimal left, DataType.Decimal right, DataType.Decimal result) {
            this.operator = operator;
            boolean product = operator == Operator.MULTIPLY;
            leftFactor = product ? 1 : Decimals.tenTo(result.scale() - left.scale());
            rightFactor = product ? 1 : Decimals.tenTo(result.scale() - right.scale());
        }

        @Override
        public void evaluate(Vector[] arguments, int count, Vector result) {
            var left = (LongVector) arguments[0];
            var right = (LongVector) arguments[1];
            var out = (LongVector) result;
            out.prepare(count);
            long[] a = left.values;
            long[] b = right.values;
            long[] c = out.values;
            int i = left.offset;
            int j = right.offset;
            switch (operator) {
                case ADD -> {
                    for (int row = 0; row < count; row++) {
                        c[row] = a[i + row] * leftFactor + b[j + row] * rightFactor;
                    }
                }
                case SUBTRACT -> {
                    for (int row = 0; row < count; row++) {
                        c[row] = a[i + row] * leftFactor - b[j + row] * rightFactor;
                    }
                }
                default -> {
                    for (int row = 0; row < count; row++) {
                        c[row] = a[i + row] * b[j + row];
                    }
                }
            }
            out.andValidity(left);
            out.andValidity(right);
        }
    }
}
