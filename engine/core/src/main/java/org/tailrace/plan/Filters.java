package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Typed;

/** WHERE: plain conditions are pushed down, those with a query become joins with it. */
final class Filters {
    private final Resolution resolution;
    private final Env env;

    Filters(Resolution resolution, Env env) {
        this.resolution = resolution;
        this.env = env;
    }

    Relation filter(Plan.Filter node) {
        return filter(resolution.relation(node.child(), env), Exprs.conjuncts(node.condition()));
    }

    Relation filter(Relation child, List<Expr> conjuncts) {
        if (conjuncts.isEmpty()) {
            return child;
        }
        var plain = new ArrayList<Expr>();
        var scalar = new ArrayList<Expr>();
        var joins = new ArrayList<Expr>();
        for (Expr conjunct : conjuncts) {
            resolution.noAnalytic(conjunct, "WHERE");
            if (SubqueryJoins.isJoin(conjunct) && !aggregates(conjunct)) {
                joins.add(conjunct);
            } else {
                (Exprs.any(conjunct, Expr.Subquery.class::isInstance) ? scalar : plain).add(conjunct);
            }
        }
        Relation below = belowWatermark(child, scalar, joins);
        return queries(conditions(below, plain), scalar, joins);
    }

    /** One row of aggregates matches or not; it is no table to join with if it names columns of the outer query. */
    private boolean aggregates(Expr conjunct) {
        return Exprs.first(conjunct, Expr.Subquery.class::isInstance)
                .map(s -> env.subqueries().get(((Expr.Subquery) s).number()))
                .filter(plan -> plan instanceof Plan.Project project
                        && project.outputs().stream().anyMatch(o -> Exprs.any(o, resolution.typer()::isAggregate)))
                .isPresent();
    }

    /** A condition with a query acts below the watermark too, if it does not read the event time; those are taken out. */
    private Relation belowWatermark(Relation child, List<Expr> scalar, List<Expr> joins) {
        if (!(child.plan() instanceof ResolvedPlan.Watermark watermark)) {
            return child;
        }
        Predicate<Expr> free = conjunct -> !Exprs.any(
                conjunct,
                node -> node instanceof Expr.Ref ref
                        && child.find(ref.parts()).stream().anyMatch(c -> c.ordinal() == watermark.column()));
        List<Expr> freeScalar = scalar.stream().filter(free).toList();
        List<Expr> freeJoins = joins.stream().filter(free).toList();
        if (freeScalar.isEmpty() && freeJoins.isEmpty()) {
            return child;
        }
        scalar.removeAll(freeScalar);
        joins.removeAll(freeJoins);
        var unmarked = new Relation(
                watermark.child(),
                child.columns().stream()
                        .map(a -> new Attribute(a.name(), a.type(), a.nullable(), a.qualifier(), OptionalLong.empty()))
                        .toList());
        return child.over(new ResolvedPlan.Watermark(
                queries(unmarked, freeScalar, freeJoins).finished(),
                watermark.column(),
                watermark.delayMs(),
                watermark.output()));
    }

    private Relation queries(Relation child, List<Expr> scalar, List<Expr> joins) {
        Relation filtered = scalars(child, scalar);
        for (Expr join : joins) {
            filtered = new SubqueryJoins(resolution, env).join(filtered, join);
        }
        return filtered;
    }

    private Relation conditions(Relation child, List<Expr> conjuncts) {
        var columns = new Columns(resolution, env, child);
        List<Typed> typed =
                conjuncts.stream().map(c -> columns.condition(c, "where")).toList();
        ResolvedPlan filtered = resolution.pushdown().filter(columns.input().plan(), typed);
        return columns.hasWindow() ? child.alone(filtered) : child.over(filtered);
    }

    /** The subqueries' values are columns for as long as the conditions need them. */
    private Relation scalars(Relation child, List<Expr> conjuncts) {
        if (conjuncts.isEmpty()) {
            return child;
        }
        var columns = new Columns(resolution, env, child);
        List<Typed> typed =
                conjuncts.stream().map(c -> columns.condition(c, "where")).toList();
        var above = resolution.pushdown().filter(columns.input().plan(), typed);
        return child.alone(above);
    }
}
