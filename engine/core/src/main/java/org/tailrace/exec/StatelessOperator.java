package org.tailrace.exec;

import java.util.List;
import java.util.function.Supplier;
import org.tailrace.exec.PhysicalPlan.Rows;

/** Runs a {@link RowOp} over the rows of its child. */
final class StatelessOperator extends ApartOperator {
    private final boolean apart;
    private final Supplier<RowOp> factory;
    private final RowOp op;

    /** @param apart what it gives for a row follows from the row alone */
    StatelessOperator(String name, Operator child, boolean apart, Supplier<RowOp> factory) {
        super(name, List.of(child));
        this.apart = apart;
        this.factory = factory;
        op = factory.get();
    }

    @Override
    boolean apart() {
        return apart;
    }

    @Override
    Operator input() {
        return child();
    }

    @Override
    Supplier<RowOp> factory() {
        return factory;
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        child().run(batch, rows -> op.apply(rows, out));
    }
}
