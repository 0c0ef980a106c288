package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Schema;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Evaluator;
import org.tailrace.plan.ResolvedPlan.SortKey;

/** ORDER BY over the rows of one batch; equal rows keep their order. */
final class SortOperator extends Operator {
    private final List<SortKey> keys;
    private final List<Evaluator> evaluators;
    private final Schema schema;
    private final int vectorSize;

    SortOperator(String name, Operator child, List<SortKey> keys, Schema schema, PlannerOptions options) {
        super(name, List.of(child));
        this.keys = keys;
        this.schema = schema;
        vectorSize = options.vectorSize();
        evaluators = keys.stream().map(k -> options.compile(k.expression())).toList();
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        Collected all = Collected.run(child(), schema, batch);
        var comparators = new ArrayList<VectorOrder.RowComparator>();
        for (int k = 0; k < keys.size(); k++) {
            SortKey key = keys.get(k);
            comparators.add(VectorOrder.of(evaluators.get(k).evaluate(all.rows), key.ascending(), key.nullsFirst()));
        }
        int[] order = VectorOrder.sorted(all.size(), VectorOrder.of(comparators));
        all.write(order, order.length, vectorSize, out);
    }
}
