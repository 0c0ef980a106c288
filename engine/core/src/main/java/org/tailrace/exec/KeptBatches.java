package org.tailrace.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tailrace.report.BadRow;
import org.tailrace.report.BatchReport;
import org.tailrace.spi.RunningQuery.Totals;

/** What is kept of past batches: the last reports, bad rows, and totals of everything. Any thread. */
final class KeptBatches {
    static final int MAX_REPORTS = 100;
    static final long MAX_BYTES = 64L << 20;
    static final int MAX_BAD_ROWS = 1000;
    /** About what a report takes beside its result. */
    private static final long REPORT_BYTES = 16 << 10;

    private record Kept(BatchReport report, long bytes) {}

    private final Deque<Kept> reports = new ArrayDeque<>();
    private final Deque<BadRow> badRows = new ArrayDeque<>();
    private long bytes;
    private Totals totals = new Totals(0, 0, 0, 0, 0, 0, OptionalLong.empty());

    synchronized void add(BatchReport report, long resultBytes, List<BadRow> bad) {
        var kept = new Kept(report, REPORT_BYTES + resultBytes);
        reports.addLast(kept);
        bytes += kept.bytes;
        while (reports.size() > MAX_REPORTS || bytes > MAX_BYTES && reports.size() > 1) {
            bytes -= reports.removeFirst().bytes;
        }
        badRows.addAll(bad);
        while (badRows.size() > MAX_BAD_ROWS) {
            badRows.removeFirst();
        }
        totals = new Totals(
                totals.batches() + 1,
                totals.inputRows() + report.inputRows(),
                totals.outputRows() + report.resultRows(),
                totals.lateInputRows() + report.lateInputRows(),
                totals.droppedByWatermark() + report.droppedByWatermark(),
                totals.badRows() + report.badRows(),
                OptionalLong.of(totals.firstBatchTimeMs().orElse(report.batchTimeMs())));
    }

    synchronized List<BatchReport> reports() {
        return reports.stream().map(Kept::report).toList();
    }

    synchronized Optional<BatchReport> batch(long id) {
        return reports.stream()
                .map(Kept::report)
                .filter(report -> report.batchId() == id)
                .findFirst();
    }

    synchronized Optional<BatchReport> last() {
        return Optional.ofNullable(reports.peekLast()).map(Kept::report);
    }

    synchronized List<BadRow> badRows() {
        return List.copyOf(badRows);
    }

    synchronized Totals totals() {
        return totals;
    }
}
