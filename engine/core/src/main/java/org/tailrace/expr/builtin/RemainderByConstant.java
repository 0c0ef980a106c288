package org.tailrace.expr.builtin;

import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.ScalarFunction;

/** Remainders and quotients of whole numbers by a constant above 1: nothing to test in the loop, and no division. */
final class RemainderByConstant implements ScalarFunction.Kernel {
    enum Kind {
        REMAINDER,
        /** From 0 to the divisor. */
        MODULUS,
        QUOTIENT
    }

    private final Kind kind;
    private final Divisor by;

    RemainderByConstant(Kind kind, long divisor) {
        this.kind = kind;
        by = new Divisor(divisor);
    }

    @Override
    public void evaluate(Vector[] arguments, int count, Vector result) {
        result.prepare(count);
        result.andValidity(arguments[0]);
        result.andValidity(arguments[1]);
        if (arguments[0] instanceof LongVector from) {
            longs(from.values, from.offset, ((LongVector) result).values, count);
        } else {
            var from = (IntVector) arguments[0];
            ints(from.values, from.offset, ((IntVector) result).values, count);
        }
    }

    private void longs(long[] from, int offset, long[] into, int count) {
        Divisor divisor = by;
        switch (kind) {
            case REMAINDER -> {
                for (int row = 0; row < count; row++) {
                    into[row] = divisor.remainder(from[offset + row]);
                }
            }
            case MODULUS -> {
                for (int row = 0; row < count; row++) {
                    into[row] = divisor.modulus(from[offset + row]);
                }
            }
            default -> {
                for (int row = 0; row < count; row++) {
                    into[row] = divisor.quotient(from[offset + row]);
                }
            }
        }
    }

    /** Quotients are of longs. */
    private void ints(int[] from, int offset, int[] into, int count) {
        Divisor divisor = by;
        if (kind == Kind.REMAINDER) {
            for (int row = 0; row < count; row++) {
                into[row] = (int) divisor.remainder(from[offset + row]);
            }
        } else {
            for (int row = 0; row < count; row++) {
                into[row] = (int) divisor.modulus(from[offset + row]);
            }
        }
    }
}
