package org.tailrace.exec;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A bounded sample of distinct (event time, arrival time) pairs: those with the smallest hashes, so that neither the order
 * of the rows nor the number of threads that offer them changes it.
 */
final class PointSample {
    private static final int KEEP = 200;
    private static final int RECENT = 512;

    private record Point(long hash, long timeMicros, long arrivalMicros) {}

    @FunctionalInterface
    interface PointConsumer {
        void accept(long timeMicros, long arrivalMicros);
    }

    private static final Comparator<Point> ORDER = Comparator.comparingLong(Point::hash)
            .thenComparingLong(Point::timeMicros)
            .thenComparingLong(Point::arrivalMicros);

    private Point[] points = new Point[KEEP * 2];
    private int size;
    /** Points offered lately, by bits of their hash: coarse times come again and again. */
    private final @Nullable Point[] recent = new @Nullable Point[RECENT];

    private volatile long limit = Long.MAX_VALUE;

    /** What an arrival time adds to the hash: often the same for all rows of a batch. */
    static long salt(long arrivalMicros) {
        long h = arrivalMicros * 0xBF58476D1CE4E5B9L;
        return (h ^ h >>> 31) * 0x94D049BB133111EBL;
    }

    /** One multiplication, as every row of every batch is hashed; a golden ratio spreads even equally spaced times well. */
    static long hash(long timeMicros, long salt) {
        return timeMicros * 0x9E3779B97F4A7C15L ^ salt;
    }

    void clear() {
        Arrays.fill(points, null);
        Arrays.fill(recent, null);
        size = 0;
        limit = Long.MAX_VALUE;
    }

    /** Points with this hash or a greater one are not wanted. */
    long limit() {
        return limit;
    }

    void offer(long hash, long timeMicros, long arrivalMicros) {
        if (hash >= limit) {
            return;
        }
        int slot = (int) (hash >>> 20) & RECENT - 1;
        Point same = recent[slot];
        if (same != null && same.timeMicros() == timeMicros && same.arrivalMicros() == arrivalMicros) {
            return;
        }
        var point = new Point(hash, timeMicros, arrivalMicros);
        recent[slot] = point;
        points[size++] = point;
        if (size == points.length) {
            shrink();
        }
    }

    private void shrink() {
        Arrays.sort(points, 0, size, ORDER);
        int kept = 0;
        for (int i = 0; i < size && kept < KEEP; i++) {
            if (kept == 0 || !points[i].equals(points[kept - 1])) {
                points[kept++] = points[i];
            }
        }
        size = kept;
        if (size == KEEP) {
            limit = points[size - 1].hash() + 1;
        }
    }

    /** The sample by event time, then arrival. */
    void forEach(PointConsumer consumer) {
        shrink();
        Point[] byTime = Arrays.copyOf(points, size);
        Arrays.sort(byTime, Comparator.comparingLong(Point::timeMicros).thenComparingLong(Point::arrivalMicros));
        for (Point point : byTime) {
            consumer.accept(point.timeMicros(), point.arrivalMicros());
        }
    }
}
