package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Validity bits: bit i is set if value i is present. A null array means that all are. */
public final class Bits {
    private Bits() {}

    public static int words(int bits) {
        return (bits + 63) >>> 6;
    }

    public static boolean get(long[] bits, int index) {
        return (bits[index >>> 6] & (1L << index)) != 0;
    }

    public static void set(long[] bits, int index) {
        bits[index >>> 6] |= 1L << index;
    }

    public static void clear(long[] bits, int index) {
        bits[index >>> 6] &= ~(1L << index);
    }

    /** All of the first {@code count} bits set. */
    public static long[] allSet(int count) {
        long[] bits = new long[words(count)];
        Arrays.fill(bits, -1L);
        return bits;
    }

    /** Copies {@code count} bits from {@code from} on to the start of {@code target}, which has room for them. */
    public static void copy(long[] source, int from, long[] target, int count) {
        int words = words(count);
        int word = from >>> 6;
        int shift = from & 63;
        if (shift == 0) {
            System.arraycopy(source, word, target, 0, words);
            return;
        }
        for (int i = 0; i < words; i++) {
            long low = source[word + i] >>> shift;
            long high = word + i + 1 < source.length ? source[word + i + 1] << (64 - shift) : 0;
            target[i] = low | high;
        }
    }

    /** {@code target &= other}, over {@code count} bits. */
    public static void and(long[] target, long[] other, int count) {
        for (int i = 0, words = words(count); i < words; i++) {
            target[i] &= other[i];
        }
    }

    /** How many of the first {@code count} bits are not set. */
    public static int countClear(long @Nullable [] bits, int count) {
        if (bits == null) {
            return 0;
        }
        int set = 0;
        for (int i = 0, full = count >>> 6; i < full; i++) {
            set += Long.bitCount(bits[i]);
        }
        if ((count & 63) != 0) {
            set += Long.bitCount(bits[count >>> 6] & ((1L << count) - 1));
        }
        return count - set;
    }
}
