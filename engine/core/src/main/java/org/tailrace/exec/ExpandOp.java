package org.tailrace.exec;

import java.util.List;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Evaluator;

/** Gives each row once per projection, row by row, so that the order does not depend on the size of vectors. */
final class ExpandOp implements RowOp {
    private final List<List<Evaluator>> projections;
    private final VectorBatch result;

    ExpandOp(List<List<Evaluator>> projections, Schema schema) {
        this.projections = projections;
        result = VectorBatch.create(schema);
    }

    @Override
    public void apply(VectorBatch rows, Rows out) throws Exception {
        int width = result.columns.length;
        var projected = new Vector[projections.size()][width];
        for (int p = 0; p < projected.length; p++) {
            for (int c = 0; c < width; c++) {
                projected[p][c] = projections.get(p).get(c).evaluate(rows);
            }
        }
        for (int c = 0; c < width; c++) {
            Vector column = result.columns[c];
            column.prepare(0);
            for (int i = 0; i < rows.size; i++) {
                for (Vector[] projection : projected) {
                    column.append(projection[c], i);
                }
            }
        }
        result.size = rows.size * projected.length;
        out.accept(result);
    }
}
