package org.tailrace.exec;

import java.util.List;
import java.util.function.Supplier;

/** An operator that may work on each row apart from the others, so that several threads can share the rows of a batch. */
abstract class ApartOperator extends Operator {

    ApartOperator(String name, List<Operator> children) {
        super(name, children);
    }

    /** Whether what it gives for a row follows from the row, and what {@link #prepare} made ready, alone. */
    abstract boolean apart();

    /** The child whose rows it works on. */
    abstract Operator input();

    /** Gets ready for a batch, before any step works on it. */
    void prepare(BatchRun batch) throws Exception {}

    /** Makes the operator's step for another thread. */
    abstract Supplier<RowOp> factory();
}
