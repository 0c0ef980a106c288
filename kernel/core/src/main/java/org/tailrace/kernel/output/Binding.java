package org.tailrace.kernel.output;

import java.util.Optional;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * What a thread prints for. A thread that was bound itself keeps to it; a thread started by a bound one inherits. Workers of
 * pools inherit from whichever cell happened to create them, which says nothing about the task they run: they print for
 * the cell that runs, and for the inherited one only while none does.
 */
final class Binding {

    final OutputRouter router;
    final CellContext cell;
    /** Set if what is printed goes to a log of its own instead of the cell. */
    final @Nullable LineSplitter lines;

    private final boolean inherited;
    /** Asked by the inheriting thread only. */
    private @Nullable Boolean pooled;

    Binding(OutputRouter router, CellContext cell, @Nullable LineSplitter lines) {
        this(router, cell, lines, false);
    }

    private Binding(OutputRouter router, CellContext cell, @Nullable LineSplitter lines, boolean inherited) {
        this.router = router;
        this.cell = cell;
        this.lines = lines;
        this.inherited = inherited;
    }

    Binding inherit() {
        return new Binding(router, cell, lines, true);
    }

    /** The cell to print for, called on the bound thread. */
    CellContext target() {
        if (!inherited || lines != null || !onPoolThread()) {
            return cell;
        }
        Optional<CellContext> running = router.running();
        return running.orElse(cell);
    }

    private boolean onPoolThread() {
        if (pooled == null) {
            pooled = Thread.currentThread() instanceof ForkJoinWorkerThread
                    || StackWalker.getInstance()
                            .walk(frames -> frames.anyMatch(
                                    f -> f.getClassName().equals("java.util.concurrent.ThreadPoolExecutor$Worker")));
        }
        return pooled;
    }
}
