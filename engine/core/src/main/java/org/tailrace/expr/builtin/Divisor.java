package org.tailrace.expr.builtin;

import java.math.BigInteger;

/**
 * Division of longs by one number above 1 that is known beforehand: a multiplication and a shift, several times as fast as
 * the processor's division (Hacker's Delight, 2nd edition, section 10-1).
 */
final class Divisor {
    private final long divisor;
    private final long factor;
    private final int shift;

    /** @param divisor above 1 */
    Divisor(long divisor) {
        this.divisor = divisor;
        // The least power p >= 63 with 2^p > limit × (d − 2^p mod d), where limit is the greatest number that is −1
        // modulo d.
        BigInteger d = BigInteger.valueOf(divisor);
        BigInteger two63 = BigInteger.ONE.shiftLeft(63);
        BigInteger limit = two63.subtract(BigInteger.ONE).subtract(two63.mod(d));
        int power = 63;
        BigInteger above = two63;
        do {
            power++;
            above = above.shiftLeft(1);
        } while (above.compareTo(limit.multiply(d.subtract(above.mod(d)))) <= 0);
        factor = above.add(d).subtract(above.mod(d)).divide(d).longValue();
        shift = power - 64;
    }

    /** {@code dividend / divisor}. */
    long quotient(long dividend) {
        long high = Math.multiplyHigh(factor, dividend);
        // A factor beyond 63 bits is negative as a long.
        long whole = factor < 0 ? high + dividend : high;
        return (whole >> shift) - (dividend >> 63);
    }

    /** {@code dividend % divisor}. */
    long remainder(long dividend) {
        return dividend - quotient(dividend) * divisor;
    }

    /** {@code Math.floorMod(dividend, divisor)}. */
    long modulus(long dividend) {
        long rest = remainder(dividend);
        return rest + (rest >> 63 & divisor);
    }
}
