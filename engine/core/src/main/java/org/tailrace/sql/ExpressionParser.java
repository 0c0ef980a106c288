package org.tailrace.sql;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.expr.Expr;

/**
 * Expressions, by operator precedence (Pratt). From loose to tight, as in Spark's grammar:
 *
 * <pre>
 * OR · AND · NOT · predicates (IN, BETWEEN, LIKE, IS: at most one) · comparisons · | · ^ · &amp; · shifts · + - || · * / % DIV · unary - + ~
 * </pre>
 */
final class ExpressionParser {
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int VALUE = 4;
    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("=", 4),
            Map.entry("==", 4),
            Map.entry("<=>", 4),
            Map.entry("<>", 4),
            Map.entry("!=", 4),
            Map.entry("<", 4),
            Map.entry("<=", 4),
            Map.entry("!>", 4),
            Map.entry(">", 4),
            Map.entry(">=", 4),
            Map.entry("!<", 4),
            Map.entry("|", 5),
            Map.entry("^", 6),
            Map.entry("&", 7),
            Map.entry("<<", 8),
            Map.entry(">>", 8),
            Map.entry(">>>", 8),
            Map.entry("+", 9),
            Map.entry("-", 9),
            Map.entry("||", 9),
            Map.entry("*", 10),
            Map.entry("/", 10),
            Map.entry("%", 10),
            Map.entry("DIV", 10));
    private static final int UNARY = 11;

    private final Tokens tokens;
    private final Subqueries subqueries;
    private final PrimaryParser primaries;

    ExpressionParser(Tokens tokens, Subqueries subqueries, ZoneId zone) {
        this.tokens = tokens;
        this.subqueries = subqueries;
        primaries = new PrimaryParser(tokens, subqueries, this, zone);
    }

    /** An operand, without operators. */
    Expr primary() {
        return primaries.primary();
    }

    OverParser overs() {
        return primaries.overs();
    }

    Expr expression() {
        return logical(OR);
    }

    List<Expr> list() {
        var list = new ArrayList<Expr>();
        do {
            list.add(expression());
        } while (tokens.acceptOperator(","));
        return list;
    }

    /** {@code expr [[AS] name]}, {@code *} or {@code t.*}. */
    Expr selectItem() {
        int mark = tokens.mark();
        Expr item = expression();
        if (tokens.acceptWord("AS")) {
            if (tokens.atOperator("(")) {
                throw tokens.error(
                        "TR-111",
                        "several names for one column",
                        mark,
                        "use LATERAL VIEW for a generator of several columns");
            }
            return tokens.located(new Expr.Alias(item, tokens.expectName("a name")), mark);
        }
        Token token = tokens.peek();
        boolean alias = token.kind() == Token.Kind.QUOTED_NAME
                || token.kind() == Token.Kind.WORD && Keywords.mayBeAlias(token.text());
        if (!alias || item instanceof Expr.Star) {
            return item;
        }
        tokens.next();
        return tokens.located(new Expr.Alias(item, token.text()), mark);
    }

    List<Expr> selectItems() {
        var items = new ArrayList<Expr>();
        do {
            items.add(selectItem());
        } while (tokens.acceptOperator(","));
        return items;
    }

    Expr.Order orderItem() {
        int mark = tokens.mark();
        Expr key = expression();
        boolean ascending = !tokens.acceptWord("DESC");
        if (ascending) {
            tokens.acceptWord("ASC");
        }
        boolean nullsFirst = ascending;
        if (tokens.acceptWord("NULLS")) {
            nullsFirst = tokens.acceptWord("FIRST");
            if (!nullsFirst && !tokens.acceptWord("LAST")) {
                throw tokens.unexpected("FIRST or LAST");
            }
        }
        return tokens.located(new Expr.Order(key, ascending, nullsFirst), mark);
    }

    List<Expr.Order> orderItems() {
        var items = new ArrayList<Expr.Order>();
        do {
            items.add(orderItem());
        } while (tokens.acceptOperator(","));
        return items;
    }

    private Expr logical(int min) {
        int mark = tokens.mark();
        Expr left = negation();
        while (true) {
            if (min <= AND && tokens.acceptWord("AND")) {
                left = tokens.located(new Expr.Call("and", left, logical(NOT)), mark);
            } else if (min <= OR && tokens.acceptWord("OR")) {
                left = tokens.located(new Expr.Call("or", left, logical(AND)), mark);
            } else {
                return left;
            }
        }
    }

    private Expr negation() {
        int mark = tokens.mark();
        if (tokens.atWord("NOT") || tokens.atOperator("!")) {
            tokens.next();
            return tokens.located(new Expr.Call("not", negation()), mark);
        }
        return predicate(value(VALUE), mark);
    }

    private Expr predicate(Expr value, int mark) {
        boolean negated = tokens.atWord("NOT")
                && (tokens.peek(1).isWord("IN")
                        || tokens.peek(1).isWord("BETWEEN")
                        || tokens.peek(1).isWord("LIKE")
                        || tokens.peek(1).isWord("ILIKE")
                        || tokens.peek(1).isWord("RLIKE")
                        || tokens.peek(1).isWord("REGEXP"));
        if (negated) {
            tokens.next();
        }
        Expr result;
        if (tokens.acceptWord("IN")) {
            result = membership(value);
        } else if (tokens.acceptWord("BETWEEN")) {
            Expr low = value(VALUE);
            tokens.expectWord("AND");
            result = new Expr.Call("between", value, low, value(VALUE));
        } else if (tokens.acceptWord("LIKE")) {
            result = like("like", value);
        } else if (tokens.acceptWord("ILIKE")) {
            result = like("ilike", value);
        } else if (tokens.acceptWord("RLIKE") || tokens.acceptWord("REGEXP")) {
            result = new Expr.Call("rlike", value, value(VALUE));
        } else if (tokens.acceptWord("IS")) {
            return is(value, mark);
        } else {
            return value;
        }
        tokens.located(result, mark);
        return negated ? tokens.located(new Expr.Call("not", result), mark) : result;
    }

    private Expr membership(Expr value) {
        tokens.expectOperator("(");
        Expr result;
        if (subqueries.starts()) {
            result = new Expr.Subquery(subqueries.parse(), Expr.Subquery.Kind.IN, Optional.of(value));
        } else {
            var arguments = new ArrayList<Expr>();
            arguments.add(value);
            arguments.addAll(list());
            result = new Expr.Call("in", arguments);
        }
        tokens.expectOperator(")");
        return result;
    }

    private Expr like(String function, Expr value) {
        boolean any = tokens.atWord("ANY") || tokens.atWord("SOME");
        if ((any || tokens.atWord("ALL")) && tokens.peek(1).isOperator("(")) {
            tokens.next();
            tokens.next();
            Expr all = null;
            for (Expr pattern : list()) {
                Expr one = new Expr.Call(function, value, pattern);
                all = all == null ? one : new Expr.Call(any ? "or" : "and", all, one);
            }
            tokens.expectOperator(")");
            return java.util.Objects.requireNonNull(all);
        }
        Expr pattern = value(VALUE);
        if (!tokens.acceptWord("ESCAPE")) {
            return new Expr.Call(function, value, pattern);
        }
        if (tokens.peek().kind() != Token.Kind.STRING || tokens.peek().text().length() != 1) {
            throw tokens.unexpected("one character in quotes");
        }
        return new Expr.Call(
                function, value, pattern, new Expr.Literal(tokens.next().text(), DataType.STRING));
    }

    private Expr is(Expr value, int mark) {
        boolean negated = tokens.acceptWord("NOT");
        if (tokens.acceptWord("NULL") || tokens.acceptWord("UNKNOWN")) {
            return tokens.located(new Expr.Call(negated ? "is not null" : "is null", value), mark);
        }
        Expr right;
        boolean not = negated;
        if (tokens.acceptWord("TRUE")) {
            right = new Expr.Literal(true, DataType.BOOLEAN);
        } else if (tokens.acceptWord("FALSE")) {
            right = new Expr.Literal(false, DataType.BOOLEAN);
        } else if (tokens.acceptWords("DISTINCT", "FROM")) {
            right = value(VALUE);
            not = !negated;
        } else {
            throw tokens.unexpected("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM");
        }
        Expr same = tokens.located(new Expr.Call("<=>", value, right), mark);
        return not ? tokens.located(new Expr.Call("not", same), mark) : same;
    }

    /** Operators that bind at least as tightly as {@code min}. */
    private Expr value(int min) {
        int mark = tokens.mark();
        Expr left = unary();
        while (true) {
            Token token = tokens.peek();
            String operator = token.isWord("DIV") ? "DIV" : token.kind() == Token.Kind.OPERATOR ? token.text() : "";
            int precedence = PRECEDENCE.getOrDefault(operator, 0);
            if (precedence < min) {
                return left;
            }
            tokens.next();
            Expr right = value(precedence + 1);
            left = binary(operator, left, right, mark);
        }
    }

    private Expr binary(String operator, Expr left, Expr right, int mark) {
        return switch (operator) {
            case "==" -> tokens.located(new Expr.Call("=", left, right), mark);
            case "<>", "!=" ->
                tokens.located(new Expr.Call("not", tokens.located(new Expr.Call("=", left, right), mark)), mark);
            case "!>" -> tokens.located(new Expr.Call("<=", left, right), mark);
            case "!<" -> tokens.located(new Expr.Call(">=", left, right), mark);
            case "DIV" -> tokens.located(new Expr.Call("div", left, right), mark);
            default -> tokens.located(new Expr.Call(operator, left, right), mark);
        };
    }

    private Expr unary() {
        int mark = tokens.mark();
        if (tokens.atOperator("-") && tokens.peek(1).kind() == Token.Kind.NUMBER) {
            return primaries.primary();
        }
        for (String operator : List.of("-", "+", "~")) {
            if (tokens.acceptOperator(operator)) {
                String function = operator.equals("-") ? "negative" : operator.equals("+") ? "positive" : "~";
                return tokens.located(new Expr.Call(function, value(UNARY)), mark);
            }
        }
        return primaries.primary();
    }
}
