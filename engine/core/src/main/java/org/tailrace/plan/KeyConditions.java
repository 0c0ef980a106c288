package org.tailrace.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.tailrace.expr.Typed;

/**
 * What the conditions on one side of a join say of the other side, because its key equals a column of theirs: with
 * {@code e.k = f.k}, {@code e.k < 'r'} holds for {@code f.k} of every pair too. Spark's optimizer asks it there, below the
 * watermark, so that rows which no pair has do not move it.
 */
final class KeyConditions {
    private final List<Typed> left = new ArrayList<>();
    private final List<Typed> right = new ArrayList<>();

    /**
     * @param type says which sides may lose rows without a partner
     * @param conjuncts of the join, over the columns of the left and then of the right
     */
    KeyConditions(JoinType type, ResolvedPlan leftPlan, ResolvedPlan rightPlan, List<Typed> conjuncts) {
        int width = leftPlan.output().size();
        List<Typed> ofLeft = known(leftPlan);
        List<Typed> ofRight = known(rightPlan);
        var all = new ArrayList<>(conjuncts);
        all.addAll(ofLeft);
        ofRight.forEach(c -> all.add(TypedTrees.shift(c, width)));
        boolean inner = type == JoinType.INNER || type == JoinType.CROSS || type == JoinType.SEMI;
        for (Typed inferred : inferred(all)) {
            BitSet inputs = TypedTrees.inputs(inferred);
            if (inputs.isEmpty() || !TypedTrees.deterministic(inferred)) {
                continue;
            } else if (inputs.length() <= width && (inner || type == JoinType.RIGHT)) {
                add(inferred, ofLeft, left);
            } else if (inputs.nextSetBit(0) >= width && (inner || type == JoinType.LEFT || type == JoinType.ANTI)) {
                add(TypedTrees.shift(inferred, -width), ofRight, right);
            }
        }
    }

    private static void add(Typed condition, List<Typed> known, List<Typed> side) {
        if (!known.contains(condition) && !side.contains(condition)) {
            side.add(condition);
        }
    }

    /** Over the left's columns. */
    List<Typed> left() {
        return left;
    }

    /** Over the right's columns. */
    List<Typed> right() {
        return right;
    }

    /** Each condition with a column put in the place of one that it equals. */
    private static List<Typed> inferred(List<Typed> conjuncts) {
        var all = new ArrayList<Typed>();
        for (Typed equality : conjuncts) {
            if (!TypedTrees.isCall(equality, "=")) {
                continue;
            }
            Typed one = ((Typed.Apply) equality).arguments().get(0);
            Typed other = ((Typed.Apply) equality).arguments().get(1);
            for (Typed conjunct : conjuncts) {
                if (conjunct != equality) {
                    replace(conjunct, one, other, all);
                    replace(conjunct, other, one, all);
                }
            }
        }
        return all;
    }

    private static void replace(Typed conjunct, Typed column, Typed by, List<Typed> all) {
        boolean value =
                by instanceof Typed.Input || by instanceof Typed.Cast cast && cast.child() instanceof Typed.Input;
        if (column instanceof Typed.Input from
                && value
                && TypedTrees.inputs(conjunct).get(from.ordinal())) {
            all.add(TypedTrees.substitute(conjunct, input -> input.ordinal() == from.ordinal() ? by : input));
        }
    }

    /** The conditions that hold for every row of a plan. */
    private static List<Typed> known(ResolvedPlan plan) {
        if (plan instanceof ResolvedPlan.Filter filter) {
            var all = new ArrayList<>(known(filter.child()));
            all.addAll(TypedTrees.conjuncts(filter.condition()));
            return all;
        } else if (plan instanceof ResolvedPlan.Watermark watermark) {
            return known(watermark.child());
        } else if (plan instanceof ResolvedPlan.Project project) {
            return renamed(known(project.child()), project.expressions());
        }
        return List.of();
    }

    /** Those whose columns are all passed on, in their new places. */
    private static List<Typed> renamed(List<Typed> conditions, List<Typed> outputs) {
        Predicate<Integer> passed = ordinal -> place(ordinal, outputs) >= 0;
        return conditions.stream()
                .filter(c -> TypedTrees.inputs(c).stream().boxed().allMatch(passed))
                .map(c -> TypedTrees.substitute(
                        c, input -> new Typed.Input(place(input.ordinal(), outputs), input.type(), input.nullable())))
                .toList();
    }

    private static int place(int ordinal, List<Typed> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i) instanceof Typed.Input input && input.ordinal() == ordinal) {
                return i;
            }
        }
        return -1;
    }
}
