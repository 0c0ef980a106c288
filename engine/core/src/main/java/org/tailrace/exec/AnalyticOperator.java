package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.Frames.Ranks;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateCall;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.ResolvedPlan.Window.AnalyticCall;

/**
 * {@code f(..) OVER (PARTITION BY .. ORDER BY .. ROWS ..)} over a bounded table: rows come out by partition, in its order.
 * Without a frame an aggregate with an order counts the rows up to the current one and its peers; without an order, the
 * whole partition.
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
        var keys = new ArrayList<Frames.Order>();
        for (ResolvedPlan.SortKey key : node.order()) {
            Vector values = options.compile(key.expression()).evaluate(all.rows);
            keys.add(new Frames.Order(values, key.ascending(), key.nullsFirst()));
        }
        VectorOrder.RowComparator order = VectorOrder.of(keys.stream()
                .map(k -> VectorOrder.of(k.values(), k.ascending(), k.nullsFirst()))
                .toList());
        int[] sorted = VectorOrder.sorted(count, (left, right) -> {
            int byPartition = Integer.compare(partition[left], partition[right]);
            return byPartition != 0 ? byPartition : order.compare(left, right);
        });
        var ranks = new Ranks(sorted, partition, order, node.order().isEmpty());
        Frames frames = node.frame()
                .map(frame -> Frames.of(frame, ranks, sorted, all.rows, keys, options))
                .orElseGet(() -> Frames.peers(ranks));
        write(all.rows, sorted, calls(all.rows, sorted, ranks, frames), out);
    }

    private Vector[] evaluate(VectorBatch rows, List<org.tailrace.expr.Typed> expressions) {
        return expressions.stream().map(e -> options.compile(e).evaluate(rows)).toArray(Vector[]::new);
    }

    /** The values of each call, by sorted row. */
    private Vector[] calls(VectorBatch rows, int[] sorted, Ranks ranks, Frames frames) {
        Vector[] values = new Vector[node.calls().size()];
        for (int c = 0; c < values.length; c++) {
            AnalyticCall call = node.calls().get(c);
            Vector value = Vector.create(schema.type(input.size() + c));
            value.prepare(0);
            if (call.aggregate().isPresent()) {
                aggregate(call.aggregate().get(), rows, sorted, frames, value);
            } else {
                switch (call.name()) {
                    case "lag", "lead" -> neighbour(call, rows, sorted, ranks, value);
                    case "nth_value" -> nth(call, rows, sorted, frames, value);
                    case "percent_rank", "cume_dist" -> share(call.name(), ranks, (DoubleVector) value);
                    case "ntile" -> tiles(call, rows, ranks, (IntVector) value);
                    default -> rank(call.name(), ranks, (IntVector) value);
                }
            }
            values[c] = value;
        }
        return values;
    }

    private static void rank(String name, Ranks ranks, IntVector value) {
        for (int i = 0; i < ranks.start.length; i++) {
            int rank = name.equals("row_number")
                    ? i - ranks.start[i] + 1
                    : name.equals("rank") ? ranks.peersStart[i] - ranks.start[i] + 1 : ranks.dense[i];
            value.append(rank, true);
        }
    }

    private static void share(String name, Ranks ranks, DoubleVector value) {
        for (int i = 0; i < ranks.start.length; i++) {
            double size = ranks.end[i] - ranks.start[i];
            double before = ranks.peersStart[i] - ranks.start[i];
            value.append(
                    name.equals("cume_dist")
                            ? (ranks.peersEnd[i] - ranks.start[i]) / size
                            : size > 1 ? before / (size - 1) : 0,
                    true);
        }
    }

    /** As equal parts as can be, the larger ones first. */
    private void tiles(AnalyticCall call, VectorBatch rows, Ranks ranks, IntVector value) {
        int tiles = call.arguments().isEmpty() ? 1 : positive(call, rows);
        for (int i = 0; i < ranks.start.length; i++) {
            int size = ranks.end[i] - ranks.start[i];
            int row = i - ranks.start[i];
            int small = size / tiles;
            int larger = size % tiles;
            int inLarger = larger * (small + 1);
            value.append(row < inLarger ? row / (small + 1) + 1 : larger + (row - inLarger) / small + 1, true);
        }
    }

    /** The last argument, a constant from 1. */
    private int positive(AnalyticCall call, VectorBatch rows) {
        Vector[] arguments = evaluate(rows, call.arguments());
        return ((Number) java.util.Objects.requireNonNull(arguments[arguments.length - 1].get(0))).intValue();
    }

    private void neighbour(AnalyticCall call, VectorBatch rows, int[] sorted, Ranks ranks, Vector value) {
        Vector[] arguments = evaluate(rows, call.arguments());
        int sign = call.name().equals("lag") ? -1 : 1;
        for (int i = 0; i < sorted.length; i++) {
            Object by = arguments.length > 1 ? arguments[1].get(sorted[i]) : (Object) 1;
            int distance = sign * (by == null ? 0 : ((Number) by).intValue());
            int other = call.ignoresNulls()
                    ? present(arguments[0], sorted, i, distance, ranks.start[i], ranks.end[i])
                    : i + distance;
            if (other >= ranks.start[i] && other < ranks.end[i]) {
                value.append(arguments[0], sorted[other]);
            } else if (arguments.length > 2) {
                value.append(arguments[2], sorted[i]);
            } else {
                value.appendValue(null);
            }
        }
    }

    /** The {@code distance}-th row from here whose value is not NULL; −1 if there are fewer. */
    private static int present(Vector values, int[] sorted, int row, int distance, int start, int end) {
        int step = Integer.signum(distance);
        int left = Math.abs(distance);
        int at = row;
        while (left > 0) {
            at += step;
            if (at < start || at >= end) {
                return -1;
            }
            left -= values.isNull(sorted[at]) ? 0 : 1;
        }
        return at;
    }

    private void nth(AnalyticCall call, VectorBatch rows, int[] sorted, Frames frames, Vector value) {
        Vector values = evaluate(rows, call.arguments())[0];
        int wanted = positive(call, rows);
        for (int i = 0; i < sorted.length; i++) {
            int at = call.ignoresNulls()
                    ? present(values, sorted, frames.from[i] - 1, wanted, frames.from[i], frames.to[i])
                    : frames.from[i] + wanted - 1;
            if (at >= frames.from[i] && at < frames.to[i]) {
                value.append(values, sorted[at]);
            } else {
                value.appendValue(null);
            }
        }
    }

    /** Rows are added while frames grow at their end, and taken out at their start where the aggregate can do that. */
    private void aggregate(AggregateCall call, VectorBatch rows, int[] sorted, Frames frames, Vector value) {
        var frame = new FrameAggregate(call, rows, sorted);
        Vector result = Vector.create(call.type());
        int from = 0;
        int to = 0;
        for (int i = 0; i < sorted.length; i++) {
            boolean same = i > 0 && frames.from[i] == from && frames.to[i] == to;
            if (!same) {
                boolean grows = frames.from[i] >= from && frames.from[i] <= to && frames.to[i] >= to;
                if (grows && (frames.from[i] == from || frame.retractable())) {
                    frame.retract(from, frames.from[i]);
                    frame.add(to, frames.to[i]);
                } else {
                    frame.reset();
                    frame.add(frames.from[i], frames.to[i]);
                }
                from = frames.from[i];
                to = frames.to[i];
            }
            if (!same || i == 0) {
                frame.result(result);
            }
            value.append(result, 0);
        }
    }

    /** One aggregate over a frame that moves. */
    private final class FrameAggregate {
        private final Accumulator accumulator;
        private final Vector[] arguments;
        private final Vector[] part;
        private final @Nullable Vector mask;
        private final int[] sorted;

        FrameAggregate(AggregateCall call, VectorBatch rows, int[] sorted) {
            this.sorted = sorted;
            accumulator = call.accumulator(options.context());
            accumulator.ensureGroups(1);
            arguments = evaluate(rows, call.arguments());
            part = call.arguments().stream().map(a -> Vector.create(a.type())).toArray(Vector[]::new);
            mask = call.filter()
                    .map(filter -> options.compile(filter).evaluate(rows))
                    .orElse(null);
        }

        boolean retractable() {
            return accumulator.retractable();
        }

        void reset() {
            accumulator.reset(0);
        }

        void add(int from, int to) {
            int count = gather(from, to);
            accumulator.add(new int[count], part, count);
        }

        void retract(int from, int to) {
            if (to > from) {
                int count = gather(from, to);
                accumulator.retract(new int[count], part, count);
            }
        }

        void result(Vector result) {
            accumulator.result(new int[1], 1, result);
        }

        private int gather(int from, int to) {
            int[] some = Arrays.copyOfRange(sorted, from, to);
            int count = 0;
            for (int row : some) {
                if (mask == null || Boolean.TRUE.equals(mask.get(row))) {
                    some[count++] = row;
                }
            }
            for (int a = 0; a < part.length; a++) {
                part[a].gather(arguments[a], some, count);
            }
            return count;
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
