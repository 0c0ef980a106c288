package org.tailrace.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tailrace.expr.Expr;

/**
 * What follows an analytic call: {@code [IGNORE NULLS] OVER (PARTITION BY .. ORDER BY .. ROWS ..)}, or {@code OVER w} of a
 * WINDOW clause. That clause stands after the select list that uses it: it is read ahead, and the tree holds what it says
 * in place of the name.
 */
final class OverParser {
    private static final Set<String> NEXT_QUERY = Set.of("UNION", "INTERSECT", "EXCEPT", "MINUS", "SETMINUS");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    /** The named windows of the queries that are being parsed, the innermost first. */
    private final Deque<Map<String, Spec>> named = new ArrayDeque<>();

    private record Spec(List<Expr> partition, List<Expr.Order> order, Optional<Expr.Frame> frame) {}

    OverParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** The call itself, or with what makes it an analytic one. */
    Expr after(Expr.Call call, int mark) {
        boolean ignores = tokens.acceptWords("IGNORE", "NULLS");
        boolean said = ignores || tokens.acceptWords("RESPECT", "NULLS");
        boolean over = tokens.atWord("OVER")
                && (tokens.peek(1).isOperator("(") || tokens.peek(1).isName() && !named.isEmpty());
        if (!over) {
            if (said) {
                throw tokens.unexpected("OVER: which rows count is said of analytic calls; elsewhere first(x, true)");
            }
            return call;
        }
        tokens.next();
        Spec spec = tokens.atOperator("(") ? inline() : byName();
        return tokens.located(new Expr.Over(call, spec.partition(), spec.order(), spec.frame(), ignores), mark);
    }

    /** A query begins here: notes the windows of its WINDOW clause, which {@link #end} passes over. */
    void begin() {
        named.push(new HashMap<>());
        int mark = tokens.mark();
        if (ahead()) {
            definitions();
        }
        tokens.reset(mark);
    }

    /** The query's WINDOW clause may stand here. */
    void end() {
        if (atDefinitions()) {
            definitions();
        }
        named.pop();
    }

    private boolean atDefinitions() {
        return tokens.atWord("WINDOW")
                && tokens.peek(1).isName()
                && tokens.peek(2).isWord("AS")
                && (tokens.peek(3).isOperator("(") || tokens.peek(3).isName());
    }

    /** Goes to this query's WINDOW clause, if it has one. */
    private boolean ahead() {
        int depth = 0;
        while (tokens.peek().kind() != Token.Kind.END && depth >= 0) {
            Token token = tokens.peek();
            if (depth == 0 && atDefinitions()) {
                return true;
            } else if (depth == 0
                    && token.kind() == Token.Kind.WORD
                    && NEXT_QUERY.contains(token.text().toUpperCase(Locale.ROOT))) {
                return false;
            }
            depth += token.isOperator("(") ? 1 : token.isOperator(")") ? -1 : 0;
            tokens.next();
        }
        return false;
    }

    private void definitions() {
        tokens.next();
        Map<String, Spec> windows = named.getFirst();
        do {
            String name = tokens.expectName("a window's name");
            tokens.expectWord("AS");
            windows.put(name.toLowerCase(Locale.ROOT), tokens.atOperator("(") ? inline() : byName());
        } while (tokens.acceptOperator(","));
    }

    private Spec byName() {
        int mark = tokens.mark();
        String name = tokens.expectName("a window's name");
        Spec spec = named.getFirst().get(name.toLowerCase(Locale.ROOT));
        if (spec == null) {
            throw tokens.error("TR-119", "no window '" + name + "'", mark, "WINDOW " + name + " AS (ORDER BY ..)");
        }
        return spec;
    }

    private Spec inline() {
        tokens.expectOperator("(");
        if (tokens.peek().isName() && tokens.peek(1).isOperator(")")) {
            Spec spec = byName();
            tokens.next();
            return spec;
        }
        List<Expr> partition = List.of();
        if (tokens.acceptWords("PARTITION", "BY") || tokens.acceptWords("DISTRIBUTE", "BY")) {
            partition = expressions.list();
        }
        List<Expr.Order> order = List.of();
        if (tokens.acceptWords("ORDER", "BY") || tokens.acceptWords("SORT", "BY")) {
            order = expressions.orderItems();
        }
        Optional<Expr.Frame> frame = Optional.empty();
        if (tokens.atWord("ROWS") || tokens.atWord("RANGE")) {
            frame = Optional.of(frame());
        }
        if (!tokens.acceptOperator(")")) {
            throw tokens.unexpected("PARTITION BY, ORDER BY, ROWS, RANGE or ')'");
        }
        return new Spec(partition, order, frame);
    }

    private Expr.Frame frame() {
        boolean rows = tokens.next().isWord("ROWS");
        if (tokens.acceptWord("BETWEEN")) {
            Expr.Frame.Bound start = bound();
            tokens.expectWord("AND");
            return new Expr.Frame(rows, start, bound());
        }
        return new Expr.Frame(rows, bound(), Expr.Frame.Bound.CURRENT);
    }

    private Expr.Frame.Bound bound() {
        if (tokens.acceptWords("CURRENT", "ROW")) {
            return Expr.Frame.Bound.CURRENT;
        }
        Optional<Expr> offset =
                tokens.acceptWord("UNBOUNDED") ? Optional.empty() : Optional.of(expressions.expression());
        if (tokens.acceptWord("PRECEDING")) {
            return new Expr.Frame.Bound(Expr.Frame.Side.PRECEDING, offset);
        } else if (tokens.acceptWord("FOLLOWING")) {
            return new Expr.Frame.Bound(Expr.Frame.Side.FOLLOWING, offset);
        }
        throw tokens.unexpected("PRECEDING or FOLLOWING");
    }
}
