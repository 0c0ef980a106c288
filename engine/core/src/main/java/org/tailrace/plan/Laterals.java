package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Names;
import org.tailrace.expr.Typed;

/** {@code left JOIN LATERAL (query)}: the query is asked for each row of the left, whose columns it may name. */
final class Laterals {
    private final Resolution resolution;
    private final Env env;

    Laterals(Resolution resolution, Env env) {
        this.resolution = resolution;
        this.env = env;
    }

    Relation lateral(Plan.Lateral node) {
        Relation left = resolution.relation(node.left(), env);
        Plan query = node.query();
        Optional<Plan.Alias> alias = query instanceof Plan.Alias named ? Optional.of(named) : Optional.empty();
        Plan body = alias.map(Plan.Alias::child).orElse(query);
        var columns = new Columns(resolution, env, left);
        Optional<Correlated> parts = body.equals(Plan.ONE_ROW)
                ? Optional.empty()
                : Correlated.of(body, columns, resolution, env).filter(Correlated::reaches);
        if (parts.isEmpty()) {
            return new Joins(resolution, env)
                    .join(new Plan.Join(node.left(), query, node.type(), node.on(), List.of()));
        }
        Correlated correlated = parts.get();
        if (correlated.inner().plan().streaming()) {
            throw error("a stream cannot be read for each row of another table", node, "join with it");
        }
        var names = new ArrayList<Attribute>();
        for (int i = 0; i < correlated.outputs().size(); i++) {
            if (correlated.outputs().get(i) instanceof Expr.Star) {
                throw error(
                        "'*' in a lateral query that names outer columns",
                        correlated.outputs().get(i),
                        "name the columns");
            }
        }
        List<Typed> values;
        Relation below;
        int width = left.columns().size();
        if (correlated.aggregates()) {
            values = new SubqueryValues(resolution, env, columns)
                    .aggregates(
                            correlated,
                            correlated.outputs(),
                            node.on().orElse(correlated.outputs().get(0)));
            below = columns.input();
        } else {
            boolean outerOutputs = correlated.outputs().stream().anyMatch(o -> correlated.reaches(o, columns));
            if (node.type() == JoinType.LEFT && outerOutputs) {
                throw error(
                        "an output of LEFT JOIN LATERAL that names an outer column",
                        correlated.outputs().get(0),
                        "compute it in the select list");
            }
            below = joined(node, left, correlated, columns, outerOutputs);
            values = outerOutputs
                    ? correlated.outputs().stream()
                            .map(o -> correlated.type(o, columns, resolution))
                            .toList()
                    : below.inputs()
                            .subList(
                                    width + correlated.inner().columns().size(),
                                    below.columns().size());
        }
        for (int i = 0; i < values.size(); i++) {
            names.add(Relation.column(Names.of(correlated.outputs().get(i)), values.get(i), OptionalLong.empty()));
        }
        Relation made = project(left, below, values, names, alias, node);
        return node.on().isEmpty() || node.type() == JoinType.LEFT
                ? made
                : made.over(resolution
                        .pushdown()
                        .filter(made.plan(), conditions(node.on().get(), made)));
    }

    /** The left, joined with what the query reads and its outputs, if they need no outer column. */
    private Relation joined(
            Plan.Lateral node, Relation left, Correlated correlated, Columns columns, boolean outerOutputs) {
        Relation inner = correlated.inner();
        Relation right = inner;
        if (!outerOutputs) {
            var own = new Columns(resolution, env, inner);
            for (int i = 0; i < inner.columns().size(); i++) {
                own.add(
                        new Expr.Literal(i, org.tailrace.data.DataType.INT),
                        inner.input(i),
                        inner.columns().get(i).name());
            }
            correlated.outputs().forEach(own::add);
            right = own.project();
        }
        var conditions = new ArrayList<>(correlated.typedConditions(columns, resolution));
        if (node.type() == JoinType.LEFT && node.on().isPresent()) {
            int first = left.columns().size() + inner.columns().size();
            Relation seen = named(Joins.both(left, Relation.of(right.plan())), node, correlated, first);
            conditions.addAll(conditions(node.on().get(), seen));
        }
        JoinType type = node.type() == JoinType.LEFT ? JoinType.LEFT : JoinType.INNER;
        return new Joins(resolution, env).join(left, right, type, conditions);
    }

    /** What a condition sees: the left columns and, from {@code first} on, the query's outputs under their alias. */
    private static Relation named(Relation both, Plan.Lateral node, Correlated correlated, int first) {
        var seen = new ArrayList<Attribute>();
        for (int i = 0; i < both.columns().size(); i++) {
            Attribute column = both.columns().get(i);
            boolean hidden = i >= first - correlated.inner().columns().size() && i < first;
            String name = hidden ? "" : column.name();
            Attribute shown =
                    new Attribute(name, column.type(), column.nullable(), column.qualifier(), column.delayMs());
            if (i >= first && node.query() instanceof Plan.Alias alias) {
                shown = named(shown, alias, i - first);
            }
            seen.add(shown);
        }
        return new Relation(both.plan(), seen);
    }

    private static Attribute named(Attribute column, Plan.Alias alias, int i) {
        String name =
                alias.columns().isEmpty() ? column.name() : alias.columns().get(i);
        return new Attribute(name, column.type(), column.nullable(), List.of(alias.name()), column.delayMs());
    }

    private List<Typed> conditions(Expr on, Relation seen) {
        var columns = new Columns(resolution, env, seen);
        return Exprs.conjuncts(on).stream()
                .map(c -> columns.condition(c, "join"))
                .toList();
    }

    private Relation project(
            Relation left,
            Relation below,
            List<Typed> values,
            List<Attribute> names,
            Optional<Plan.Alias> alias,
            Plan.Lateral node) {
        if (alias.isPresent()
                && !alias.get().columns().isEmpty()
                && alias.get().columns().size() != names.size()) {
            throw resolution
                    .problems()
                    .error(
                            "TR-117",
                            alias.get().columns().size() + " names for " + names.size() + " columns",
                            node,
                            "name them all");
        }
        var expressions =
                new ArrayList<Typed>(below.inputs().subList(0, left.columns().size()));
        var attributes = new ArrayList<>(left.columns());
        for (int i = 0; i < values.size(); i++) {
            int at = i;
            expressions.add(values.get(i));
            attributes.add(alias.map(a -> named(names.get(at), a, at)).orElse(names.get(i)));
        }
        return Relation.of(new ResolvedPlan.Project(below.plan(), expressions, attributes));
    }

    private PlanException error(String what, Object node, String fix) {
        return resolution.problems().error("TR-115", what, node, fix);
    }
}
