package org.tailrace.report;

import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.Batch;

/**
 * The facts of one micro-batch, apart from what it cost.
 *
 * @param batchTimeMs the logged batch time, milliseconds since the epoch; virtual for a replay
 * @param noData a batch without input, run because the watermark had moved
 * @param watermarkMs the watermark that the batch used, milliseconds since the epoch
 * @param nextWatermarkMs the one that the next batch uses
 * @param eventTimeMs smallest and largest event time of the batch's input; empty if it had none
 * @param droppedByWatermark Spark's count, after partial aggregation
 * @param lateInputRows input rows that entered no window and no state because the watermark had passed them
 * @param nullEventTimes rows that a window dropped because their event time is NULL
 * @param points a bounded sample of input rows for the watermark view
 * @param windows open and lately closed windows by end, oldest first; bounded
 * @param result rows sent to the sink, a copy cut at 10,000 rows or 8 MB
 * @param resultRows how many there were
 * @param explanations why nothing came out, which source holds the watermark, and the like: whole clauses
 */
public record BatchReport(
        long batchId,
        long batchTimeMs,
        boolean noData,
        List<SourceProgress> sources,
        OptionalLong watermarkMs,
        OptionalLong nextWatermarkMs,
        OptionalLong minEventTimeMs,
        OptionalLong maxEventTimeMs,
        long droppedByWatermark,
        long lateInputRows,
        List<LateRow> lateSamples,
        long nullEventTimes,
        List<TimePoint> points,
        List<WindowSummary> windows,
        List<OperatorProgress> operators,
        Batch result,
        long resultRows,
        List<String> explanations,
        Timings timings) {

    public BatchReport {
        sources = List.copyOf(sources);
        lateSamples = List.copyOf(lateSamples);
        points = List.copyOf(points);
        windows = List.copyOf(windows);
        operators = List.copyOf(operators);
        explanations = List.copyOf(explanations);
    }

    public long inputRows() {
        return sources.stream().mapToLong(SourceProgress::rows).sum();
    }

    public long badRows() {
        return sources.stream().mapToLong(SourceProgress::badRows).sum();
    }

    public long stateRows() {
        return operators.stream().mapToLong(OperatorProgress::stateRows).sum();
    }

    public long stateBytes() {
        return operators.stream().mapToLong(OperatorProgress::stateBytes).sum();
    }

    /** The result was cut for display. */
    public boolean cut() {
        return result.size() < resultRows;
    }

    /**
     * @param startOffset JSON form; empty for a first batch
     * @param done rows read so far of a bounded source, and {@code total} if it is known, else −1
     */
    public record SourceProgress(
            String description, long rows, long badRows, String startOffset, String endOffset, long done, long total) {}

    /** A row that came too late, by its own words: {@code row} is its values as text, {@code reason} a whole clause. */
    public record LateRow(long eventTimeMs, long arrivalMs, String row, String reason) {}

    /** @param late dropped by the watermark */
    public record TimePoint(long eventTimeMs, long arrivalMs, boolean late) {}

    /**
     * A window of event time, all keys together.
     *
     * @param openedMs arrival (batch) time of its first row
     * @param closedMs batch time at which it became final, −1 while it is open
     */
    public record WindowSummary(long startMs, long endMs, long rows, long openedMs, long closedMs, Phase phase) {
        public enum Phase {
            OPEN,
            /** The next batch makes it final. */
            CLOSING,
            FINAL
        }
    }

    /** @param name as {@code explain()} names the operator */
    public record OperatorProgress(
            String name,
            long inputRows,
            long outputRows,
            long stateRows,
            long stateBytes,
            long updated,
            long removed,
            long dropped,
            long nanos) {}

    /** What the batch cost, in nanoseconds of monotonic time. */
    public record Timings(long planNanos, long logNanos, long runNanos, long writeNanos, long commitNanos) {
        public static final Timings NONE = new Timings(0, 0, 0, 0, 0);

        public long totalNanos() {
            return planNanos + logNanos + runNanos + writeNanos + commitNanos;
        }
    }
}
