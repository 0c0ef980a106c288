package org.tailrace.exec;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** A growing list of ints. */
final class Ints {
    int[] values = new int[16];
    int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    void clear() {
        size = 0;
    }

    void forEach(IntConsumer consumer) {
        for (int i = 0; i < size; i++) {
            consumer.accept(values[i]);
        }
    }

    /** Becomes the same list as {@code other}, which must not be used any more. */
    void take(Ints other) {
        values = other.values;
        size = other.size;
    }

    /** Becomes the first {@code count} of these values, which are not copied. */
    void take(int[] array, int count) {
        values = array;
        size = count;
    }

    void sort() {
        Arrays.sort(values, 0, size);
    }

    /** Copies up to {@code target.length} values from {@code from} on; returns how many. */
    int copy(int from, int[] target) {
        int count = Math.min(size - from, target.length);
        System.arraycopy(values, from, target, 0, count);
        return count;
    }

    /** An array of at least {@code count} ints: {@code array} itself if it is long enough. */
    static int[] room(int[] array, int count) {
        return array.length >= count ? array : new int[Math.max(count, array.length * 2)];
    }

    static long[] room(long[] array, int count) {
        return array.length >= count ? array : new long[Math.max(count, array.length * 2)];
    }

    /** 0, 1, 2 … */
    static int[] sequence(int count) {
        return sequence(0, count);
    }

    static int[] sequence(int from, int count) {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = from + i;
        }
        return all;
    }

    /** Where {@code values} are negative; these become 0. */
    static int[] negative(int[] values) {
        int count = 0;
        for (int value : values) {
            count += value >>> 31;
        }
        int[] places = new int[count];
        for (int i = 0, at = 0; at < count; i++) {
            if (values[i] < 0) {
                values[i] = 0;
                places[at++] = i;
            }
        }
        return places;
    }
}
