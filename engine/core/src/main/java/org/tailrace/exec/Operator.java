package org.tailrace.exec;

import java.util.List;
import java.util.function.Consumer;
import org.tailrace.exec.PhysicalPlan.Rows;

/**
 * One node of a running plan. Rows are pushed: {@link #run} runs the children and hands each vector of its own result on.
 *
 * <pre>
 *   root.run(batch, sink)
 *     └─ child.run(batch, rows → root works on them, sink.accept(..))
 * </pre>
 */
abstract class Operator {
    private final List<Operator> children;
    private final String name;

    long outputRows;
    long nanos;

    Operator(String name, List<Operator> children) {
        this.name = name;
        this.children = List.copyOf(children);
    }

    /** As {@code explain()} shows it. */
    final String name() {
        return name;
    }

    final List<Operator> children() {
        return children;
    }

    final Operator child() {
        return children.get(0);
    }

    /** Runs the batch through this and everything below. */
    final void run(BatchRun batch, Rows out) throws Exception {
        outputRows = 0;
        nanos = 0;
        Operator caller = batch.enter(this);
        process(batch, rows -> {
            if (rows.size > 0) {
                outputRows += rows.size;
                batch.enter(caller);
                out.accept(rows);
                batch.enter(this);
            }
        });
        batch.enter(caller);
    }

    abstract void process(BatchRun batch, Rows out) throws Exception;

    /** Why a batch in which rows may have come in gave none: a whole clause, or nothing. */
    String nothing() {
        return "";
    }

    long inputRows() {
        return children.stream().mapToLong(c -> c.outputRows).sum();
    }

    /** This and all below, inputs first, left to right. */
    final void walk(Consumer<Operator> visit) {
        children.forEach(c -> c.walk(visit));
        visit.accept(this);
    }
}
