package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.report.BatchReport;
import org.tailrace.report.BatchReport.SourceProgress;
import org.tailrace.report.BatchReport.Timings;
import org.tailrace.state.OffsetRecord;
import org.tailrace.state.OffsetRecord.Range;

/** Writes the report of a committed batch. */
final class Reporter {
    private final PhysicalPlan plan;
    private final List<SourceInput> sources;

    Reporter(PhysicalPlan plan, List<SourceInput> sources) {
        this.plan = plan;
        this.sources = sources;
    }

    /**
     * @param result null for a batch that was passed over
     * @param more to be said beside what operators and sources say
     */
    BatchReport report(
            OffsetRecord offsets, @Nullable BatchResult result, long nextWatermarkMs, Attempt run, List<String> more) {
        boolean watermark = plan.hasWatermark();
        var mark = watermark ? OptionalLong.of(offsets.watermarkMs()) : OptionalLong.empty();
        var next = watermark ? OptionalLong.of(nextWatermarkMs) : OptionalLong.empty();
        List<SourceProgress> progress = progress(offsets, result);
        if (result == null) {
            return new BatchReport(
                    offsets.batchId(),
                    offsets.batchTimeMs(),
                    offsets.noData(),
                    progress,
                    mark,
                    next,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    0,
                    0,
                    List.of(),
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    Batch.empty(plan.schema()),
                    0,
                    List.of("the batch failed and was passed over: its input gave no rows"),
                    Timings.NONE);
        }
        return new BatchReport(
                offsets.batchId(),
                offsets.batchTimeMs(),
                offsets.noData(),
                progress,
                mark,
                next,
                result.minEventTimeMs(),
                result.maxEventTimeMs(),
                result.droppedByWatermark(),
                result.lateInputRows(),
                result.lateSamples(),
                result.nullEventTimes(),
                result.points(),
                result.windows(),
                result.operators(),
                run.copy.build(),
                result.resultRows(),
                explanations(result, more),
                run.timings());
    }

    private List<SourceProgress> progress(OffsetRecord offsets, @Nullable BatchResult result) {
        var progress = new ArrayList<SourceProgress>();
        for (int i = 0; i < sources.size(); i++) {
            SourceInput source = sources.get(i);
            Range range = offsets.ranges().get(i);
            long[] done = source.progress();
            progress.add(new SourceProgress(
                    source.name(),
                    result == null ? 0 : result.sourceRows()[source.node.id()],
                    result == null ? 0 : result.badSourceRows()[source.node.id()],
                    range.from() == null ? "" : range.from(),
                    range.end() == null ? "" : range.end(),
                    done[0],
                    done[1]));
        }
        if (sources.isEmpty() && result != null) {
            for (PhysicalPlan.SourceNode node : plan.sources()) {
                long rows = result.sourceRows()[node.id()];
                progress.add(new SourceProgress(
                        node.spec().identity(), rows, result.badSourceRows()[node.id()], "", "", rows, rows));
            }
        }
        return progress;
    }

    private List<String> explanations(BatchResult result, List<String> more) {
        var words = new ArrayList<>(more);
        words.addAll(result.explanations());
        sources.forEach(source -> words.addAll(source.notes()));
        return words;
    }
}
