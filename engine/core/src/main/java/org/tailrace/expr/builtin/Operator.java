package org.tailrace.expr.builtin;

/** Addition, subtraction and multiplication of whole numbers, with their tests for overflow. */
enum Operator {
    ADD("try_add"),
    SUBTRACT("try_subtract"),
    MULTIPLY("try_multiply");

    final String attempt;

    Operator(String attempt) {
        this.attempt = attempt;
    }

    long apply(long a, long b) {
        return this == ADD ? a + b : this == SUBTRACT ? a - b : a * b;
    }

    /** Whether {@code result}, which {@link #apply} gave, is not the true one. */
    boolean overflows(long a, long b, long result) {
        if (this == ADD) {
            return ((a ^ result) & (b ^ result)) < 0;
        }
        if (this == SUBTRACT) {
            return ((a ^ b) & (a ^ result)) < 0;
        }
        long high = Math.multiplyHigh(a, b);
        return high != result >> 63;
    }
}
