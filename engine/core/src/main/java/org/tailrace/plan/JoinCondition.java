package org.tailrace.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.tailrace.expr.Typed;

/**
 * The condition of a join, taken apart.
 *
 * @param leftKeys over the left columns
 * @param rightKeys over the right columns
 * @param nullSafe per key: written as {@code <=>}
 * @param residual the other conditions, over the left columns and then the right ones
 */
record JoinCondition(List<Typed> leftKeys, List<Typed> rightKeys, List<Boolean> nullSafe, List<Typed> residual) {

    static JoinCondition of(List<Attribute> left, List<Attribute> right, List<Typed> conjuncts) {
        int width = left.size();
        var leftKeys = new ArrayList<Typed>();
        var rightKeys = new ArrayList<Typed>();
        var nullSafe = new ArrayList<Boolean>();
        var residual = new ArrayList<Typed>();
        for (Typed conjunct : conjuncts) {
            boolean safe = TypedTrees.isCall(conjunct, "<=>");
            if ((safe || TypedTrees.isCall(conjunct, "=")) && TypedTrees.deterministic(conjunct)) {
                List<Typed> sides = ((Typed.Apply) conjunct).arguments();
                BitSet first = TypedTrees.inputs(sides.get(0));
                BitSet second = TypedTrees.inputs(sides.get(1));
                boolean straight = within(first, 0, width) && within(second, width, Integer.MAX_VALUE);
                boolean crossed = within(second, 0, width) && within(first, width, Integer.MAX_VALUE);
                if (straight || crossed) {
                    leftKeys.add(sides.get(straight ? 0 : 1));
                    rightKeys.add(TypedTrees.shift(sides.get(straight ? 1 : 0), -width));
                    nullSafe.add(safe);
                    continue;
                }
            }
            residual.add(conjunct);
        }
        return new JoinCondition(leftKeys, rightKeys, nullSafe, residual);
    }

    private static boolean within(BitSet inputs, int from, int to) {
        return !inputs.isEmpty() && inputs.nextSetBit(0) >= from && inputs.length() <= to;
    }

    /** The range of two watermarked times. */
    Optional<ResolvedPlan.Join.TimeRange> range(List<Attribute> left, List<Attribute> right) {
        return TimeRanges.find(residual, left, right).stream()
                .filter(r -> left.get(r.leftTime()).eventTime()
                        && right.get(r.rightTime()).eventTime())
                .findFirst();
    }
}
