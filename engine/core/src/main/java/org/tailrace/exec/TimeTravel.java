package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;
import org.tailrace.report.BatchReport;
import org.tailrace.report.BatchReport.SourceProgress;
import org.tailrace.report.PastRows;
import org.tailrace.state.OffsetRecord;
import org.tailrace.state.OffsetRecord.Range;
import org.tailrace.state.StateLog;

/**
 * What a past batch read, and what the query remembered after it. Neither is kept: input is read again from its source,
 * state is rebuilt from its log. The query's thread only, between two batches.
 */
final class TimeTravel {
    private final LoopParts parts;
    private final BatchRunner batches;

    TimeTravel(LoopParts parts, BatchRunner batches) {
        this.parts = parts;
        this.batches = batches;
    }

    static CheckpointException refused(String what, String why) {
        return new CheckpointException(
                Problem.of("TR-610", what + " cannot be shown any more").because(why));
    }

    /** A kept batch, of this start or an earlier one. Any thread. */
    static Optional<BatchReport> kept(LoopParts parts, long batchId) {
        return parts.kept().batch(batchId).or(() -> parts.journal().kept(batchId));
    }

    /** Rows of each source; also of a batch that failed and is to be run again. */
    List<PastRows> input(long batchId) throws Exception {
        OffsetRecord pending = batches.pending(batchId);
        List<Range> ranges = pending != null
                ? pending.ranges()
                : kept(parts, batchId)
                        .orElseThrow(() -> refused("batch #" + batchId, "it is not kept"))
                        .sources()
                        .stream()
                        .map(TimeTravel::range)
                        .toList();
        var all = new ArrayList<PastRows>();
        for (int i = 0; i < parts.sources().size(); i++) {
            all.add(parts.sources().get(i).again(ranges.get(i), pending != null));
        }
        return all;
    }

    private static Range range(SourceProgress progress) {
        String start = progress.startOffset();
        String end = progress.endOffset();
        return new Range(text(start), end.equals(start) ? null : text(end));
    }

    private static @Nullable String text(String offset) {
        return offset.isEmpty() ? null : offset;
    }

    /** Rows of each stateful operator after a batch. */
    List<PastRows> state(long batchId) throws Exception {
        String what = "the state after batch #" + batchId;
        List<StateLog.Layout> layouts = parts.plan().layouts();
        if (layouts.isEmpty()) {
            throw refused(what, "the query keeps no state");
        } else if (!parts.journal().durable()) {
            throw refused(what, "the query has no checkpoint, and only there are the changes of each batch");
        } else if (batchId < 0 || batchId > batches.lastBatch()) {
            throw refused(what, "the last batch that is done is #" + batches.lastBatch());
        }
        List<ResultCopy> copies =
                layouts.stream().map(layout -> new ResultCopy(layout.row())).toList();
        boolean there = parts.journal()
                .past(
                        batchId,
                        () -> copies.stream().allMatch(ResultCopy::full),
                        (rows, operator) -> copies.get(operator).add(rows));
        if (!there) {
            throw refused(what, "the changes of that time have been folded into a later snapshot");
        }
        var all = new ArrayList<PastRows>();
        for (int i = 0; i < copies.size(); i++) {
            all.add(new PastRows(
                    layouts.get(i).operator(),
                    copies.get(i).build(),
                    copies.get(i).full()));
        }
        return all;
    }
}
