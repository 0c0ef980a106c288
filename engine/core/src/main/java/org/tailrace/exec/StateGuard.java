package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.tailrace.error.Problem;
import org.tailrace.error.StateException;
import org.tailrace.report.BatchReport.OperatorProgress;
import org.tailrace.report.BatchReport.WindowSummary;
import org.tailrace.spi.StateBudget;

/**
 * Holds a query's state to its budget: words at 50 and 80 per cent, and a failure of the batch that would go beyond 100.
 * The failure comes before the batch's state is saved, so that a checkpoint stays as it was before; and within a large
 * batch as its rows come in, since a process out of memory can say nothing any more.
 */
final class StateGuard {
    /** Rows that may come in between two looks at the state within a batch. */
    static final long LOOK_AFTER_ROWS = 65_536;

    private static final int SHOWN = 3;

    private final StateBudget budget;
    /** Whether figures of memory may be told; a replay's views are the same on all machines. */
    private final boolean tellsBytes;

    private long unseen;

    StateGuard(StateBudget budget, boolean tellsBytes) {
        this.budget = budget;
        this.tellsBytes = tellsBytes;
    }

    /** So many rows have come in since the last call: looks at the state now and then. */
    void came(int rows, PhysicalPlan plan, long batchId) {
        unseen += rows;
        if (unseen > LOOK_AFTER_ROWS) {
            unseen = 0;
            check(plan.operators(), List.of(), batchId);
        }
    }

    /** @throws StateException TR-711 if there is too much */
    void check(List<OperatorProgress> operators, List<WindowSummary> windows, long batchId) {
        long rows = operators.stream().mapToLong(OperatorProgress::stateRows).sum();
        long bytes = operators.stream().mapToLong(OperatorProgress::stateBytes).sum();
        if (rows <= budget.maxRows() && bytes <= budget.maxBytes()) {
            return;
        }
        boolean byRows = rows > budget.maxRows();
        String limit = byRows
                ? count(budget.maxRows()) + " rows (maxStateRows)"
                : size(budget.maxBytes()) + " (maxStateBytes)";
        throw new StateException(Problem.of("TR-711", "the state has outgrown its budget of " + limit)
                .because("batch #" + batchId + " would leave "
                        + (byRows ? count(rows) + " rows" : "about " + size(bytes))
                        + "; it was taken back, and the batches before it are not touched")
                .have(largest(operators) + open(windows))
                .fix(
                        "keep less (a watermark, a shorter window, fewer keys), or allow more and run the query again: with a"
                                + " checkpoint it resumes where it stopped"));
    }

    private static String largest(List<OperatorProgress> operators) {
        var parts = new ArrayList<String>();
        operators.stream()
                .filter(o -> o.stateRows() > 0)
                .sorted(Comparator.comparingLong(OperatorProgress::stateBytes).reversed())
                .limit(SHOWN)
                .forEach(o ->
                        parts.add(o.name() + ": " + count(o.stateRows()) + " rows, about " + size(o.stateBytes())));
        return String.join("; ", parts);
    }

    private static String open(List<WindowSummary> windows) {
        long open = windows.stream()
                .filter(w -> w.phase() != WindowSummary.Phase.FINAL)
                .count();
        return open == 0 ? "" : "; " + count(open) + " windows are open";
    }

    /** What the status card says once half of the budget is used. */
    List<String> words(List<OperatorProgress> operators) {
        var words = new ArrayList<String>();
        long rows = operators.stream().mapToLong(OperatorProgress::stateRows).sum();
        if (rows > budget.maxRows() / 2) {
            words.add(words(rows, budget.maxRows(), count(rows) + " of at most " + count(budget.maxRows()) + " rows"));
        }
        long bytes = operators.stream().mapToLong(OperatorProgress::stateBytes).sum();
        if (tellsBytes && bytes > budget.maxBytes() / 2) {
            words.add(words(bytes, budget.maxBytes(), size(bytes) + " of at most " + size(budget.maxBytes())));
        }
        return words;
    }

    private static String words(long used, long most, String text) {
        double share = (double) used / most;
        return (share >= 0.8 ? "state is nearly full: " : "state is more than half full: ") + text
                + "; the query stops when it is full";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String size(long bytes) {
        return bytes < 10L << 20 ? count(bytes >> 10) + " KB" : count(bytes >> 20) + " MB";
    }
}
