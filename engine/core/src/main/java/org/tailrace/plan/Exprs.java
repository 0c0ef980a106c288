package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.tailrace.expr.Expr;

/** Walks over expressions. */
final class Exprs {
    private Exprs() {}

    static List<Expr> children(Expr expr) {
        var children = new ArrayList<Expr>();
        if (expr instanceof Expr.Call call) {
            children.addAll(call.arguments());
            call.within().forEach(order -> children.add(order.expr()));
            call.filter().ifPresent(children::add);
        } else if (expr instanceof Expr.Cast cast) {
            children.add(cast.child());
        } else if (expr instanceof Expr.Case cases) {
            for (Expr.Case.When branch : cases.branches()) {
                children.add(branch.condition());
                children.add(branch.value());
            }
            cases.otherwise().ifPresent(children::add);
        } else if (expr instanceof Expr.Lambda lambda) {
            children.add(lambda.body());
        } else if (expr instanceof Expr.Alias alias) {
            children.add(alias.child());
        } else if (expr instanceof Expr.Over over) {
            children.addAll(over.call().arguments());
            over.call().within().forEach(order -> children.add(order.expr()));
            children.addAll(over.partition());
            over.order().forEach(order -> children.add(order.expr()));
        } else if (expr instanceof Expr.Subquery subquery) {
            subquery.left().ifPresent(children::add);
        }
        return children;
    }

    /** The node with {@code change} applied to each of its children. */
    static Expr map(Expr expr, UnaryOperator<Expr> change) {
        if (expr instanceof Expr.Call call) {
            return new Expr.Call(
                    call.function(),
                    map(call.arguments(), change),
                    call.distinct(),
                    orders(call.within(), change),
                    call.filter().map(change));
        } else if (expr instanceof Expr.Cast cast) {
            return new Expr.Cast(change.apply(cast.child()), cast.type(), cast.attempt());
        } else if (expr instanceof Expr.Case cases) {
            return new Expr.Case(
                    cases.branches().stream()
                            .map(w -> new Expr.Case.When(change.apply(w.condition()), change.apply(w.value())))
                            .toList(),
                    cases.otherwise().map(change));
        } else if (expr instanceof Expr.Lambda lambda) {
            return new Expr.Lambda(lambda.parameters(), change.apply(lambda.body()));
        } else if (expr instanceof Expr.Alias alias) {
            return new Expr.Alias(change.apply(alias.child()), alias.name());
        } else if (expr instanceof Expr.Over over) {
            return new Expr.Over(
                    (Expr.Call) map(over.call(), change),
                    map(over.partition(), change),
                    orders(over.order(), change),
                    over.frame(),
                    over.ignoresNulls());
        } else if (expr instanceof Expr.Subquery subquery) {
            return new Expr.Subquery(
                    subquery.number(), subquery.kind(), subquery.left().map(change));
        }
        return expr;
    }

    private static List<Expr> map(List<Expr> list, UnaryOperator<Expr> change) {
        return list.stream().map(change).toList();
    }

    private static List<Expr.Order> orders(List<Expr.Order> list, UnaryOperator<Expr> change) {
        return list.stream()
                .map(o -> new Expr.Order(change.apply(o.expr()), o.ascending(), o.nullsFirst()))
                .toList();
    }

    /** Whether any node, {@code expr} included, passes the test. */
    static boolean any(Expr expr, Predicate<Expr> test) {
        return test.test(expr) || children(expr).stream().anyMatch(child -> any(child, test));
    }

    static Optional<Expr> first(Expr expr, Predicate<Expr> test) {
        if (test.test(expr)) {
            return Optional.of(expr);
        }
        return children(expr).stream()
                .map(child -> first(child, test))
                .flatMap(Optional::stream)
                .findFirst();
    }

    static Expr withoutAlias(Expr expr) {
        return expr instanceof Expr.Alias alias ? withoutAlias(alias.child()) : expr;
    }

    /** The conditions that AND joins. */
    static List<Expr> conjuncts(Expr condition) {
        if (condition instanceof Expr.Call call && call.function().equals("and")) {
            var all = new ArrayList<Expr>();
            call.arguments().forEach(argument -> all.addAll(conjuncts(argument)));
            return all;
        }
        return List.of(condition);
    }

    static boolean isCall(Expr expr, String function) {
        return expr instanceof Expr.Call call && call.function().equalsIgnoreCase(function);
    }
}
