package org.tailrace.exec;

import java.util.List;
import java.util.OptionalLong;
import org.tailrace.report.BadRow;
import org.tailrace.report.BatchReport.LateRow;
import org.tailrace.report.BatchReport.OperatorProgress;
import org.tailrace.report.BatchReport.TimePoint;
import org.tailrace.report.BatchReport.WindowSummary;

/**
 * What a batch did, for its report; fields as in {@link org.tailrace.report.BatchReport}.
 *
 * @param sourceRows rows read, by {@link PhysicalPlan.SourceNode#id}
 * @param badSourceRows unusable records, by the same
 * @param badSamples of those, and rows set aside because a user's function threw
 * @param skippedRows rows set aside because a user's function threw
 * @param resultRows rows sent to the sink
 */
record BatchResult(
        long[] sourceRows,
        long[] badSourceRows,
        List<BadRow> badSamples,
        long skippedRows,
        long resultRows,
        OptionalLong minEventTimeMs,
        OptionalLong maxEventTimeMs,
        long droppedByWatermark,
        long lateInputRows,
        List<LateRow> lateSamples,
        long nullEventTimes,
        List<TimePoint> points,
        List<WindowSummary> windows,
        List<OperatorProgress> operators,
        List<String> explanations) {
    BatchResult {
        badSamples = List.copyOf(badSamples);
        lateSamples = List.copyOf(lateSamples);
        points = List.copyOf(points);
        windows = List.copyOf(windows);
        operators = List.copyOf(operators);
        explanations = List.copyOf(explanations);
    }
}
