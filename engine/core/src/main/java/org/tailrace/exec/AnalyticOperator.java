package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tailrace.data.IntVector;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.Evaluator;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.ResolvedPlan.Window.AnalyticCall;

/**
 * {@code f(..) OVER (PARTITION BY .. ORDER BY ..)} over a bounded table: rows come out by partition, in its order.
 * An aggregate with an order counts the rows up to the current one and its peers; without, the whole partition.
 */
final class AnalyticOperator extends Operator {
    private final ResolvedPlan.Window node;
    private final PlannerOptions options;
    private final Schema input;
    private final Schema schema;

    AnalyticOperator(Operator child, ResolvedPlan.Window node, PlannerOptions options) {
        super("Window", List.of(child));
        this.node = node;
        this.options = options;
        input = node.child().schema();
        schema = node.schema();
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        Collected all = Collected.run(child(), input, batch);
        int count = all.size();
        if (count == 0) {
            return;
        }
        int[] partition = new int[count];
        var index = new GroupIndex(node.partition().stream().map(e -> e.type()).toList());
        index.add(evaluate(all.rows, node.partition()), count, partition);
        var keys = new ArrayList<VectorOrder.RowComparator>();
        for (ResolvedPlan.SortKey key : node.order()) {
            Vector values = options.compile(key.expression()).evaluate(all.rows);
            keys.add(VectorOrder.of(values, key.ascending(), key.nullsFirst()));
        }
        VectorOrder.RowComparator order = VectorOrder.of(keys);
        int[] sorted = VectorOrder.sorted(count, (left, right) -> {
            int byPartition = Integer.compare(partition[left], partition[right]);
            return byPartition != 0 ? byPartition : order.compare(left, right);
        });
        var ranks = new Ranks(sorted, partition, order, node.order().isEmpty());
        write(all.rows, sorted, calls(all.rows, sorted, ranks), out);
    }

    private Vector[] evaluate(VectorBatch rows, List<org.tailrace.expr.Typed> expressions) {
        return expressions.stream().map(e -> options.compile(e).evaluate(rows)).toArray(Vector[]::new);
    }

    /** Where each sorted row's partition and peers begin and end. */
    private static final class Ranks {
        final int[] start;
        final int[] end;
        final int[] peersStart;
        final int[] peersEnd;
        final int[] dense;

        Ranks(int[] sorted, int[] partition, VectorOrder.RowComparator order, boolean unordered) {
            int count = sorted.length;
            start = new int[count];
            end = new int[count];
            peersStart = new int[count];
            peersEnd = new int[count];
            dense = new int[count];
            for (int i = 0; i < count; i++) {
                boolean first = i == 0 || partition[sorted[i]] != partition[sorted[i - 1]];
                boolean peer = !first && (unordered || order.compare(sorted[i], sorted[i - 1]) == 0);
                start[i] = first ? i : start[i - 1];
                peersStart[i] = peer ? peersStart[i - 1] : i;
                dense[i] = first ? 1 : dense[i - 1] + (peer ? 0 : 1);
            }
            for (int i = count - 1; i >= 0; i--) {
                boolean last = i == count - 1 || start[i + 1] != start[i];
                end[i] = last ? i + 1 : end[i + 1];
                peersEnd[i] = last || peersStart[i + 1] != peersStart[i] ? i + 1 : peersEnd[i + 1];
            }
        }
    }

    /** The values of each call, by sorted row. */
    private Vector[] calls(VectorBatch rows, int[] sorted, Ranks ranks) {
        Vector[] values = new Vector[node.calls().size()];
        for (int c = 0; c < values.length; c++) {
            AnalyticCall call = node.calls().get(c);
            Vector value = Vector.create(schema.type(input.size() + c));
            value.prepare(0);
            if (call.aggregate().isPresent()) {
                aggregate(call, rows, sorted, ranks, value);
            } else if (call.name().equals("lag") || call.name().equals("lead")) {
                neighbour(call, rows, sorted, ranks, value);
            } else {
                rank(call.name(), sorted.length, ranks, (IntVector) value);
            }
            values[c] = value;
        }
        return values;
    }

    private static void rank(String name, int count, Ranks ranks, IntVector value) {
        for (int i = 0; i < count; i++) {
            int rank = name.equals("row_number")
                    ? i - ranks.start[i] + 1
                    : name.equals("rank") ? ranks.peersStart[i] - ranks.start[i] + 1 : ranks.dense[i];
            value.append(rank, true);
        }
    }

    private void neighbour(AnalyticCall call, VectorBatch rows, int[] sorted, Ranks ranks, Vector value) {
        Vector[] arguments = evaluate(rows, call.arguments());
        int sign = call.name().equals("lag") ? -1 : 1;
        for (int i = 0; i < sorted.length; i++) {
            Object by = arguments.length > 1 ? arguments[1].get(sorted[i]) : (Object) 1;
            int other = i + sign * (by == null ? 0 : ((Number) by).intValue());
            if (other >= ranks.start[i] && other < ranks.end[i]) {
                value.append(arguments[0], sorted[other]);
            } else if (arguments.length > 2) {
                value.append(arguments[2], sorted[i]);
            } else {
                value.appendValue(null);
            }
        }
    }

    private void aggregate(AnalyticCall call, VectorBatch rows, int[] sorted, Ranks ranks, Vector value) {
        var of = call.aggregate().orElseThrow();
        Vector[] arguments = evaluate(rows, of.arguments());
        Evaluator filter = of.filter().map(options::compile).orElse(null);
        Vector mask = filter == null ? null : filter.evaluate(rows);
        Vector[] part =
                of.arguments().stream().map(a -> Vector.create(a.type())).toArray(Vector[]::new);
        Vector result = Vector.create(of.type());
        int[] group = {0};
        Accumulator accumulator = of.accumulator(options.context());
        accumulator.ensureGroups(1);
        for (int i = 0; i < sorted.length; i = ranks.peersEnd[i]) {
            if (ranks.start[i] == i) {
                accumulator.reset(0);
            }
            int[] peers = Arrays.copyOfRange(sorted, i, ranks.peersEnd[i]);
            int count = 0;
            for (int row : peers) {
                if (mask == null || Boolean.TRUE.equals(mask.get(row))) {
                    peers[count++] = row;
                }
            }
            for (int a = 0; a < part.length; a++) {
                part[a].gather(arguments[a], peers, count);
            }
            accumulator.add(new int[count], part, count);
            accumulator.result(group, 1, result);
            for (int peer = i; peer < ranks.peersEnd[i]; peer++) {
                value.append(result, 0);
            }
        }
    }

    private void write(VectorBatch rows, int[] sorted, Vector[] values, Rows out) throws Exception {
        VectorBatch result = VectorBatch.create(schema);
        int size = options.vectorSize();
        for (int from = 0; from < sorted.length; from += size) {
            int count = Math.min(size, sorted.length - from);
            Columns.gather(rows, Arrays.copyOfRange(sorted, from, from + count), count, result);
            int[] some = new int[count];
            for (int i = 0; i < count; i++) {
                some[i] = from + i;
            }
            for (int c = 0; c < values.length; c++) {
                result.columns[input.size() + c].gather(values[c], some, count);
            }
            result.size = count;
            out.accept(result);
        }
    }
}
