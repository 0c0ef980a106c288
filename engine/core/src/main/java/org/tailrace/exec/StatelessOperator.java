package org.tailrace.exec;

import java.util.List;
import java.util.function.Supplier;
import org.tailrace.exec.PhysicalPlan.Rows;

/** Runs a {@link RowOp} over the rows of its child. */
final class StatelessOperator extends ApartOperator {
    private final boolean apart;
    private final Supplier<RowOp> factory;
    private final RowOp op;

    /** What rows must meet to come out, in words; empty if all do. */
    private final String condition;

    /** @param apart what it gives for a row follows from the row alone */
    StatelessOperator(String name, Operator child, boolean apart, Supplier<RowOp> factory) {
        this(name, child, apart, factory, "");
    }

    StatelessOperator(String name, Operator child, boolean apart, Supplier<RowOp> factory, String condition) {
        super(name, List.of(child));
        this.apart = apart;
        this.factory = factory;
        this.condition = condition;
        op = factory.get();
    }

    @Override
    String nothing() {
        return inputRows() == 0 || condition.isEmpty()
                ? ""
                : "none of " + Explanations.rows(inputRows()) + " met " + condition;
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
