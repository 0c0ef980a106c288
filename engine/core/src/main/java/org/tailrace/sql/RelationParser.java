package org.tailrace.sql;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tailrace.data.DataType;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Expr;
import org.tailrace.plan.JoinType;
import org.tailrace.plan.Plan;

/** What follows FROM: tables, subqueries, watermarks, aliases, joins, lateral views. */
final class RelationParser {
    private static final Set<String> QUERY_GOES_ON =
            Set.of("UNION", "INTERSECT", "EXCEPT", "MINUS", "SETMINUS", "ORDER", "LIMIT", "OFFSET");

    private static final int MOST_OF_RANGE = 100_000;

    private final Tokens tokens;
    private final QueryParser queries;
    private final ExpressionParser expressions;

    RelationParser(Tokens tokens, QueryParser queries, ExpressionParser expressions) {
        this.tokens = tokens;
        this.queries = queries;
        this.expressions = expressions;
    }

    Plan from() {
        int mark = tokens.mark();
        Plan plan = relation();
        while (tokens.acceptOperator(",")) {
            plan = tokens.acceptWord("LATERAL")
                    ? tokens.located(lateral(plan, JoinType.INNER, mark), mark)
                    : tokens.located(
                            new Plan.Join(plan, relation(), JoinType.INNER, Optional.empty(), List.of()), mark);
        }
        while (tokens.atWords("LATERAL", "VIEW")) {
            plan = lateralView(plan);
        }
        if (tokens.atWord("UNPIVOT") && tokens.peek(1).kind() != Token.Kind.END) {
            plan = new UnpivotParser(tokens).after(plan);
            plan = alias(plan, mark);
        }
        if (tokens.atWord("PIVOT")) {
            int start = tokens.mark();
            tokens.next();
            throw tokens.error(
                    "TR-215",
                    "PIVOT is not supported",
                    start,
                    "one aggregate per column, such as sum(v) FILTER (WHERE k = 'a') AS a");
        }
        return plan;
    }

    private Plan relation() {
        int mark = tokens.mark();
        Plan left = primary();
        while (true) {
            int at = tokens.mark();
            boolean natural = tokens.atWord("NATURAL");
            Optional<JoinType> type = joinType();
            if (type.isEmpty()) {
                return left;
            }
            if (!natural && tokens.acceptWord("LATERAL")) {
                left = tokens.located(lateral(left, type.get(), at), mark);
                continue;
            }
            if (natural && (type.get() == JoinType.SEMI || type.get() == JoinType.ANTI)) {
                throw tokens.error("TR-111", "a natural join that is a semi or anti join", at, "say USING (..)");
            }
            Plan right = primary();
            Optional<Expr> on = Optional.empty();
            List<String> using = List.of();
            if (natural && (tokens.atWord("ON") || tokens.atWord("USING"))) {
                throw tokens.unexpected("no condition: a natural join is by the columns that both tables have");
            } else if (tokens.acceptWord("ON")) {
                on = Optional.of(expressions.expression());
            } else if (tokens.atWord("USING")) {
                tokens.next();
                using = columnNames();
                if (using.isEmpty()) {
                    throw tokens.unexpected("'(' and the columns' names");
                }
            }
            left = tokens.located(new Plan.Join(left, right, type.get(), on, using, natural), mark);
        }
    }

    /** The kind of the join that begins here, its words read; nothing if none does. */
    private Optional<JoinType> joinType() {
        int mark = tokens.mark();
        tokens.acceptWord("NATURAL");
        JoinType type = JoinType.INNER;
        if (tokens.acceptWord("CROSS")) {
            type = JoinType.CROSS;
        } else if (tokens.acceptWord("LEFT")) {
            type = tokens.acceptWord("SEMI")
                    ? JoinType.SEMI
                    : tokens.acceptWord("ANTI") ? JoinType.ANTI : JoinType.LEFT;
        } else if (tokens.acceptWord("RIGHT")) {
            type = JoinType.RIGHT;
        } else if (tokens.acceptWord("FULL")) {
            type = JoinType.FULL;
        } else if (tokens.acceptWord("SEMI")) {
            type = JoinType.SEMI;
        } else if (tokens.acceptWord("ANTI")) {
            type = JoinType.ANTI;
        } else {
            tokens.acceptWord("INNER");
        }
        if (type == JoinType.LEFT || type == JoinType.RIGHT || type == JoinType.FULL) {
            tokens.acceptWord("OUTER");
        }
        if (!tokens.acceptWord("JOIN")) {
            if (tokens.mark() == mark) {
                return Optional.empty();
            }
            throw tokens.unexpected("JOIN");
        }
        return Optional.of(type);
    }

