package org.tailrace.render;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.ResultSnapshot;

/**
 * All that a view of a query draws, as of one moment.
 *
 * @param reports the kept ones, oldest first
 * @param batches data and no-data batches so far
 * @param inputRows since the start
 * @param lateRows input rows dropped as late since the start
 * @param badRows since the start
 * @param firstBatchTimeMs of this start; empty before the first batch
 * @param log last lines that the query's code printed
 * @param note a sentence above all, such as {@code replaced by cell [7]}; may be empty
 */
public record ViewModel(
        QueryInfo info,
        QueryStatus status,
        List<BatchReport> reports,
        ResultSnapshot result,
        long batches,
        long inputRows,
        long lateRows,
        long badRows,
        OptionalLong firstBatchTimeMs,
        List<String> log,
        String note) {
    public ViewModel {
        reports = List.copyOf(reports);
        log = List.copyOf(log);
    }

    Optional<BatchReport> last() {
        return reports.isEmpty() ? Optional.empty() : Optional.of(reports.get(reports.size() - 1));
    }

    /** The last batch that read rows, for rates. */
    Optional<BatchReport> lastData() {
        for (int i = reports.size() - 1; i >= 0; i--) {
            if (!reports.get(i).noData()) {
                return Optional.of(reports.get(i));
            }
        }
        return Optional.empty();
    }

    boolean windowed() {
        return info.roles().windowed();
    }
}
