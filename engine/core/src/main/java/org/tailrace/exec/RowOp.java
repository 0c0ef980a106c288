package org.tailrace.exec;

import java.util.List;
import java.util.function.Supplier;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/** A step from rows to rows that keeps nothing between calls but scratch space. One per thread. */
interface RowOp {

    void apply(VectorBatch rows, Rows out) throws Exception;

    /** Several steps as one, which counts the rows that each gives. */
    static RowOp chain(List<Supplier<RowOp>> steps, long[] counts) {
        RowOp all = (rows, out) -> out.accept(rows);
        for (int i = steps.size() - 1; i >= 0; i--) {
            int step = i;
            RowOp first = steps.get(i).get();
            RowOp rest = all;
            all = (rows, out) -> first.apply(rows, next -> {
                if (next.size > 0) {
                    counts[step] += next.size;
                    rest.apply(next, out);
                }
            });
        }
        return all;
    }
}
