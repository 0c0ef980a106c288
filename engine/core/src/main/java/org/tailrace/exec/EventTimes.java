package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.report.BadRow;
import org.tailrace.report.BatchReport.TimePoint;

/**
 * The event times of one watermarked input: the watermark that follows from them, and facts about one batch. Several
 * threads note the rows of a batch; what comes out does not depend on their order.
 */
final class EventTimes {

    /** Whether a row with this time is too late for the first operator that cares. */
    @FunctionalInterface
    interface LateTest {
        boolean late(long timeMicros, long watermarkMs);

        LateTest NEVER = (timeMicros, watermarkMs) -> false;
    }

    private static final int ASIDE_KEPT = 100;

    private final String source;
    private final long delayMs;
    private LateTest lateTest = LateTest.NEVER;

    private long watermarkMs;
    private long watermarkBeforeMs;

    private long batchTimeMs;
    private long lateWatermarkMs;
    private long rows;
    private long minMicros;
    private long maxMicros;
    private final PointSample points = new PointSample();
    private long asideRows;
    private final List<BadRow> aside = new ArrayList<>();

    EventTimes(String source, long delayMs) {
        this.source = source;
        this.delayMs = delayMs;
    }

    /** What the rows come from, for sentences. */
    String source() {
        return source;
    }

    long delayMs() {
        return delayMs;
    }

    void lateTest(LateTest test) {
        lateTest = test;
    }

    long watermarkMs() {
        return watermarkMs;
    }

    void restore(long ms) {
        watermarkMs = ms;
        watermarkBeforeMs = ms;
    }

    void begin(BatchContext context) {
        batchTimeMs = context.batchTimeMs();
        lateWatermarkMs = context.lateWatermarkMs();
        watermarkBeforeMs = watermarkMs;
        rows = 0;
        minMicros = Long.MAX_VALUE;
        maxMicros = Long.MIN_VALUE;
        points.clear();
        asideRows = 0;
        aside.clear();
    }

    long batchTimeMs() {
        return batchTimeMs;
    }

    /** A point is wanted only if its hash is below this. */
    long pointLimit() {
        return points.limit();
    }

    synchronized void note(long count, long min, long max) {
        rows += count;
        minMicros = Math.min(minMicros, min);
        maxMicros = Math.max(maxMicros, max);
    }

    synchronized void offer(long hash, long timeMicros, long arrivalMicros) {
        points.offer(hash, timeMicros, arrivalMicros);
    }

    /** A row that is too far in the future, and takes no part. */
    synchronized void keepAside(BadRow row) {
        asideRows++;
        if (aside.size() < ASIDE_KEPT) {
            aside.add(row);
        }
    }

    /** How many rows of the batch were kept aside. */
    long asideRows() {
        return asideRows;
    }

    List<BadRow> aside() {
        return aside;
    }

    /** The watermark before the batch. */
    long watermarkBeforeMs() {
        return watermarkBeforeMs;
    }

    /** Moves the watermark at the end of a batch. */
    void finish() {
        if (rows > 0) {
            watermarkMs = Math.max(watermarkMs, Math.floorDiv(maxMicros, 1000L) - delayMs);
        }
    }

    void rollback() {
        watermarkMs = watermarkBeforeMs;
    }

    boolean seen() {
        return rows > 0;
    }

    long minMs() {
        return Math.floorDiv(minMicros, 1000L);
    }

    long maxMs() {
        return Math.floorDiv(maxMicros, 1000L);
    }

    List<TimePoint> points() {
        var all = new ArrayList<TimePoint>();
        points.forEach((time, arrival) -> all.add(new TimePoint(
                Math.floorDiv(time, 1000L), Math.floorDiv(arrival, 1000L), lateTest.late(time, lateWatermarkMs))));
        return all;
    }
}
