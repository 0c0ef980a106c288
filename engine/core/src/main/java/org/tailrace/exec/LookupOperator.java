package org.tailrace.exec;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Evaluator;
import org.tailrace.plan.ResolvedPlan;

/**
 * Adds to each row of the first child aggregates over the rows of a bounded table that match it: correlated subqueries.
 * The table is read whole in every batch and put into a hash table by the equalities of the condition.
 */
final class LookupOperator extends Operator {
    private final ResolvedPlan.Lookup node;
    private final JoinKeys probeKeys;
    private final JoinKeys buildKeys;
    private final JoinPairs pairs;
    private final Accumulator[] accumulators;
    private final Evaluator[][] arguments;
    private final @Nullable Evaluator[] filters;
    private final VectorBatch result;

    LookupOperator(Operator child, Operator table, ResolvedPlan.Lookup node, Schema both, PlannerOptions options) {
        super("Lookup", List.of(child, table));
        this.node = node;
        probeKeys = new JoinKeys(node.childKeys(), node.nullSafe(), options);
        buildKeys = new JoinKeys(node.tableKeys(), node.nullSafe(), options);
        BitSet all = TypedColumns.all(both.size());
        pairs = new JoinPairs(
                node.residual().map(options::compile).orElse(null),
                all,
                all,
                node.child().output().size(),
                both,
                options.vectorSize());
        int calls = node.calls().size();
        accumulators = new Accumulator[calls];
        arguments = new Evaluator[calls][];
        filters = new @Nullable Evaluator[calls];
        for (int c = 0; c < calls; c++) {
            AggregateCall call = node.calls().get(c);
            accumulators[c] = call.accumulator(options.context());
            arguments[c] = call.arguments().stream().map(options::compile).toArray(Evaluator[]::new);
            filters[c] = call.filter().map(options::compile).orElse(null);
        }
        result = VectorBatch.create(node.schema());
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        Collected table = Collected.run(children().get(1), node.table().schema(), batch);
        GroupIndex index = buildKeys.index();
        var chains = new JoinChains();
        HashJoinOperator.fill(table, buildKeys, index, chains);
        JoinPairs.RowSource there = new BatchRows(table.rows);
        children().get(0).run(batch, rows -> {
            HashJoinOperator.pair(rows, probeKeys, index, chains, pairs);
            JoinPairs.RowSource arrived = new BatchRows(rows);
            pairs.filter(arrived, there, true);
            if (node.single()) {
                requireSingle();
            }
            for (Accumulator accumulator : accumulators) {
                accumulator.ensureGroups(rows.size);
                for (int i = 0; i < rows.size; i++) {
                    accumulator.reset(i);
                }
            }
            int[] at = {0};
            pairs.write(arrived, there, true, joined -> {
                add(joined, Arrays.copyOfRange(pairs.arriving.values, at[0], at[0] + joined.size));
                at[0] += joined.size;
            });
            write(rows, out);
        });
    }

    private void requireSingle() {
        for (int i = 1; i < pairs.arriving.size; i++) {
            if (pairs.arriving.values[i] == pairs.arriving.values[i - 1]) {
                throw new PlanException(Problem.of("TR-171", "a scalar subquery gave more than one row")
                        .fix("aggregate it, such as max(..)"));
            }
        }
    }

    /** @param groups the arriving row of each joined one */
    private void add(VectorBatch joined, int[] groups) {
        for (int c = 0; c < accumulators.length; c++) {
            var values = new Vector[arguments[c].length];
            for (int a = 0; a < values.length; a++) {
                values[a] = arguments[c][a].evaluate(joined);
            }
            Evaluator filter = filters[c];
            if (filter == null) {
                accumulators[c].add(groups, values, joined.size);
                continue;
            }
            var mask = (BooleanVector) filter.evaluate(joined);
            int[] some = new int[joined.size];
            int[] kept = new int[joined.size];
            int count = 0;
            for (int i = 0; i < joined.size; i++) {
                if (!mask.isNull(i) && mask.values[mask.offset + i]) {
                    kept[count] = groups[i];
                    some[count++] = i;
                }
            }
            for (int a = 0; a < values.length; a++) {
                Vector part = Vector.create(values[a].type);
                part.gather(values[a], some, count);
                values[a] = part;
            }
            accumulators[c].add(kept, values, count);
        }
    }

    private void write(VectorBatch rows, Rows out) throws Exception {
        int width = node.child().output().size();
        System.arraycopy(rows.columns, 0, result.columns, 0, width);
        int[] groups = new int[rows.size];
        Arrays.setAll(groups, i -> i);
        for (int c = 0; c < accumulators.length; c++) {
            Vector value = Vector.create(node.calls().get(c).type());
            accumulators[c].result(groups, rows.size, value);
            result.columns[width + c] = value;
        }
        result.size = rows.size;
        out.accept(result);
    }
}
