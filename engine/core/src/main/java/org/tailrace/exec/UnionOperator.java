package org.tailrace.exec;

import java.util.List;
import org.tailrace.exec.PhysicalPlan.Rows;

/** All rows of all children, one child after the other. */
final class UnionOperator extends Operator {
    UnionOperator(List<Operator> children) {
        super("Union", children);
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        for (Operator child : children()) {
            child.run(batch, out);
        }
    }
}
