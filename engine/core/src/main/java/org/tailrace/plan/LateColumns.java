package org.tailrace.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tailrace.expr.Typed;

/**
 * A side of a join whose columns that can fail are computed above the join. Spark's generated code computes a column where
 * it is first needed, so {@code a * 2} cannot overflow on a row that the join drops; a query must not fail here on a row
 * that does no harm there.
 *
 * @param early the side without those columns, but with what they read
 * @param columns every column of the side, over the columns of {@code early}
 */
record LateColumns(Relation early, List<Typed> columns) {

    /**
     * @param read the columns that the join's condition reads, which must stay below
     * @return empty if no other column can fail
     */
    static Optional<LateColumns> of(Relation side, BitSet read, Predicate<Typed> canFail) {
        if (!(side.plan() instanceof ResolvedPlan.Project written)) {
            return Optional.empty();
        }
        ResolvedPlan.Project project = merged(written, canFail);
        List<Typed> expressions = project.expressions();
        var late = new BitSet();
        for (int i = 0; i < expressions.size(); i++) {
            Typed expression = expressions.get(i);
            late.set(i, !read.get(i) && TypedTrees.deterministic(expression) && canFail.test(expression));
        }
        return late.isEmpty()
                ? Optional.empty()
                : Optional.of(divided(project.child(), expressions, side.columns(), late));
    }

    private static LateColumns divided(
            ResolvedPlan child, List<Typed> expressions, List<Attribute> names, BitSet late) {
        var kept = new ArrayList<Typed>();
        var attributes = new ArrayList<Attribute>();
        var places = new ArrayList<Typed>();
        for (int i = 0; i < expressions.size(); i++) {
            Typed expression = expressions.get(i);
            if (!late.get(i)) {
                places.add(new Typed.Input(kept.size(), expression.type(), expression.nullable()));
                kept.add(expression);
                attributes.add(names.get(i));
            } else {
                places.add(expression);
            }
        }
        for (int i = late.nextSetBit(0); i >= 0; i = late.nextSetBit(i + 1)) {
            places.set(i, TypedTrees.substitute(expressions.get(i), input -> {
                int place = kept.indexOf(input);
                if (place < 0) {
                    place = kept.size();
                    kept.add(input);
                    attributes.add(child.output().get(input.ordinal()));
                }
                return new Typed.Input(place, input.type(), input.nullable());
            }));
        }
        return new LateColumns(Relation.of(new ResolvedPlan.Project(child, kept, attributes)), places);
    }

    /** Two projections as one, if that computes nothing twice and brings a column that can fail to the top. */
    private static ResolvedPlan.Project merged(ResolvedPlan.Project upper, Predicate<Typed> canFail) {
        if (!(upper.child() instanceof ResolvedPlan.Project lower)
                || lower.expressions().stream().noneMatch(canFail)
                || !lower.expressions().stream().allMatch(TypedTrees::deterministic)) {
            return upper;
        }
        int[] uses = new int[lower.expressions().size()];
        for (Typed expression : upper.expressions()) {
            TypedTrees.any(expression, node -> {
                if (node instanceof Typed.Input input) {
                    uses[input.ordinal()]++;
                }
                return false;
            });
        }
        for (int i = 0; i < uses.length; i++) {
            if (uses[i] > 1 && !(lower.expressions().get(i) instanceof Typed.Input)) {
                return upper;
            }
        }
        List<Typed> expressions = upper.expressions().stream()
                .map(e -> TypedTrees.substitute(e, input -> lower.expressions().get(input.ordinal())))
                .toList();
        return merged(new ResolvedPlan.Project(lower.child(), expressions, upper.output()), canFail);
    }
}
