package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;

/**
 * A select list, with or without groups, and the ORDER BY on it: sort keys may be outputs, by name or position, or
 * anything that the list itself could hold.
 */
final class Select {
    private final Resolution resolution;
    private final Env env;
    private @Nullable Expr qualify;

    Select(Resolution resolution, Env env) {
        this.resolution = resolution;
        this.env = env;
    }

    /** The same, but with a condition on what the query computes. */
    Relation qualified(Plan.Qualify node, List<Expr.Order> order) {
        var select = new Select(resolution, env);
        select.qualify = node.condition();
        List<Expr> outputs = node.child() instanceof Plan.Project project
                ? project.outputs()
                : ((Plan.Aggregate) node.child()).outputs();
        boolean analytic = Exprs.any(node.condition(), Expr.Over.class::isInstance)
                || outputs.stream().anyMatch(o -> Exprs.any(o, Expr.Over.class::isInstance));
        if (!analytic) {
            throw resolution
                    .problems()
                    .error(
                            "TR-119",
                            "QUALIFY without an analytic function",
                            node.condition(),
                            "a WHERE, or row_number() OVER (..)");
        }
        return node.child() instanceof Plan.Project project
                ? select.project(project, order)
                : select.aggregate((Plan.Aggregate) node.child(), order);
    }

    Relation project(Plan.Project node, List<Expr.Order> order) {
        Relation child = resolution.relation(node.child(), env);
        var canonical = new Canonical(resolution.typer().functions(), child);
        List<Expr> outputs = expanded(node.outputs(), child, canonical);
        if (outputs.stream().anyMatch(this::aggregates)) {
            var grouping = new Grouping(resolution, env, child);
            return grouped(grouping, expanded(node.outputs(), child, grouping.canonical()), List.of(), order);
        }
        var generators = new Generators(resolution, env);
        List<Expr> making = outputs.stream().filter(generators::isGenerator).toList();
        if (making.size() > 1) {
            throw resolution
                    .problems()
                    .error(
                            "TR-109",
                            "only one function of a select list can make rows",
                            making.get(1),
                            "use LATERAL VIEW for the others");
        }
        Relation input = child;
        if (!making.isEmpty()) {
            Expr made = making.get(0);
            List<String> names = made instanceof Expr.Alias alias ? List.of(alias.name()) : List.of();
            input = generators.generate(child, (Expr.Call) Exprs.withoutAlias(made), false, List.of(), names);
        }
        var columns = new Columns(resolution, env, input, child, canonical::starred);
        for (Expr output : outputs) {
            if (making.contains(output)) {
                for (int i = child.columns().size(); i < input.columns().size(); i++) {
                    columns.add(output, input.input(i), input.columns().get(i).name());
                }
            } else {
                columns.add(output);
            }
        }
        return sorted(columns, canonical, order);
    }

    Relation aggregate(Plan.Aggregate node, List<Expr.Order> order) {
        Relation child = resolution.relation(node.child(), env);
        var grouping = new Grouping(resolution, env, child);
        List<Expr> outputs = expanded(node.outputs(), child, grouping.canonical());
        grouping.keys(node.keys(), node.groupingSets(), outputs);
        return grouped(grouping, outputs, node.having().map(Exprs::conjuncts).orElse(List.of()), order);
    }

    private Relation grouped(Grouping grouping, List<Expr> outputs, List<Expr> having, List<Expr.Order> order) {
        having.forEach(h -> resolution.noAnalytic(h, "HAVING"));
        if (qualify != null) {
            grouping.collect(qualify);
        }
        outputs.forEach(grouping::collect);
        having.forEach(grouping::collect);
        order.forEach(o -> grouping.collect(o.expr()));
        Relation aggregate = grouping.aggregate();
        if (!having.isEmpty()) {
            var conditions =
                    new Columns(resolution, env, aggregate, grouping.scope(), node -> grouping.replace(node, outputs));
            List<Typed> typed =
                    having.stream().map(c -> conditions.condition(c, "having")).toList();
            aggregate = conditions
                    .input()
                    .over(resolution.pushdown().filter(conditions.input().plan(), typed));
        }
        var columns = new Columns(
                        resolution, env, aggregate, grouping.scope(), node -> grouping.replace(node, List.of()))
                .ofGroups();
        outputs.forEach(columns::add);
        return sorted(columns, grouping.canonical(), order);
    }

