package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tailrace.data.Field;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Names;

/** What one node of a plan as it was written says of itself in a tree of text, and which nodes hang below it. */
final class PlanTree {
    private PlanTree() {}

    static List<Plan> children(Plan plan) {
        if (plan instanceof Plan.Join join) {
            return List.of(join.left(), join.right());
        } else if (plan instanceof Plan.Lateral lateral) {
            return List.of(lateral.left(), lateral.query());
        } else if (plan instanceof Plan.SetOperation operation) {
            return List.of(operation.left(), operation.right());
        } else if (plan instanceof Plan.Union union) {
            return union.children();
        } else if (plan instanceof Plan.With with) {
            var all = new ArrayList<Plan>();
            all.add(with.body());
            with.tables().stream().map(Map.Entry::getValue).forEach(all::add);
            return all;
        } else if (plan instanceof Plan.WithSubqueries with) {
            var all = new ArrayList<Plan>();
            all.add(with.body());
            all.addAll(with.subqueries());
            return all;
        }
        return child(plan);
    }

    private static List<Plan> child(Plan plan) {
        if (plan instanceof Plan.Qualify node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Alias node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Filter node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Project node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Generate node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Watermark node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Aggregate node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Distinct node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Deduplicate node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Stateful node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Sort node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Limit node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.Offset node) {
            return List.of(node.child());
        } else if (plan instanceof Plan.MapBatches node) {
            return List.of(node.child());
        }
        return List.of();
    }

    static String line(Plan plan) {
        if (plan instanceof Plan.Source node) {
            return (node.spec().streaming() ? "source  " : "table  ")
                    + node.spec().identity() + ": " + node.spec().schema();
        } else if (plan instanceof Plan.Named node) {
            return "table  " + node.name();
        } else if (plan instanceof Plan.Values node) {
            return "values  " + node.rows().size() + (node.rows().size() == 1 ? " row" : " rows");
        } else if (plan instanceof Plan.InlineTable node) {
            return "values  " + node.rows().size() + (node.rows().size() == 1 ? " row" : " rows");
        } else if (plan instanceof Plan.Alias node) {
            return "as  " + node.name()
                    + (node.columns().isEmpty() ? "" : "(" + String.join(", ", node.columns()) + ")");
        } else if (plan instanceof Plan.Filter node) {
            return "where  " + Names.text(node.condition());
        } else if (plan instanceof Plan.Project node) {
            return "select  " + outputs(node.outputs());
        } else if (plan instanceof Plan.Watermark node) {
            return "watermark  " + Names.text(node.column()) + ", " + node.delay() + " late";
        } else if (plan instanceof Plan.Aggregate node) {
            return "group by  " + (node.keys().isEmpty() ? "nothing" : outputs(node.keys())) + ": "
                    + outputs(node.outputs())
                    + node.having().map(h -> " having " + Names.text(h)).orElse("");
        } else if (plan instanceof Plan.Join node) {
            return (node.natural() ? "natural " : "") + JoinRules.name(node.type()) + " join"
                    + node.on().map(on -> "  " + Names.text(on)).orElse("")
                    + (node.using().isEmpty() ? "" : "  using " + String.join(", ", node.using()));
        }
        return rest(plan);
    }

    private static String rest(Plan plan) {
        if (plan instanceof Plan.Qualify node) {
            return "qualify  " + Names.text(node.condition());
        } else if (plan instanceof Plan.Lateral node) {
            return JoinRules.name(node.type()) + " join lateral"
                    + node.on().map(on -> "  " + Names.text(on)).orElse("");
        } else if (plan instanceof Plan.Generate node) {
            return "lateral view  " + Names.text(node.generator()) + " as " + String.join(", ", node.columns());
        } else if (plan instanceof Plan.Deduplicate node) {
            return (node.withinWatermark() ? "drop duplicates within watermark" : "drop duplicates")
                    + (node.columns().isEmpty() ? "" : "  by " + String.join(", ", node.columns()));
        } else if (plan instanceof Plan.Stateful node) {
            return "stateful  " + node.spec().name() + " by " + node.spec().key();
        } else if (plan instanceof Plan.SetOperation node) {
            return node.intersect() ? "intersect" : "except";
        } else if (plan instanceof Plan.Sort node) {
            return "order by  "
                    + node.keys().stream()
                            .map(k -> Names.text(k.expr()) + (k.ascending() ? "" : " desc"))
                            .collect(Collectors.joining(", "));
        } else if (plan instanceof Plan.Limit node) {
            return "limit  " + node.rows();
        } else if (plan instanceof Plan.Offset node) {
            return "offset  " + node.rows();
        } else if (plan instanceof Plan.MapBatches node) {
            return "map  " + node.spec().name() + " to " + node.spec().output();
        }
        return plan.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String outputs(List<Expr> outputs) {
        return outputs.stream()
                .map(o -> o instanceof Expr.Alias alias
                        ? Names.text(alias.child()) + " as " + Field.quoted(alias.name())
                        : Names.text(o))
                .collect(Collectors.joining(", "));
    }
}
