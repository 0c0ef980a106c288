package org.tailrace.exec;

import java.util.List;
import java.util.function.Supplier;
import org.tailrace.exec.PhysicalPlan.Rows;

/** Runs a {@link RowOp} over the rows of its child. */
final class StatelessOperator extends Operator {
    private final Supplier<RowOp> factory;
    private final RowOp op;

    StatelessOperator(String name, Operator child, Supplier<RowOp> factory) {
        super(name, List.of(child));
        this.factory = factory;
        op = factory.get();
    }

    /** Makes the operator's step for another thread. */
    Supplier<RowOp> factory() {
        return factory;
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        child().run(batch, rows -> op.apply(rows, out));
    }
}
