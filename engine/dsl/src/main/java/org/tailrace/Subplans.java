package org.tailrace;

import java.util.List;
import java.util.stream.Collectors;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.plan.Plan;

/** Keeps the subqueries of parsed fragments together with the plan that refers to them by number. */
final class Subplans {
    private Subplans() {}

    static Plan with(Plan plan, Fragment<?> fragment) {
        return fragment.subqueries().isEmpty() ? plan : new Plan.WithSubqueries(plan, fragment.subqueries());
    }

    /** The expressions with the numbers of their subqueries raised by {@code by}. */
    static List<Expr> renumbered(List<Expr> expressions, int by, Positions positions) {
        return by == 0
                ? expressions
                : expressions.stream().map(e -> renumbered(e, by, positions)).collect(Collectors.toList());
    }

    private static Expr renumbered(Expr expr, int by, Positions positions) {
        Expr result = copy(expr, by, positions);
        if (result != expr) {
            positions.of(expr).ifPresent(place -> positions.put(result, place));
        }
        return result;
    }

    private static Expr copy(Expr expr, int by, Positions positions) {
        if (expr instanceof Expr.Subquery subquery) {
            return new Expr.Subquery(
                    subquery.number() + by, subquery.kind(), subquery.left().map(e -> renumbered(e, by, positions)));
        } else if (expr instanceof Expr.Call call) {
            return new Expr.Call(
                    call.function(),
                    renumbered(call.arguments(), by, positions),
                    call.distinct(),
                    call.within().stream()
                            .map(o ->
                                    new Expr.Order(renumbered(o.expr(), by, positions), o.ascending(), o.nullsFirst()))
                            .toList(),
                    call.filter().map(e -> renumbered(e, by, positions)));
        } else if (expr instanceof Expr.Cast cast) {
            return new Expr.Cast(renumbered(cast.child(), by, positions), cast.type(), cast.attempt());
        } else if (expr instanceof Expr.Alias alias) {
            return new Expr.Alias(renumbered(alias.child(), by, positions), alias.name());
        } else if (expr instanceof Expr.Case cases) {
            var branches = cases.branches().stream()
                    .map(b -> new Expr.Case.When(
                            renumbered(b.condition(), by, positions), renumbered(b.value(), by, positions)))
                    .toList();
            return new Expr.Case(branches, cases.otherwise().map(e -> renumbered(e, by, positions)));
        }
        return expr;
    }
}
