package org.tailrace.sql;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tailrace.expr.Expr;
import org.tailrace.plan.Plan;

/** Queries: WITH, set operations, SELECT and its clauses, VALUES, ORDER BY, LIMIT and OFFSET. */
final class QueryParser implements Subqueries {
    private final Tokens tokens;
    private final Supplier<Expr.Literal> parameters;
    private final ExpressionParser expressions;
    private final RelationParser relations;
    private final GroupByParser groups;
    private final List<Plan> subqueries = new ArrayList<>();

    QueryParser(Tokens tokens, Supplier<Expr.Literal> parameters, ZoneId zone) {
        this.tokens = tokens;
        this.parameters = parameters;
        expressions = new ExpressionParser(tokens, this, zone);
        relations = new RelationParser(tokens, this, expressions);
        groups = new GroupByParser(tokens, expressions);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    /** The subqueries met so far, by number. */
    List<Plan> subqueries() {
        return subqueries;
    }

    @Override
    public boolean starts() {
        return tokens.atWord("SELECT")
                || tokens.atWord("VALUES") && tokens.peek(1).kind() != Token.Kind.END
                || tokens.atWord("WITH") && tokens.peek(1).isName();
    }

    @Override
    public int parse() {
        Plan plan = query();
        subqueries.add(plan);
        return subqueries.size() - 1;
    }

    @Override
    public Expr.Literal parameter() {
        int mark = tokens.mark();
        tokens.next();
        return tokens.located(parameters.get(), mark);
    }

    Plan query() {
        int mark = tokens.mark();
        var tables = new ArrayList<Map.Entry<String, Plan>>();
        if (tokens.acceptWord("WITH")) {
            if (tokens.atWord("RECURSIVE") && tokens.peek(1).isName()) {
                throw tokens.unexpected("a table's name: recursion is not supported");
            }
            do {
                tables.add(commonTable());
            } while (tokens.acceptOperator(","));
        }
        Plan body = organised(unions());
        return tables.isEmpty() ? body : tokens.located(new Plan.With(tables, body), mark);
    }

    private Map.Entry<String, Plan> commonTable() {
        String name = tokens.expectName("a table's name");
        List<String> columns = relations.columnNames();
        tokens.expectWord("AS");
        tokens.expectOperator("(");
        Plan plan = query();
        if (!tokens.acceptOperator(")")) {
            throw tokens.unexpected("')'");
        }
        return Map.entry(name, columns.isEmpty() ? plan : new Plan.Alias(plan, name, columns));
    }

    /** ORDER BY, LIMIT and OFFSET; rows are skipped before they are counted. */
    private Plan organised(Plan body) {
        Plan plan = body;
        int mark = tokens.mark();
        if (tokens.acceptWords("ORDER", "BY")) {
            plan = tokens.located(new Plan.Sort(plan, expressions.orderItems()), mark);
        }
        for (String word : List.of("SORT", "CLUSTER", "DISTRIBUTE")) {
            if (tokens.atWords(word, "BY")) {
                throw tokens.unexpected("ORDER BY: " + word + " BY is about partitions, which there are none of");
            }
        }
        mark = tokens.mark();
        Optional<Long> limit = Optional.empty();
        if (tokens.acceptWord("LIMIT") && !tokens.acceptWord("ALL")) {
            limit = Optional.of(rows());
        }
        if (tokens.acceptWord("OFFSET")) {
            plan = tokens.located(new Plan.Offset(plan, rows()), mark);
        }
        return limit.isPresent() ? tokens.located(new Plan.Limit(plan, limit.get()), mark) : plan;
    }

    private long rows() {
        int mark = tokens.mark();
        Expr value = expressions.expression();
        Optional<Long> rows = whole(value);
        if (rows.isPresent() && rows.get() >= 0) {
            return rows.get();
        }
        throw tokens.error("TR-100", "a number of rows is a whole number from 0", mark, "");
    }

    /** A whole number, or sums and products of such. */
    private static Optional<Long> whole(Expr expr) {
        if (expr instanceof Expr.Literal literal
                && (literal.value() instanceof Integer || literal.value() instanceof Long)) {
            return Optional.of(((Number) literal.value()).longValue());
        } else if (expr instanceof Expr.Call call && call.arguments().size() == 2) {
            Optional<Long> left = whole(call.arguments().get(0));
            Optional<Long> right = whole(call.arguments().get(1));
            if (left.isPresent() && right.isPresent()) {
                return switch (call.function()) {
                    case "+" -> Optional.of(left.get() + right.get());
                    case "-" -> Optional.of(left.get() - right.get());
                    case "*" -> Optional.of(left.get() * right.get());
                    default -> Optional.empty();
                };
            }
        }
        return Optional.empty();
    }

    private Plan unions() {
        int mark = tokens.mark();
        Plan left = intersections();
        while (true) {
            boolean union = tokens.atWord("UNION");
            if (!union && !tokens.atWord("EXCEPT") && !tokens.atWord("MINUS") && !tokens.atWord("SETMINUS")) {
                return left;
            }
            tokens.next();
            boolean all = all();
            Plan right = intersections();
            left = tokens.located(
                    union
                            ? new Plan.Union(List.of(left, right), false, all)
                            : new Plan.SetOperation(left, right, false, all),
                    mark);
        }
    }

    private Plan intersections() {
        int mark = tokens.mark();
        Plan left = term();
        while (tokens.acceptWord("INTERSECT")) {
            boolean all = all();
            left = tokens.located(new Plan.SetOperation(left, term(), true, all), mark);
        }
        return left;
    }

    private boolean all() {
        if (tokens.acceptWord("ALL")) {
            return true;
        }
        tokens.acceptWord("DISTINCT");
        return false;
    }

    private Plan term() {
        int mark = tokens.mark();
        if (tokens.acceptOperator("(")) {
            Plan inner = query();
            tokens.expectOperator(")");
            return inner;
        } else if (tokens.acceptWord("VALUES")) {
            return tokens.located(values(), mark);
        } else if (tokens.atWord("TABLE") && tokens.peek(1).isName()) {
            tokens.next();
            return relations.named();
        } else if (tokens.acceptWord("SELECT")) {
            return select(mark);
        }
        throw tokens.unexpected("SELECT, WITH, VALUES or '('");
    }

    private Plan values() {
        var rows = new ArrayList<List<Expr>>();
        do {
            Expr row = expressions.expression();
            rows.add(
                    row instanceof Expr.Call call && call.function().equals("struct")
                            ? call.arguments()
                            : List.of(row));
        } while (tokens.acceptOperator(","));
        return new Plan.InlineTable(rows);
    }

    private Plan select(int mark) {
        boolean distinct = tokens.acceptWord("DISTINCT");
        if (!distinct && tokens.atWord("ALL") && tokens.peek(1).kind() != Token.Kind.OPERATOR) {
            tokens.next();
        }
        expressions.overs().begin();
        List<Expr> outputs = expressions.selectItems();
        Plan plan = tokens.acceptWord("FROM") ? relations.from() : Plan.ONE_ROW;
        int clause = tokens.mark();
        if (tokens.acceptWord("WHERE")) {
            plan = tokens.located(new Plan.Filter(plan, expressions.expression()), clause);
        }
        clause = tokens.mark();
        Optional<GroupByParser.Groups> grouped =
                tokens.acceptWords("GROUP", "BY") ? Optional.of(groups.parse()) : Optional.empty();
        Optional<Expr> having = tokens.acceptWord("HAVING") ? Optional.of(expressions.expression()) : Optional.empty();
        Optional<Expr> qualify =
                tokens.acceptWord("QUALIFY") ? Optional.of(expressions.expression()) : Optional.empty();
        expressions.overs().end();
        if (grouped.isPresent() || having.isPresent()) {
            List<Expr> keys = grouped.map(GroupByParser.Groups::keys).orElse(List.of());
            List<List<Integer>> sets = grouped.map(GroupByParser.Groups::sets).orElse(List.of());
            plan = tokens.located(new Plan.Aggregate(plan, keys, sets, outputs, having), clause);
        } else {
            plan = tokens.located(new Plan.Project(plan, outputs), mark);
        }
        if (qualify.isPresent()) {
            plan = tokens.located(new Plan.Qualify(plan, qualify.get()), mark);
        }
        return distinct ? tokens.located(new Plan.Distinct(plan), mark) : plan;
    }
}
