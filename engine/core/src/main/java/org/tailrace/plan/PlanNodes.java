package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Walks over resolved plans, and calls their nodes by the verbs that make them. */
final class PlanNodes {
    private PlanNodes() {}

    /** The node and all below it, from the top. */
    static List<ResolvedPlan> all(ResolvedPlan plan) {
        var nodes = new ArrayList<ResolvedPlan>();
        nodes.add(plan);
        nodes.addAll(below(plan));
        return nodes;
    }

    /** The same nodes, children before their parents. */
    static List<ResolvedPlan> upwards(ResolvedPlan plan) {
        var nodes = new ArrayList<ResolvedPlan>();
        plan.children().forEach(child -> nodes.addAll(upwards(child)));
        nodes.add(plan);
        return nodes;
    }

    static List<ResolvedPlan> below(ResolvedPlan plan) {
        var nodes = new ArrayList<ResolvedPlan>();
        plan.children().forEach(child -> nodes.addAll(all(child)));
        if (plan instanceof ResolvedPlan.ScalarSubqueries scalar) {
            scalar.subqueries().forEach(subquery -> nodes.addAll(all(subquery)));
        }
        return nodes;
    }

    /** {@code groupBy("symbol").agg("count(*)")}. */
    static String describe(ResolvedPlan node) {
        if (node instanceof ResolvedPlan.Aggregate aggregate) {
            return aggregate(aggregate);
        } else if (node instanceof ResolvedPlan.Join join) {
            return "the " + join.type().name().toLowerCase(Locale.ROOT) + " join";
        } else if (node instanceof ResolvedPlan.Deduplicate deduplicate) {
            String keys = deduplicate.keys().stream()
                    .map(key -> '"' + node.output().get(key).name() + '"')
                    .collect(Collectors.joining(", "));
            return (deduplicate.withinWatermark() ? "dropDuplicatesWithinWatermark(" : "dropDuplicates(") + keys + ")";
        } else if (node instanceof ResolvedPlan.Stateful stateful) {
            return "the stateful function " + stateful.spec().name();
        }
        return node.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String aggregate(ResolvedPlan.Aggregate node) {
        int keys = node.keys().size();
        if (node.aggregates().isEmpty() && node.window().isEmpty()) {
            return "distinct()";
        }
        int window = node.window().map(ResolvedPlan.Aggregate.GroupWindow::key).orElse(-1);
        var out = new StringBuilder();
        var names = new ArrayList<String>();
        for (int i = 0; i < keys; i++) {
            if (i != window) {
                names.add('"' + node.output().get(i).name() + '"');
            }
        }
        if (!names.isEmpty()) {
            out.append("groupBy(").append(String.join(", ", names)).append(')');
        }
        node.window()
                .ifPresent(w -> out.append(out.isEmpty() ? "" : ".")
                        .append(verb(w.spec()))
                        .append("(..)"));
        String calls = node.output().subList(keys, node.output().size()).stream()
                .map(a -> '"' + a.name().replace("count(1)", "count(*)") + '"')
                .collect(Collectors.joining(", "));
        return out.append(out.isEmpty() ? "agg(" : ".agg(")
                .append(calls)
                .append(')')
                .toString();
    }

    static String verb(WindowSpec spec) {
        if (spec instanceof WindowSpec.Session) {
            return "session";
        }
        return spec instanceof WindowSpec.Sliding ? "sliding" : "tumbling";
    }
}
