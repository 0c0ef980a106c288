package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
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
        Relation child = resolution.relation(node.child(), env);
        var plain = new ArrayList<Expr>();
        var scalar = new ArrayList<Expr>();
        var joins = new ArrayList<Expr>();
        for (Expr conjunct : Exprs.conjuncts(node.condition())) {
            if (SubqueryJoins.isJoin(conjunct)) {
                joins.add(conjunct);
            } else {
                (Exprs.any(conjunct, Expr.Subquery.class::isInstance) ? scalar : plain).add(conjunct);
            }
        }
        Relation filtered = scalars(conditions(child, plain), scalar);
        for (Expr join : joins) {
            filtered = new SubqueryJoins(resolution, env).join(filtered, join);
        }
        return filtered;
    }

    private Relation conditions(Relation child, List<Expr> conjuncts) {
        var columns = new Columns(resolution, env, child);
        List<Typed> typed =
                conjuncts.stream().map(c -> columns.condition(c, "where")).toList();
        return child.over(resolution.pushdown().filter(columns.input().plan(), typed));
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
        return Relation.of(new ResolvedPlan.Project(above, child.inputs(), child.columns()));
    }
}
