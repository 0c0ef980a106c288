package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailrace.data.Field;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;

/**
 * {@code [NOT] x IN (query)} and {@code [NOT] EXISTS (query)} over bounded tables, as semi and anti joins. A condition in
 * the query's own WHERE may name columns of the outer query.
 */
final class SubqueryJoins {
    private final Resolution resolution;
    private final Env env;

    SubqueryJoins(Resolution resolution, Env env) {
        this.resolution = resolution;
        this.env = env;
    }

    /** Whether the condition is such a test, negated or not. */
    static boolean isJoin(Expr condition) {
        Expr bare = condition;
        while (Exprs.isCall(bare, "not")) {
            bare = ((Expr.Call) bare).arguments().get(0);
        }
        return bare instanceof Expr.Subquery subquery && subquery.kind() != Expr.Subquery.Kind.SCALAR;
    }

    Relation join(Relation outer, Expr condition) {
        boolean negated = false;
        Expr bare = condition;
        while (Exprs.isCall(bare, "not")) {
            negated = !negated;
            bare = ((Expr.Call) bare).arguments().get(0);
        }
        var subquery = (Expr.Subquery) bare;
        Query query = query(subquery, outer);
        resolution.bounded(query.relation(), subquery);
        int width = outer.columns().size();
        var conjuncts = new ArrayList<Typed>();
        if (!query.correlated().isEmpty()) {
            var columns =
                    new Columns(resolution, env, outer, new Nested(query.relation(), outer), node -> Optional.empty());
            query.correlated().forEach(c -> conjuncts.add(columns.condition(c, "where")));
        }
        if (subquery.kind() == Expr.Subquery.Kind.IN) {
            List<Typed> wanted = wanted(subquery, outer, query);
            for (int i = 0; i < wanted.size(); i++) {
                Typed given = TypedTrees.shift(query.outputs().get(i), width);
                Typed equal = resolution.call("=", wanted.get(i), given);
                // NOT IN is no match only if no comparison is true or unknown.
                conjuncts.add(negated ? resolution.call("or", equal, resolution.call("is null", equal)) : equal);
            }
        }
        return new Joins(resolution, env)
                .join(outer, query.relation(), negated ? JoinType.ANTI : JoinType.SEMI, conjuncts);
    }

    /** @param outputs what the query selects, over the relation */
    private record Query(Relation relation, List<Expr> correlated, List<Typed> outputs) {}

    private Query query(Expr.Subquery subquery, Relation outer) {
        Plan plan = env.subqueries().get(subquery.number());
        if (plan instanceof Plan.Project project && project.child() instanceof Plan.Filter filter) {
            Relation inner = resolution.relation(filter.child(), env);
            List<Expr> conjuncts = Exprs.conjuncts(filter.condition());
            List<Expr> correlated =
                    conjuncts.stream().filter(c -> correlated(c, inner, outer)).toList();
            if (!correlated.isEmpty()) {
                List<Expr> own =
                        conjuncts.stream().filter(c -> !correlated.contains(c)).toList();
                var columns = new Columns(resolution, env, inner);
                List<Typed> typed =
                        own.stream().map(c -> columns.condition(c, "where")).toList();
                Relation filtered = inner.over(resolution.pushdown().filter(inner.plan(), typed));
                List<Typed> outputs = subquery.kind() == Expr.Subquery.Kind.IN
                        ? project.outputs().stream().map(columns::type).toList()
                        : List.of();
                return new Query(filtered, correlated, outputs);
            }
        }
        Relation relation = resolution.relation(plan, env);
        return new Query(relation, List.of(), relation.inputs());
    }

    private static boolean correlated(Expr condition, Relation inner, Relation outer) {
        return Exprs.any(
                condition,
                node -> node instanceof Expr.Ref ref
                        && inner.find(ref.parts()).isEmpty()
                        && !outer.find(ref.parts()).isEmpty());
    }

    private List<Typed> wanted(Expr.Subquery subquery, Relation outer, Query query) {
        Expr left = subquery.left().orElseThrow();
        List<Expr> parts = Exprs.isCall(left, "struct") ? ((Expr.Call) left).arguments() : List.of(left);
        if (parts.size() != query.outputs().size()) {
            throw resolution
                    .problems()
                    .error(
                            "TR-115",
                            "IN compares " + parts.size() + " values with "
                                    + query.outputs().size() + " columns",
                            subquery,
                            "");
        }
        var columns = new Columns(resolution, env, outer);
        return parts.stream().map(columns::type).toList();
    }

    /** The outer columns, then the inner ones; an inner name hides an outer one. */
    private record Nested(Relation inner, Relation outer) implements Scope {
        @Override
        public List<Column> find(List<String> parts) {
            List<Column> found = inner.find(parts);
            int width = outer.columns().size();
            return found.isEmpty()
                    ? outer.find(parts)
                    : found.stream()
                            .map(c -> new Column(c.ordinal() + width, c.type(), c.nullable(), c.consumed(), c.label()))
                            .toList();
        }

        @Override
        public List<Field> fields() {
            var all = new ArrayList<>(inner.fields());
            all.addAll(outer.fields());
            return all;
        }
    }
}