    /** What follows LATERAL: a query or a function that makes rows, of the columns of {@code left}. */
    private Plan lateral(Plan left, JoinType type, int at) {
        if (type != JoinType.INNER && type != JoinType.CROSS && type != JoinType.LEFT) {
            throw tokens.error("TR-111", "only inner, cross and left joins can be lateral", at, "");
        }
        int mark = tokens.mark();
        boolean function = tokens.peek().isName() && tokens.peek(1).isOperator("(");
        Plan right = function ? new Plan.Generate(Plan.ONE_ROW, generator(), false, "", List.of()) : primary();
        if (function) {
            right = alias(right, mark);
        }
        Optional<Expr> on = tokens.acceptWord("ON") ? Optional.of(expressions.expression()) : Optional.empty();
        if (!function) {
            return new Plan.Lateral(left, right, type, on);
        }
        boolean always =
                on.isEmpty() || on.get() instanceof Expr.Literal literal && Boolean.TRUE.equals(literal.value());
        if (type == JoinType.LEFT && !always) {
            throw tokens.error("TR-111", "a condition on the rows of a lateral function", mark, "ON true, and WHERE");
        }
        var made = right instanceof Plan.Alias alias ? alias : new Plan.Alias(right, "", List.of());
        Plan generated = new Plan.Generate(
                left, ((Plan.Generate) made.child()).generator(), type == JoinType.LEFT, made.name(), made.columns());
        return always ? generated : new Plan.Filter(generated, on.get());
    }

    /** {@code range(end)} or {@code range(start, end[, step])}: a column {@code id}. */
    private Plan range(Expr.Call call, int mark) {
        var bounds = new ArrayList<Long>();
        for (Expr argument : call.arguments()) {
            if (!(argument instanceof Expr.Literal literal
                    && (literal.value() instanceof Integer || literal.value() instanceof Long))) {
                throw tokens.error("TR-102", "range(..) takes whole numbers", mark, "range(start, end[, step])");
            }
            bounds.add(((Number) literal.value()).longValue());
        }
        if (bounds.isEmpty() || bounds.size() > 3 || bounds.size() == 3 && bounds.get(2) == 0) {
            throw tokens.error("TR-104", "range(..) takes 1 to 3 numbers, and a step that is not 0", mark, "");
        }
        long start = bounds.size() == 1 ? 0 : bounds.get(0);
        long end = bounds.size() == 1 ? bounds.get(0) : bounds.get(1);
        long step = bounds.size() == 3 ? bounds.get(2) : 1;
        var rows = new ArrayList<List<Expr>>();
        for (long id = start; step > 0 ? id < end : id > end; id += step) {
            if (rows.size() == MOST_OF_RANGE) {
                throw tokens.error(
                        "TR-111", "a range of more than " + MOST_OF_RANGE + " rows", mark, "explode(sequence(1, n))");
            }
            rows.add(List.of(new Expr.Literal(id, DataType.BIGINT)));
        }
        boolean none = rows.isEmpty();
        Plan table = new Plan.InlineTable(none ? List.of(List.of(new Expr.Literal(0L, DataType.BIGINT))) : rows);
        return new Plan.Alias(none ? new Plan.Limit(table, 0) : table, "range", List.of("id"));
    }

    private Expr.Call generator() {
        int at = tokens.mark();
        if (expressions.primary() instanceof Expr.Call call) {
            return call;
        }
        throw tokens.error("TR-100", "a call such as explode(xs) makes rows", at, "");
    }

    private Plan primary() {
        int mark = tokens.mark();
        Plan plan;
        if (tokens.acceptOperator("(")) {
            plan = queries.starts() || tokens.atOperator("(") && parenthesisedQuery() ? queries.query() : relation();
            if (!tokens.acceptOperator(")")) {
                throw tokens.unexpected("')'");
            }
        } else if (queries.starts() && tokens.atWord("VALUES")) {
            plan = queries.query();
        } else if (tokens.peek().isName() && tokens.peek(1).isOperator("(")) {
            Expr.Call call = generator();
            plan = tokens.located(
                    call.function().equals("range")
                            ? range(call, mark)
                            : new Plan.Generate(Plan.ONE_ROW, call, false, "", List.of()),
                    mark);
        } else {
            plan = named();
        }
        if (tokens.atWord("TABLESAMPLE")) {
            int start = tokens.mark();
            tokens.next();
            throw new PlanException(
                    tokens.error("TR-214", "samples are not supported", start, "a condition such as hash(id) % 10 = 0")
                            .problem()
                            .because("a sample would be another one when a batch is run again"));
        }
        if (tokens.atWord("WATERMARK")) {
            plan = watermark(plan);
        }
        return alias(plan, mark);
    }

