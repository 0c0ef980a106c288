package org.tailrace;

import java.time.Duration;

/** Between {@link Duration} and Spark's interval words. */
final class Durations {
    private Durations() {}

    static String text(Duration length) {
        long micros = Math.addExact(Math.multiplyExact(length.getSeconds(), 1_000_000L), length.getNano() / 1000);
        return micros % 1_000_000 == 0 ? micros / 1_000_000 + " seconds" : micros + " microseconds";
    }
}
