package org.tailrace.connect;

/** The order of numbers from the least to the greatest, equal ones as they came: a merge sort of their indices. */
final class StableOrder {
    private StableOrder() {}

    static int[] of(long[] keys) {
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int[] source = order;
        int[] target = new int[keys.length];
        for (long width = 1; width < keys.length; width *= 2) {
            for (long start = 0; start < keys.length; start += 2 * width) {
                int middle = (int) Math.min(start + width, keys.length);
                int end = (int) Math.min(start + 2 * width, keys.length);
                merge(keys, source, target, (int) start, middle, end);
            }
            int[] spare = source;
            source = target;
            target = spare;
        }
        return source;
    }

    private static void merge(long[] keys, int[] source, int[] target, int start, int middle, int end) {
        if (middle == end || keys[source[middle - 1]] <= keys[source[middle]]) {
            System.arraycopy(source, start, target, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = right == end || left < middle && keys[source[left]] <= keys[source[right]];
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }
}
