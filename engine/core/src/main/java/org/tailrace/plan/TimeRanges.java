package org.tailrace.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.data.Values;
import org.tailrace.expr.Typed;

/**
 * Reads off a join condition how far apart two times can be: from conditions such as {@code r.ts >= l.ts} and
 * {@code r.ts <= l.ts + interval 10 minutes} that {@code 0 <= r.ts - l.ts <= 10 minutes}. Each side of a comparison is a
 * timestamp column plus and minus constants.
 */
public final class TimeRanges {
    private TimeRanges() {}

    /** {@code column + micros}. */
    private record Point(int column, long micros) {}

    /** A range for each pair of a left and a right timestamp that a condition bounds, in the order of the conditions. */
    static List<ResolvedPlan.Join.TimeRange> find(List<Typed> conjuncts, List<Attribute> left, List<Attribute> right) {
        Map<List<Integer>, long[]> bounds = new LinkedHashMap<>();
        for (Typed conjunct : conjuncts) {
            for (Typed comparison : comparisons(conjunct)) {
                bound((Typed.Apply) comparison, left.size(), bounds);
            }
        }
        var ranges = new ArrayList<ResolvedPlan.Join.TimeRange>();
        bounds.forEach((pair, range) ->
                ranges.add(new ResolvedPlan.Join.TimeRange(pair.get(0), pair.get(1), range[0], range[1])));
        return ranges;
    }

    /**
     * Whether rows of a side never leave the state, because Spark takes a lower bound of a number of that side, such as
     * {@code e.v > 1}, for a bound of its time, which that number as a time has long been past. Only conditions on a side
     * whose rows come out without a partner too are left in a join.
     */
    public static boolean never(ResolvedPlan.Join join, boolean isLeft) {
        int width = join.left().output().size();
        List<Typed> conjuncts = join.residual().map(TypedTrees::conjuncts).orElse(List.of());
        for (Typed conjunct : conjuncts) {
            for (Typed comparison : comparisons(conjunct)) {
                List<Typed> sides = ((Typed.Apply) comparison).arguments();
                boolean firstIsLarger = direction(comparison) > 0;
                Typed larger = sides.get(firstIsLarger ? 0 : 1);
                Typed smaller = sides.get(firstIsLarger ? 1 : 0);
                var inputs = TypedTrees.inputs(larger);
                if (larger.type().isNumeric()
                        && inputs.cardinality() == 1
                        && inputs.nextSetBit(0) < width == isLeft
                        && TypedTrees.inputs(smaller).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The comparisons that a condition consists of. */
    private static List<Typed> comparisons(Typed conjunct) {
        if (TypedTrees.isCall(conjunct, "between")) {
            List<Typed> arguments = ((Typed.Apply) conjunct).arguments();
            return List.of(
                    comparison(conjunct, arguments.get(0), arguments.get(1)),
                    comparison(conjunct, arguments.get(2), arguments.get(0)));
        }
        boolean comparison = conjunct instanceof Typed.Apply && direction(conjunct) != 0;
        return comparison ? List.of(conjunct) : List.of();
    }

    /** {@code larger >= smaller}, in the shape of the BETWEEN that it comes from. */
    private static Typed comparison(Typed between, Typed larger, Typed smaller) {
        var apply = (Typed.Apply) between;
        return new Typed.Apply(apply.function(), List.of(larger, smaller), apply.type(), apply.nullable());
    }

    /** 1 if the first side is the larger one, −1 if the second is, 0 if this compares nothing. */
    private static int direction(Typed comparison) {
        if (TypedTrees.isCall(comparison, ">")
                || TypedTrees.isCall(comparison, ">=")
                || TypedTrees.isCall(comparison, "between")) {
            return 1;
        }
        if (TypedTrees.isCall(comparison, "<") || TypedTrees.isCall(comparison, "<=")) {
            return -1;
        }
        return 0;
    }

    private static void bound(Typed.Apply comparison, int width, Map<List<Integer>, long[]> bounds) {
        Optional<Point> first = point(comparison.arguments().get(0));
        Optional<Point> second = point(comparison.arguments().get(1));
        if (first.isEmpty() || second.isEmpty()) {
            return;
        }
        boolean firstIsLarger = direction(comparison) > 0;
        Point larger = firstIsLarger ? first.get() : second.get();
        Point smaller = firstIsLarger ? second.get() : first.get();
        // Spark takes a strict bound for one that is not, so that a row leaves the state no earlier.
        long offset = smaller.micros() - larger.micros();
        if (larger.column() >= width && smaller.column() < width) {
            long[] range = range(bounds, smaller.column(), larger.column() - width);
            range[0] = Math.max(range[0], offset);
        } else if (larger.column() < width && smaller.column() >= width) {
            long[] range = range(bounds, larger.column(), smaller.column() - width);
            range[1] = Math.min(range[1], -offset);
        }
    }

    private static long[] range(Map<List<Integer>, long[]> bounds, int left, int right) {
        return bounds.computeIfAbsent(List.of(left, right), pair -> new long[] {Long.MIN_VALUE, Long.MAX_VALUE});
    }

    private static Optional<Point> point(Typed typed) {
        if (typed instanceof Typed.Input input && input.type() == DataType.TIMESTAMP) {
            return Optional.of(new Point(input.ordinal(), 0));
        }
        boolean plus = TypedTrees.isCall(typed, "+");
        if (!plus && !TypedTrees.isCall(typed, "-")) {
            return Optional.empty();
        }
        List<Typed> sides = ((Typed.Apply) typed).arguments();
        if (sides.size() != 2) {
            return Optional.empty();
        }
        Optional<Long> second = micros(sides.get(1));
        if (second.isPresent()) {
            return point(sides.get(0))
                    .map(p -> new Point(p.column(), p.micros() + (plus ? second.get() : -second.get())));
        }
        Optional<Long> first = plus ? micros(sides.get(0)) : Optional.empty();
        return first.flatMap(m -> point(sides.get(1)).map(p -> new Point(p.column(), p.micros() + m)));
    }

    private static Optional<Long> micros(Typed typed) {
        return typed instanceof Typed.Constant constant && constant.value() instanceof Duration duration
                ? Optional.of(Values.toLong(DataType.DAY_TIME, duration))
                : Optional.empty();
    }
}
