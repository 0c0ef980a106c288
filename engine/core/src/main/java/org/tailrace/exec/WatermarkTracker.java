package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tailrace.report.BatchReport.TimePoint;

/**
 * The watermark of a query from those of its watermarked inputs: the smallest, or by policy the greatest. Each starts at
 * 0, moves at the end of a batch and never back. An input without a watermark takes no part.
 */
final class WatermarkTracker {
    private final List<EventTimes> inputs = new ArrayList<>();
    private final boolean greatest;

    WatermarkTracker(boolean greatest) {
        this.greatest = greatest;
    }

    EventTimes add(String source, long delayMs) {
        var times = new EventTimes(source, delayMs);
        inputs.add(times);
        return times;
    }

    List<EventTimes> inputs() {
        return inputs;
    }

    /** The query's watermark is the greatest of its inputs', and not the smallest. */
    boolean greatest() {
        return greatest;
    }

    boolean any() {
        return !inputs.isEmpty();
    }

    void begin(BatchContext context) {
        inputs.forEach(i -> i.begin(context));
    }

    void finish() {
        inputs.forEach(EventTimes::finish);
    }

    void rollback() {
        inputs.forEach(EventTimes::rollback);
    }

    long next(long usedMs) {
        var each = inputs.stream().mapToLong(EventTimes::watermarkMs);
        return Math.max(usedMs, (greatest ? each.max() : each.min()).orElse(usedMs));
    }

    long[] values() {
        return inputs.stream().mapToLong(EventTimes::watermarkMs).toArray();
    }

    void restore(long[] watermarksMs) {
        for (int i = 0; i < inputs.size() && i < watermarksMs.length; i++) {
            inputs.get(i).restore(watermarksMs[i]);
        }
    }

    OptionalLong minEventTimeMs() {
        return inputs.stream()
                .filter(EventTimes::seen)
                .mapToLong(EventTimes::minMs)
                .min();
    }

    OptionalLong maxEventTimeMs() {
        return inputs.stream()
                .filter(EventTimes::seen)
                .mapToLong(EventTimes::maxMs)
                .max();
    }

    List<TimePoint> points() {
        var all = new ArrayList<TimePoint>();
        inputs.forEach(i -> all.addAll(i.points()));
        return all;
    }
}
