package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.exec.PhysicalPlan.Rows;

/** Adds the value of each subquery over bounded tables as a column; NULL if it has no row. Computed once per batch. */
final class ScalarSubqueriesOperator extends Operator {
    private final List<Operator> subqueries;
    private final VectorBatch result;

    ScalarSubqueriesOperator(Operator child, List<Operator> subqueries, Schema schema) {
        super("Scalar subqueries", all(child, subqueries));
        this.subqueries = List.copyOf(subqueries);
        result = VectorBatch.create(schema);
    }

    private static List<Operator> all(Operator child, List<Operator> subqueries) {
        var all = new ArrayList<Operator>();
        all.add(child);
        all.addAll(subqueries);
        return all;
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        int own = result.columns.length - subqueries.size();
        var values = new Vector[subqueries.size()];
        for (int s = 0; s < values.length; s++) {
            values[s] = value(batch, subqueries.get(s), result.columns[own + s]);
        }
        child().run(batch, rows -> {
            System.arraycopy(rows.columns, 0, result.columns, 0, own);
            int[] first = new int[rows.size];
            for (int s = 0; s < values.length; s++) {
                result.columns[own + s].gather(values[s], first, rows.size);
            }
            result.size = rows.size;
            out.accept(result);
        });
    }

    private static Vector value(BatchRun batch, Operator subquery, Vector like) throws Exception {
        Vector value = Vector.create(like.type);
        value.prepare(0);
        subquery.run(batch, rows -> {
            if (value.size + rows.size > 1) {
                throw new PlanException(Problem.of("TR-171", "a scalar subquery gave more than one row")
                        .fix("aggregate it, or add LIMIT 1"));
            }
            value.append(rows.columns[0], 0);
        });
        if (value.size == 0) {
            value.appendValue(null);
        }
        return value;
    }
}
