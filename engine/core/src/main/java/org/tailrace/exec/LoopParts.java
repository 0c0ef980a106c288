package org.tailrace.exec;

import java.util.List;
import java.util.Optional;
import org.tailrace.env.Clock;
import org.tailrace.plan.Trigger;
import org.tailrace.report.ResultTable;

/**
 * What a {@link MicroBatchLoop} is made of.
 *
 * @param sources the streaming ones, in the order of the plan
 * @param tables the bounded ones
 * @param virtual the clock of a query that reads replays
 * @param seed of the query; each batch's seed follows from it
 * @param windowsClose windows of the result become final as the watermark passes
 * @param noDataBatches the setting
 */
record LoopParts(
        PhysicalPlan plan,
        List<SourceInput> sources,
        StaticTables tables,
        SinkOutput sink,
        Journal journal,
        QueryControl control,
        Clock clock,
        Trigger trigger,
        Optional<VirtualClock> virtual,
        Pace pace,
        long seed,
        boolean noDataBatches,
        boolean windowsClose,
        ResultTable results,
        StateGuard guard,
        KeptBatches kept,
        Reporter reporter,
        StatusBoard board) {
    LoopParts {
        sources = List.copyOf(sources);
    }
}
