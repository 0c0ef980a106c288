package org.tailrace.expr.builtin;

import org.tailrace.data.DataType;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Errors;
import org.tailrace.expr.ScalarFunction;

/**
 * {@code + - *} of whole numbers. The loops compute all rows, also those under NULL, and only note whether any overflowed;
 * the rows are looked at again if one did.
 */
final class WholeArithmetic {
    private WholeArithmetic() {}

    static final class Longs implements ScalarFunction.Kernel {
        private final Operator operator;
        private final Overflow overflow;

        Longs(Operator operator, Overflow overflow) {
            this.operator = operator;
            this.overflow = overflow;
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
            long bad = 0;
            switch (operator) {
                case ADD -> {
                    for (int row = 0; row < count; row++) {
                        long x = a[i + row];
                        long y = b[j + row];
                        long z = x + y;
                        c[row] = z;
                        bad |= (x ^ z) & (y ^ z);
                    }
                }
                case SUBTRACT -> {
                    for (int row = 0; row < count; row++) {
                        long x = a[i + row];
                        long y = b[j + row];
                        long z = x - y;
                        c[row] = z;
                        bad |= (x ^ y) & (x ^ z);
                    }
                }
                default -> {
                    long wrong = 0;
                    for (int row = 0; row < count; row++) {
                        long x = a[i + row];
                        long y = b[j + row];
                        long z = x * y;
                        c[row] = z;
                        wrong |= Math.multiplyHigh(x, y) ^ (z >> 63);
                    }
                    bad = wrong == 0 ? 0 : -1;
                }
            }
            out.andValidity(left);
            out.andValidity(right);
            if (bad < 0 && overflow != Overflow.WRAP) {
                for (int row = 0; row < count; row++) {
                    if (!out.isNull(row) && operator.overflows(a[i + row], b[j + row], c[row])) {
                        fail(operator, overflow, DataType.BIGINT, out, row);
                    }
                }
            }
        }
    }

    static final class Ints implements ScalarFunction.Kernel {
        private final Operator operator;
        private final Overflow overflow;
        private final DataType type;
        private final int shift;

        Ints(Operator operator, Overflow overflow, DataType type) {
            this.operator = operator;
            this.overflow = overflow;
            this.type = type;
            shift = type == DataType.INT ? 32 : type == DataType.SMALLINT ? 48 : 56;
        }

        @Override
        public void evaluate(Vector[] arguments, int count, Vector result) {
            var left = (IntVector) arguments[0];
            var right = (IntVector) arguments[1];
            var out = (IntVector) result;
            out.prepare(count);
            int[] a = left.values;
            int[] b = right.values;
            int[] c = out.values;
            int i = left.offset;
            int j = right.offset;
            long bad = 0;
            switch (operator) {
                case ADD -> {
                    for (int row = 0; row < count; row++) {
                        long z = (long) a[i + row] + b[j + row];
                        long low = z << shift >> shift;
                        c[row] = (int) low;
                        bad |= z ^ low;
                    }
                }
                case SUBTRACT -> {
                    for (int row = 0; row < count; row++) {
                        long z = (long) a[i + row] - b[j + row];
                        long low = z << shift >> shift;
                        c[row] = (int) low;
                        bad |= z ^ low;
                    }
                }
                default -> {
                    for (int row = 0; row < count; row++) {
                        long z = (long) a[i + row] * b[j + row];
                        long low = z << shift >> shift;
                        c[row] = (int) low;
                        bad |= z ^ low;
                    }
                }
            }
            out.andValidity(left);
            out.andValidity(right);
            if (bad != 0 && overflow != Overflow.WRAP) {
                for (int row = 0; row < count; row++) {
                    if (!out.isNull(row) && operator.apply(a[i + row], b[j + row]) != c[row]) {
                        fail(operator, overflow, type, out, row);
                    }
                }
            }
        }
    }

    private static void fail(Operator operator, Overflow overflow, DataType type, Vector out, int row) {
        if (overflow == Overflow.FAIL) {
            throw Errors.overflow(type, operator.attempt);
        }
        out.setNull(row);
    }
}
