package org.tailrace.kernel.exec;

import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.output.CellContext;

/** Runs one cell. Left behind, still asked to stop, if the cell has to end while a call in it does not. */
final class CellThread extends OwnedThread {

    private final CellContext cell;
    private volatile boolean stop;

    /** The variable being assigned; touched by this thread only. */
    private @Nullable String assigning;

    CellThread(ThreadGroup group, Runnable body, CellContext cell) {
        super(group, body, "cell-" + cell.number());
        this.cell = cell;
    }

    CellContext cell() {
        return cell;
    }

    void askToStop() {
        stop = true;
        interrupt();
    }

    @Override
    public boolean mustStop() {
        return stop;
    }

    @Nullable
    String assigning() {
        return assigning;
    }

    void assigning(@Nullable String variable) {
        assigning = variable;
    }
}
