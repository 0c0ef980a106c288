package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailrace.expr.Typed;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.report.QueryInfo;

/**
 * What the columns of a result are, found by following them down to the topmost aggregation: group keys, window,
 * aggregates.
 */
final class ResultRoles {

    private enum Part {
        OTHER,
        KEY,
        WINDOW,
        WINDOW_START,
        WINDOW_END,
        MEASURE
    }

    /** @param key number of the group key that a column shows, −1 if none */
    private record Origin(Part part, int key) {
        static final Origin OTHER = new Origin(Part.OTHER, -1);
    }

    private final List<Origin> columns;
    private final ResolvedPlan.@Nullable Aggregate aggregate;
    private final boolean sorted;

    private ResultRoles(ResolvedPlan plan) {
        columns = origins(plan);
        aggregate = columns.stream().allMatch(c -> c == Origin.OTHER) ? null : topAggregate(plan);
        sorted = sorted(plan);
    }

    static ResultRoles of(ResolvedPlan plan) {
        return new ResultRoles(plan);
    }

    QueryInfo.Roles roles() {
        return new QueryInfo.Roles(
                first(Part.WINDOW), first(Part.WINDOW_START), first(Part.WINDOW_END), all(Part.KEY), all(Part.MEASURE));
    }

    QueryInfo.Fold fold(OutputMode mode) {
        switch (mode) {
            case APPEND:
                return QueryInfo.Fold.ADD;
            case COMPLETE:
                return QueryInfo.Fold.REPLACE;
            default:
                return identified() ? QueryInfo.Fold.UPSERT : QueryInfo.Fold.ADD;
        }
    }

    /** Ordinals that identify a row of the result; empty if nothing does. */
    List<Integer> identity() {
        if (!identified()) {
            return List.of();
        }
        var ordinals = new ArrayList<Integer>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).key >= 0) {
                ordinals.add(i);
            }
        }
        return ordinals;
    }

    /** Windows become final when the watermark passes their end. */
    boolean windowsClose() {
        return aggregate != null
                && aggregate.window().isPresent()
                && aggregate.output().get(aggregate.window().get().key()).eventTime();
    }

    /** The query sorts its result. */
    boolean ordered() {
        return sorted;
    }

    private boolean identified() {
        if (aggregate == null) {
            return false;
        }
        Set<Integer> shown = new TreeSet<>();
        columns.forEach(column -> shown.add(column.key));
        for (int key = 0; key < aggregate.keys().size(); key++) {
            if (!shown.contains(key)) {
                return false;
            }
        }
        return true;
    }

    private int first(Part part) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).part == part) {
                return i;
            }
        }
        return -1;
    }

    private List<Integer> all(Part part) {
        var ordinals = new ArrayList<Integer>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).part == part) {
                ordinals.add(i);
            }
        }
        return ordinals;
    }

    /** Nodes that let the rows of their child through, changed in no column that they keep. */
    private static boolean passes(ResolvedPlan plan) {
        return plan instanceof ResolvedPlan.Filter
                || plan instanceof ResolvedPlan.Sort
                || plan instanceof ResolvedPlan.Limit
                || plan instanceof ResolvedPlan.Offset
                || plan instanceof ResolvedPlan.ScalarSubqueries
                || plan instanceof ResolvedPlan.Lookup;
    }

    private static ResolvedPlan.@Nullable Aggregate topAggregate(ResolvedPlan plan) {
        ResolvedPlan node = plan;
        while (passes(node) || node instanceof ResolvedPlan.Project) {
            node = node.children().get(0);
        }
        return node instanceof ResolvedPlan.Aggregate found ? found : null;
    }

    private static boolean sorted(ResolvedPlan plan) {
        ResolvedPlan node = plan;
        while (passes(node) || node instanceof ResolvedPlan.Project) {
            if (node instanceof ResolvedPlan.Sort) {
                return true;
            }
            node = node.children().get(0);
        }
        return false;
    }

    private static List<Origin> origins(ResolvedPlan plan) {
        if (plan instanceof ResolvedPlan.Aggregate node) {
            return ofAggregate(node);
        } else if (plan instanceof ResolvedPlan.Project node) {
            List<Origin> below = origins(node.child());
            return node.expressions().stream().map(e -> ofExpression(e, below)).toList();
        } else if (passes(plan)) {
            var origins = new ArrayList<>(origins(plan.children().get(0)));
            origins.addAll(Collections.nCopies(plan.output().size() - origins.size(), Origin.OTHER));
            return origins;
        }
        return Collections.nCopies(plan.output().size(), Origin.OTHER);
    }

    private static List<Origin> ofAggregate(ResolvedPlan.Aggregate node) {
        int window = node.window().map(ResolvedPlan.Aggregate.GroupWindow::key).orElse(-1);
        var origins = new ArrayList<Origin>();
        for (int i = 0; i < node.output().size(); i++) {
            Part part = i == window ? Part.WINDOW : i < node.keys().size() ? Part.KEY : Part.MEASURE;
            origins.add(new Origin(part, part == Part.MEASURE ? -1 : i));
        }
        return origins;
    }

    private static Origin ofExpression(Typed expression, List<Origin> below) {
        if (expression instanceof Typed.Input input) {
            return below.get(input.ordinal());
        }
        if (expression instanceof Typed.Apply apply
                && apply.arguments().size() == 2
                && apply.arguments().get(0) instanceof Typed.Input input
                && below.get(input.ordinal()).part == Part.WINDOW
                && apply.arguments().get(1) instanceof Typed.Constant field) {
            int key = below.get(input.ordinal()).key;
            if ("start".equals(field.value()) || Integer.valueOf(0).equals(field.value())) {
                return new Origin(Part.WINDOW_START, key);
            } else if ("end".equals(field.value()) || Integer.valueOf(1).equals(field.value())) {
                return new Origin(Part.WINDOW_END, key);
            }
        }
        var inputs = new TreeSet<Integer>();
        collect(expression, inputs);
        boolean measure = !inputs.isEmpty() && inputs.stream().allMatch(i -> below.get(i).part == Part.MEASURE);
        return measure ? new Origin(Part.MEASURE, -1) : Origin.OTHER;
    }

    private static void collect(Typed expression, Set<Integer> inputs) {
        if (expression instanceof Typed.Input input) {
            inputs.add(input.ordinal());
        } else if (expression instanceof Typed.Apply apply) {
            apply.arguments().forEach(argument -> collect(argument, inputs));
        } else if (expression instanceof Typed.Cast cast) {
            collect(cast.child(), inputs);
        } else if (expression instanceof Typed.Lambda lambda) {
            collect(lambda.body(), inputs);
        } else if (expression instanceof Typed.Case cases) {
            for (Typed.Case.When when : cases.branches()) {
                collect(when.condition(), inputs);
                collect(when.value(), inputs);
            }
            cases.otherwise().ifPresent(other -> collect(other, inputs));
        }
    }
}
