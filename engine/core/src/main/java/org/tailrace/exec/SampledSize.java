package org.tailrace.exec;

/**
 * About how many bytes many things take whose sizes differ: some of them, evenly spread, are measured, and measured again
 * now and then, so that asking costs nothing that grows with the state.
 */
final class SampledSize {
    private static final int SAMPLE = 32;
    private static final int ASKED_UNTIL_AGAIN = 64;

    private double each;
    private int sampledAt = -1;
    private int asked;

    /** Measures some of the things together. */
    @FunctionalInterface
    interface Measure {
        long bytes(int[] some, int count);
    }

    /** @param size there are things {@code 0 .. size-1} */
    long of(int size, Measure measure) {
        if (size == 0) {
            sampledAt = -1;
            return 0;
        }
        if (sampledAt < 0 || size > sampledAt + sampledAt / 8 || ++asked == ASKED_UNTIL_AGAIN) {
            asked = 0;
            sampledAt = size;
            int count = Math.min(size, SAMPLE);
            int[] some = new int[count];
            for (int i = 0; i < count; i++) {
                some[i] = (int) ((long) i * size / count);
            }
            each = (double) measure.bytes(some, count) / count;
        }
        return Math.round(each * size);
    }
}