    /**
     * Whether the parentheses that open here begin a query, as in {@code ((select ..) union (select ..))}, rather than a
     * table of a join, as in {@code ((select ..) as a join b)}: what follows them tells.
     */
    private boolean parenthesisedQuery() {
        int mark = tokens.mark();
        while (tokens.acceptOperator("(")) {
            if (queries.starts()) {
                tokens.reset(mark);
                Token after = tokens.peek(tokens.parenthesised());
                return after.isOperator(")")
                        || after.kind() == Token.Kind.WORD
                                && QUERY_GOES_ON.contains(after.text().toUpperCase(Locale.ROOT));
            }
        }
        tokens.reset(mark);
        return false;
    }

    Plan named() {
        int mark = tokens.mark();
        Token token = tokens.peek();
        if (token.kind() == Token.Kind.WORD && Keywords.structural(token.text())) {
            throw tokens.unexpected("a table's name");
        }
        var name = new StringBuilder(tokens.expectName("a table's name"));
        while (tokens.acceptOperator(".")) {
            name.append('.').append(tokens.expectName("a table's name"));
        }
        return tokens.located(new Plan.Named(name.toString()), mark);
    }

    private Plan watermark(Plan child) {
        tokens.next();
        int mark = tokens.mark();
        Expr item = expressions.selectItem();
        tokens.expectWord("DELAY");
        tokens.expectWord("OF");
        if (!tokens.atWord("INTERVAL")) {
            throw tokens.unexpected("INTERVAL");
        }
        Expr.Literal delay = new IntervalParser(tokens).literal();
        boolean renamed = item instanceof Expr.Alias;
        Expr column = item instanceof Expr.Alias alias ? alias.child() : item;
        Optional<String> name = renamed ? Optional.of(((Expr.Alias) item).name()) : Optional.empty();
        return tokens.located(new Plan.Watermark(child, column, name, words(delay)), mark);
    }

    /** An interval as the words that {@code withWatermark} takes. */
    private static String words(Expr.Literal interval) {
        if (interval.value() instanceof Period months) {
            return months.toTotalMonths() + " months";
        }
        Duration length = (Duration) Objects.requireNonNull(interval.value());
        if (length.toSeconds() % 60 == 0 && length.getNano() == 0 && !length.isZero()) {
            return length.toMinutes() + " minutes";
        }
        BigDecimal seconds = BigDecimal.valueOf(length.getSeconds()).add(BigDecimal.valueOf(length.getNano(), 9));
        return seconds.stripTrailingZeros().toPlainString() + " seconds";
    }

    private Plan alias(Plan plan, int mark) {
        boolean as = tokens.acceptWord("AS");
        Token token = tokens.peek();
        boolean name = as
                || token.kind() == Token.Kind.QUOTED_NAME
                || token.kind() == Token.Kind.WORD && Keywords.mayBeAlias(token.text()) && !token.isWord("VALUES");
        if (!name) {
            return plan;
        }
        String alias = tokens.expectName("an alias");
        return tokens.located(new Plan.Alias(plan, alias, columnNames()), mark);
    }

    /** {@code (a, b)}, or nothing. */
    List<String> columnNames() {
        var names = new ArrayList<String>();
        if (tokens.acceptOperator("(")) {
            do {
                names.add(tokens.expectName("a column's name"));
            } while (tokens.acceptOperator(","));
            tokens.expectOperator(")");
        }
        return names;
    }

    private Plan lateralView(Plan child) {
        int mark = tokens.mark();
        tokens.next();
        tokens.next();
        boolean outer = tokens.acceptWord("OUTER");
        int at = tokens.mark();
        if (!(expressions.expression() instanceof Expr.Call generator)) {
            throw tokens.error("TR-100", "LATERAL VIEW needs a call such as explode(xs)", at, "");
        }
        String name = tokens.atWord("AS") ? "" : tokens.expectName("a name for the view");
        var columns = new ArrayList<String>();
        if (tokens.acceptWord("AS") || columnAhead()) {
            do {
                columns.add(tokens.expectName("a column's name"));
            } while (tokens.acceptOperator(","));
        }
        return tokens.located(new Plan.Generate(child, generator, outer, name, columns), mark);
    }

    private boolean columnAhead() {
        Token token = tokens.peek();
        return token.kind() == Token.Kind.QUOTED_NAME
                || token.kind() == Token.Kind.WORD && Keywords.mayBeAlias(token.text());
    }
}
