package org.tailrace.render;

/** Round steps of time for an axis. */
final class Ticks {
    private static final long[] STEPS = {
        1,
        10,
        100,
        1000,
        2000,
        5000,
        10_000,
        15_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_800_000,
        3_600_000,
        7_200_000,
        10_800_000,
        21_600_000,
        43_200_000,
        86_400_000,
        172_800_000,
        604_800_000,
        1_209_600_000L,
        2_592_000_000L
    };

    private Ticks() {}

    /** The smallest round step that needs at most {@code most} ticks. */
    static long step(long range, int most) {
        for (long step : STEPS) {
            if (range / step <= most) {
                return step;
            }
        }
        long last = STEPS[STEPS.length - 1];
        return last * (range / (last * most) + 1);
    }

    static long first(long from, long step) {
        return -Math.floorDiv(-from, step) * step;
    }
}
