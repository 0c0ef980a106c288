package org.tailrace.plan;

import java.util.Optional;
import org.tailrace.expr.Typed;

/** Finds out whether a column is the end of a window of an earlier aggregate, passed on unchanged. */
final class WindowEnds {
    private WindowEnds() {}

    static boolean isEnd(ResolvedPlan plan, int ordinal) {
        if (plan instanceof ResolvedPlan.Project project) {
            Typed value = project.expressions().get(ordinal);
            return value instanceof Typed.Input input ? isEnd(project.child(), input.ordinal()) : end(value);
        } else if (plan instanceof ResolvedPlan.Aggregate aggregate) {
            boolean window = aggregate.window().filter(w -> w.key() == ordinal).isPresent();
            return !window
                    && ordinal < aggregate.keys().size()
                    && aggregate.keys().get(ordinal) instanceof Typed.Input input
                    && isEnd(aggregate.child(), input.ordinal());
        } else if (plan instanceof ResolvedPlan.Join join) {
            int width = join.left().output().size();
            return ordinal < width ? isEnd(join.left(), ordinal) : isEnd(join.right(), ordinal - width);
        }
        return passing(plan).filter(child -> isEnd(child, ordinal)).isPresent();
    }

    private static boolean end(Typed value) {
        return TypedTrees.isCall(value, ".")
                && TimeWindows.isWindowStruct(
                        ((Typed.Apply) value).arguments().get(0).type())
                && ((Typed.Apply) value).arguments().get(1) instanceof Typed.Constant field
                && "end".equals(field.value());
    }

    /** The child whose columns a node passes on as they are. */
    private static Optional<ResolvedPlan> passing(ResolvedPlan plan) {
        boolean passes = plan instanceof ResolvedPlan.Filter
                || plan instanceof ResolvedPlan.Deduplicate
                || plan instanceof ResolvedPlan.Sort
                || plan instanceof ResolvedPlan.Limit
                || plan instanceof ResolvedPlan.Union;
        return passes ? Optional.of(plan.children().get(0)) : Optional.empty();
    }
}
