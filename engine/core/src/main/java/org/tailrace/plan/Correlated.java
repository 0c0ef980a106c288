package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Typed;

/**
 * A query inside another, taken apart: what it reads by itself, the conditions of its WHERE that name columns of the outer
 * query, and what it gives for the rows that meet them.
 *
 * @param inner what it reads, without the rows that its own conditions drop
 * @param conditions those that name columns of the outer query
 * @param outputs its select list
 * @param keys of its GROUP BY
 * @param aggregates it gives one row, of aggregates
 * @param reaches a condition or an output names a column of the outer query
 */
record Correlated(
        Relation inner,
        List<Expr> conditions,
        List<Expr> outputs,
        List<Expr> keys,
        Optional<Expr> having,
        boolean aggregates,
        boolean reaches) {

    /** Empty if the query is none of SELECT .. FROM .. WHERE .. [GROUP BY .. HAVING ..]. */
    static Optional<Correlated> of(Plan plan, Columns outer, Resolution resolution, Env env) {
        Plan child;
        List<Expr> outputs;
        List<Expr> keys = List.of();
        Optional<Expr> having = Optional.empty();
        if (plan instanceof Plan.Project project) {
            child = project.child();
            outputs = project.outputs();
        } else if (plan instanceof Plan.Aggregate aggregate
                && aggregate.groupingSets().isEmpty()) {
            child = aggregate.child();
            outputs = aggregate.outputs();
            keys = aggregate.keys();
            having = aggregate.having();
        } else {
            return Optional.empty();
        }
        boolean filtered = child instanceof Plan.Filter;
        Plan from = filtered ? ((Plan.Filter) child).child() : child;
        Relation read = resolution.relation(from, env);
        var own = new ArrayList<Expr>();
        var conditions = new ArrayList<Expr>();
        if (filtered) {
            for (Expr conjunct : Exprs.conjuncts(((Plan.Filter) child).condition())) {
                (reaches(conjunct, read, outer) ? conditions : own).add(conjunct);
            }
        }
        Relation inner = own.stream()
                .reduce((a, b) -> new Expr.Call("and", a, b))
                .map(condition -> resolution.relation(new Plan.Filter(from, condition), env))
                .orElse(read);
        boolean aggregates = plan instanceof Plan.Aggregate
                || outputs.stream().anyMatch(o -> Exprs.any(o, resolution.typer()::isAggregate));
        boolean reaches = !conditions.isEmpty() || outputs.stream().anyMatch(o -> reaches(o, read, outer));
        return Optional.of(new Correlated(inner, conditions, outputs, keys, having, aggregates, reaches));
    }

    private static boolean reaches(Expr expr, Relation inner, Columns outer) {
        return Exprs.any(
                expr,
                node -> node instanceof Expr.Ref ref && inner.find(ref.parts()).isEmpty() && outer.knows(ref.parts()));
    }

    boolean reaches(Expr expr, Columns outer) {
        return reaches(expr, inner, outer);
    }

    /** What a name of the query stands for: its own columns, which come after those of the outer query, hide the outer ones. */
    Optional<Typed> name(Expr node, Columns outer, Resolution resolution) {
        if (!(node instanceof Expr.Ref ref)) {
            return Optional.empty();
        }
        if (!inner.find(ref.parts()).isEmpty()) {
            int width = outer.input().columns().size();
            return Optional.of(TypedTrees.shift(resolution.typer().type(ref, inner), width));
        }
        return outer.knows(ref.parts()) ? Optional.of(outer.type(ref)) : Optional.empty();
    }

    Typed type(Expr expr, Columns outer, Resolution resolution) {
        return resolution.typer().type(resolution.prepare(expr), inner, node -> name(node, outer, resolution));
    }

    List<Typed> typedConditions(Columns outer, Resolution resolution) {
        return conditions.stream()
                .map(c -> resolution
                        .typer()
                        .condition(resolution.prepare(c), inner, node -> name(node, outer, resolution), "where"))
                .toList();
    }

    AggregateCall aggregate(Expr.Call call, Columns outer, Resolution resolution) {
        return resolution
                .typer()
                .typeAggregate((Expr.Call) resolution.prepare(call), inner, node -> name(node, outer, resolution));
    }
}