    private Relation sorted(Columns columns, Canonical canonical, List<Expr.Order> order) {
        if (qualify != null) {
            Typed condition = columns.condition(qualify, "qualify");
            Relation input = columns.input();
            columns.input(input.over(resolution.pushdown().filter(input.plan(), List.of(condition))));
        }
        int width = columns.size();
        var keys = new ArrayList<ResolvedPlan.SortKey>();
        for (Expr.Order item : everything(order, columns)) {
            Expr expr = item.expr();
            int known = resolution.position(expr, width).orElseGet(() -> columns.indexOf(expr, canonical));
            if (known < 0) {
                columns.add(expr);
                known = columns.size() - 1;
            }
            keys.add(new ResolvedPlan.SortKey(columns.outputs().input(known), item.ascending(), item.nullsFirst()));
        }
        Relation projected = columns.project();
        if (order.isEmpty()) {
            return projected;
        }
        var sorted = projected.over(new ResolvedPlan.Sort(projected.plan(), keys));
        if (columns.size() == width) {
            return sorted;
        }
        return Relation.of(new ResolvedPlan.Project(
                sorted.plan(),
                sorted.inputs().subList(0, width),
                sorted.columns().subList(0, width)));
    }

    /** ORDER BY ALL: by each output, from the first. */
    private static List<Expr.Order> everything(List<Expr.Order> order, Columns columns) {
        boolean all = order.size() == 1
                && order.get(0).expr() instanceof Expr.Ref ref
                && ref.parts().size() == 1
                && ref.parts().get(0).equalsIgnoreCase("ALL")
                && !columns.knows(ref.parts());
        return !all
                ? order
                : IntStream.rangeClosed(1, columns.size())
                        .mapToObj(i -> new Expr.Order(
                                new Expr.Literal(i, DataType.INT),
                                order.get(0).ascending(),
                                order.get(0).nullsFirst()))
                        .toList();
    }

    /** Whether an aggregate stands in it, other than as an analytic call. */
    private boolean aggregates(Expr expr) {
        if (expr instanceof Expr.Over over) {
            return Exprs.children(over).stream().anyMatch(this::aggregates);
        }
        return resolution.typer().isAggregate(expr)
                || Exprs.children(expr).stream().anyMatch(this::aggregates);
    }

    /** The list with {@code *}, {@code t.*} and {@code struct.*} spelt out. */
    private List<Expr> expanded(List<Expr> outputs, Relation child, Canonical canonical) {
        var all = new ArrayList<Expr>();
        for (Expr output : outputs) {
            if (output instanceof Expr.Star star) {
                all.addAll(star(star, child, canonical));
            } else {
                all.add(output);
            }
        }
        return all;
    }

    private List<Expr> star(Expr.Star star, Relation child, Canonical canonical) {
        var columns = child.columns();
        List<Integer> chosen = IntStream.range(0, columns.size())
                .filter(i -> star.qualifier().isEmpty()
                        || columns.get(i).qualifier().stream()
                                .anyMatch(
                                        q -> q.equalsIgnoreCase(star.qualifier().get())))
                .boxed()
                .toList();
        if (!chosen.isEmpty() || star.qualifier().isEmpty()) {
            var refs = new ArrayList<Expr>();
            for (int i : without(star, chosen, columns)) {
                Expr ref = resolution
                        .problems()
                        .moved(star, new Expr.Ref(columns.get(i).name()));
                canonical.star(ref, i);
                refs.add(ref);
            }
            return refs;
        }
        List<String> parts = List.of(star.qualifier().get().split("\\."));
        List<Scope.Column> found = child.find(parts);
        if (found.size() == 1) {
            Typed struct = resolution.typer().type(resolution.problems().moved(star, new Expr.Ref(parts)), child);
            if (struct.type() instanceof DataType.Struct type) {
                return type.fields().fields().stream()
                        .map(Field::name)
                        .map(name -> resolution.problems().moved(star, (Expr) new Expr.Ref(appended(parts, name))))
                        .toList();
            }
        }
        throw resolution
                .problems()
                .error("TR-101", "no table and no struct '" + star.qualifier().get() + "'", star, "");
    }

    /** The chosen columns but those of {@code EXCEPT}, each of which must be one of them. */
    private List<Integer> without(Expr.Star star, List<Integer> chosen, List<Attribute> columns) {
        List<Integer> left = chosen;
        for (String name : star.except()) {
            List<Integer> others = left.stream()
                    .filter(i -> !columns.get(i).name().equalsIgnoreCase(name))
                    .toList();
            if (others.size() == left.size()) {
                throw new PlanException(resolution
                        .problems()
                        .problem("TR-101", "no column '" + name + "' to leave out", star)
                        .have(columns.stream().map(Attribute::name).collect(Collectors.joining(", "))));
            }
            left = others;
        }
        return left;
    }

    private static List<String> appended(List<String> parts, String last) {
        var all = new ArrayList<>(parts);
        all.add(last);
        return all;
    }
}
