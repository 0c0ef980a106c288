package org.tailrace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.expr.Expr;

/**
 * An expression made by Java calls instead of text, for queries that a program writes. Builds the same tree as the text:
 * {@code col("price").gt(100)} is {@code price > 100}.
 */
public final class Col {
    private final Expr expr;

    Col(Expr expr) {
        this.expr = expr;
    }

    Expr expr() {
        return expr;
    }

    private static Expr of(@Nullable Object value) {
        return value instanceof Col column ? column.expr : Dsl.lit(value).expr;
    }

    private Col call(String function, @Nullable Object... others) {
        List<Expr> arguments = new ArrayList<>();
        arguments.add(expr);
        for (Object other : others) {
            arguments.add(of(other));
        }
        return new Col(new Expr.Call(function, arguments));
    }

    public Col plus(Object other) {
        return call("+", other);
    }

    public Col minus(Object other) {
        return call("-", other);
    }

    public Col times(Object other) {
        return call("*", other);
    }

    public Col dividedBy(Object other) {
        return call("/", other);
    }

    public Col modulo(Object other) {
        return call("%", other);
    }

    public Col eq(Object other) {
        return call("=", other);
    }

    public Col ne(Object other) {
        return call("<>", other);
    }

    public Col gt(Object other) {
        return call(">", other);
    }

    public Col ge(Object other) {
        return call(">=", other);
    }

    public Col lt(Object other) {
        return call("<", other);
    }

    public Col le(Object other) {
        return call("<=", other);
    }

    public Col and(Col other) {
        return call("and", other);
    }

    public Col or(Col other) {
        return call("or", other);
    }

    public Col not() {
        return call("not");
    }

    public Col isNull() {
        return call("is null");
    }

    public Col isNotNull() {
        return call("is not null");
    }

    public Col like(String pattern) {
        return call("like", pattern);
    }

    public Col in(Object... values) {
        return call("in", values);
    }

    public Col between(Object low, Object high) {
        return call("between", low, high);
    }

    /** A function of the table by name, with this as its first argument. */
    public Col apply(String function, Object... more) {
        return call(function, more);
    }

    public Col as(String name) {
        return new Col(new Expr.Alias(expr, name));
    }

    @Override
    public String toString() {
        return org.tailrace.expr.Names.text(expr);
    }
}
