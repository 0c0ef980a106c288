package org.tailrace.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Evaluator;

/** Computes columns; those that nothing above reads are left empty. */
final class ProjectOp implements RowOp {
    private final @Nullable Evaluator[] expressions;
    private final VectorBatch result;

    /** @param expressions null where the column is not needed */
    ProjectOp(List<@Nullable Evaluator> expressions, Schema schema) {
        this.expressions = expressions.toArray(new @Nullable Evaluator[0]);
        result = VectorBatch.create(schema);
    }

    @Override
    public void apply(VectorBatch rows, Rows out) throws Exception {
        for (int i = 0; i < expressions.length; i++) {
            Evaluator expression = expressions[i];
            if (expression != null) {
                result.columns[i] = expression.evaluate(rows);
            }
        }
        result.size = rows.size;
        out.accept(result);
    }
}
