package org.tailrace.sql;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.Expr;

/** The operands of operators: constants, names, calls, CASE, casts, subqueries, and what follows them: {@code . [] ::}. */
final class PrimaryParser {
    /** The functions that take a unit of time and two more arguments, and what they are called then. */
    private static final Map<String, String> UNIT_FUNCTIONS = Map.of(
            "timestampadd", "timestampadd",
            "dateadd", "timestampadd",
            "date_add", "timestampadd",
            "timestampdiff", "timestampdiff",
            "datediff", "timestampdiff",
            "date_diff", "timestampdiff");

    private final Tokens tokens;
    private final Subqueries subqueries;
    private final ExpressionParser expressions;
    private final IntervalParser intervals;
    private final OverParser overs;
    private final ZoneId zone;

    PrimaryParser(Tokens tokens, Subqueries subqueries, ExpressionParser expressions, ZoneId zone) {
        this.tokens = tokens;
        this.subqueries = subqueries;
        this.expressions = expressions;
        this.zone = zone;
        intervals = new IntervalParser(tokens);
        overs = new OverParser(tokens, expressions);
    }

    OverParser overs() {
        return overs;
    }

    Expr primary() {
        int mark = tokens.mark();
        Expr base = tokens.located(operand(), mark);
        while (true) {
            if (tokens.atOperator(".") && tokens.peek(1).isOperator("*") && base instanceof Expr.Ref ref) {
                tokens.next();
                tokens.next();
                return tokens.located(star(Optional.of(String.join(".", ref.parts()))), mark);
            } else if (tokens.acceptOperator(".")) {
                String name = tokens.expectName("a field's name");
                base = tokens.located(field(base, name), mark);
            } else if (tokens.acceptOperator("[")) {
                Expr index = expressions.expression();
                tokens.expectOperator("]");
                base = tokens.located(new Expr.Call("[]", base, index), mark);
            } else if (tokens.acceptOperator("::")) {
                base = tokens.located(new Expr.Cast(base, type(), false), mark);
            } else {
                return base;
            }
        }
    }

    /** A star is read; {@code EXCEPT (a, b)} may follow it. */
    private Expr star(Optional<String> qualifier) {
        var except = new ArrayList<String>();
        if (tokens.atWord("EXCEPT")
                && tokens.peek(1).isOperator("(")
                && tokens.peek(2).isName()) {
            tokens.next();
            tokens.next();
            do {
                except.add(tokens.expectName("a column's name"));
            } while (tokens.acceptOperator(","));
            tokens.expectOperator(")");
        }
        return new Expr.Star(qualifier, except);
    }

    private static Expr field(Expr base, String name) {
        if (base instanceof Expr.Ref ref) {
            var parts = new ArrayList<>(ref.parts());
            parts.add(name);
            return new Expr.Ref(parts);
        }
        return new Expr.Call(".", base, new Expr.Literal(name, DataType.STRING));
    }

    private Expr operand() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER -> number();
            case STRING -> new Expr.Literal(strings(), DataType.STRING);
            case PARAMETER -> subqueries.parameter();
            case QUOTED_NAME -> named();
            case WORD -> word(token);
            case OPERATOR -> {
                if (token.isOperator("-")) {
                    yield number();
                } else if (token.isOperator("*")) {
                    tokens.next();
                    yield star(Optional.empty());
                } else if (token.isOperator("(")) {
                    yield parenthesis();
                }
                throw tokens.unexpected("an expression");
            }
            case END -> throw tokens.unexpected("an expression");
        };
    }

    private Expr number() {
        int mark = tokens.mark();
        String sign = tokens.acceptOperator("-") ? "-" : "";
        String digits = sign + tokens.next().text();
        return Literals.number(digits)
                .orElseThrow(() -> tokens.error("TR-100", "the number " + digits + " does not fit its type", mark, ""));
    }

    private String strings() {
        var text = new StringBuilder();
        while (tokens.peek().kind() == Token.Kind.STRING) {
            text.append(tokens.next().text());
        }
        return text.toString();
    }

    private Expr word(Token token) {
        String upper = token.text().toUpperCase(Locale.ROOT);
        Token after = tokens.peek(1);
        if (after.kind() == Token.Kind.STRING) {
            Optional<Expr> typed = typedLiteral(upper);
            if (typed.isPresent()) {
                return typed.get();
            }
        }
        if (intervals.starts()) {
            return intervals.literal();
        }
        switch (upper) {
            case "NULL" -> {
                tokens.next();
                return new Expr.Literal(null, DataType.VOID);
            }
            case "TRUE", "FALSE" -> {
                tokens.next();
                return new Expr.Literal(upper.equals("TRUE"), DataType.BOOLEAN);
            }
            case "CASE" -> {
                return caseWhen();
            }
            case "EXISTS" -> {
                if (after.isOperator("(") && queryInParenthesis()) {
                    tokens.next();
                    tokens.next();
                    var exists = new Expr.Subquery(subqueries.parse(), Expr.Subquery.Kind.EXISTS, Optional.empty());
                    tokens.expectOperator(")");
                    return exists;
                }
                return named();
            }
            default -> {
                boolean call = after.isOperator("(")
                        && (upper.equals("LEFT")
                                || upper.equals("RIGHT")
                                || upper.equals("LIKE")
                                || upper.equals("RLIKE")
                                || upper.equals("REGEXP")
                                || upper.equals("ILIKE"));
                // Where an expression is wanted OFFSET can only be a column, and Kafka's records have one.
                if (!call && !upper.equals("OFFSET") && Keywords.structural(upper) && beginsClause(after)) {
                    throw tokens.unexpected("an expression");
                }
                return named();
            }
        }
    }

    /** Whether the word here is followed by a query in parentheses. */
    private boolean queryInParenthesis() {
        int mark = tokens.mark();
        tokens.next();
        tokens.next();
        boolean query = subqueries.starts();
        tokens.reset(mark);
        return query;
    }

    /** A clause word followed by this begins its clause; followed by anything else it is a name. */
    private static boolean beginsClause(Token after) {
        return switch (after.kind()) {
            case WORD -> !after.isWord("AS") && !after.isWord("FROM") && !after.isWord("IS") && !after.isWord("IN");
            case END, STRING, NUMBER, QUOTED_NAME, PARAMETER -> true;
            case OPERATOR -> after.isOperator("(") || after.isOperator("*") || after.isOperator("-");
        };
    }

    private Optional<Expr> typedLiteral(String type) {
        int mark = tokens.mark();
        switch (type) {
            case "DATE", "TIMESTAMP", "TIMESTAMP_LTZ", "TIMESTAMP_NTZ", "X" -> {
                tokens.next();
                String text = tokens.next().text();
                Expr literal = Literals.typed(type, text, zone)
                        .orElseThrow(() -> tokens.error(
                                "TR-100",
                                "'" + text + "' is no "
                                        + (type.equals("X") ? "hexadecimal text" : type.toLowerCase(Locale.ROOT)),
                                mark,
                                ""));
                return Optional.of(literal);
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private Expr parenthesis() {
        int mark = tokens.mark();
        tokens.next();
        if (subqueries.starts()) {
            var scalar = new Expr.Subquery(subqueries.parse(), Expr.Subquery.Kind.SCALAR, Optional.empty());
            tokens.expectOperator(")");
            return scalar;
        }
        if (lambdaAhead()) {
            var parameters = new ArrayList<String>();
            do {
                parameters.add(tokens.expectName("a parameter"));
            } while (tokens.acceptOperator(","));
            tokens.expectOperator(")");
            tokens.expectOperator("->");
            return new Expr.Lambda(parameters, expressions.expression());
        }
        var items = expressions.selectItems();
        tokens.expectOperator(")");
        if (items.size() == 1 && !(items.get(0) instanceof Expr.Alias)) {
            return items.get(0);
        }
        return tokens.located(new Expr.Call("struct", items), mark);
    }

    /** Whether {@code x, y) ->} follows. */
    private boolean lambdaAhead() {
        int ahead = 0;
        while (tokens.peek(ahead).isName()) {
            Token after = tokens.peek(ahead + 1);
            if (after.isOperator(")")) {
                return tokens.peek(ahead + 2).isOperator("->");
            } else if (!after.isOperator(",")) {
                return false;
            }
            ahead += 2;
        }
        return false;
    }

    private Expr caseWhen() {
        tokens.next();
        Optional<Expr> subject = tokens.atWord("WHEN") ? Optional.empty() : Optional.of(expressions.expression());
        var branches = new ArrayList<Expr.Case.When>();
        do {
            tokens.expectWord("WHEN");
            int mark = tokens.mark();
            Expr condition = expressions.expression();
            if (subject.isPresent()) {
                condition = tokens.located(new Expr.Call("=", subject.get(), condition), mark);
            }
            tokens.expectWord("THEN");
            branches.add(new Expr.Case.When(condition, expressions.expression()));
        } while (tokens.atWord("WHEN"));
        Optional<Expr> otherwise = tokens.acceptWord("ELSE") ? Optional.of(expressions.expression()) : Optional.empty();
        if (!tokens.acceptWord("END")) {
            throw tokens.unexpected("WHEN, ELSE or END");
        }
        return new Expr.Case(branches, otherwise);
    }

    private DataType type() {
        Token token = tokens.peek();
        if (!token.isName()) {
            throw tokens.unexpected("a type");
        }
        var place = tokens.placeFrom(tokens.mark());
        DdlParser.Part part = DdlParser.typeAt(place.verb(), place.text(), token.start());
        tokens.skipTo(part.end());
        return part.type();
    }

    /** A name, a lambda of one parameter, or a call. */
    private Expr named() {
        int mark = tokens.mark();
        Token token = tokens.next();
        if (tokens.acceptOperator("->")) {
            return new Expr.Lambda(List.of(token.text()), expressions.expression());
        }
        if (!tokens.atOperator("(")) {
            return new Expr.Ref(token.text());
        }
        tokens.next();
        String function = token.kind() == Token.Kind.WORD ? token.text().toLowerCase(Locale.ROOT) : token.text();
        Optional<Expr> special = specialCall(function);
        return tokens.located(special.isPresent() ? special.get() : call(function, mark), mark);
    }

    /** Calls with words between their arguments, or nothing. The parenthesis is already read. */
    private Optional<Expr> specialCall(String function) {
        int mark = tokens.mark();
        if (tokens.atOperator(")")) {
            return Optional.empty();
        }
        switch (function) {
            case "cast", "try_cast" -> {
                Expr child = expressions.expression();
                tokens.expectWord("AS");
                var cast = new Expr.Cast(child, type(), function.equals("try_cast"));
                tokens.expectOperator(")");
                return Optional.of(cast);
            }
            case "extract" -> {
                if (!tokens.peek(1).isWord("FROM")) {
                    return Optional.empty();
                }
                String field = tokens.expectName("a part of a date");
                tokens.next();
                Expr source = expressions.expression();
                tokens.expectOperator(")");
                return Optional.of(new Expr.Call("extract", new Expr.Literal(field, DataType.STRING), source));
            }
            case "trim" -> {
                return trim();
            }
            case "position", "substring", "substr" -> {
                Expr first = function.equals("position") ? null : expressions.expression();
                if (first != null && tokens.acceptWord("FROM")) {
                    var arguments = new ArrayList<>(List.of(first, expressions.expression()));
                    if (tokens.acceptWord("FOR")) {
                        arguments.add(expressions.expression());
                    }
                    tokens.expectOperator(")");
                    return Optional.of(new Expr.Call(function, arguments));
                }
                tokens.reset(mark);
                return first == null ? position() : Optional.empty();
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    /** {@code position('b' IN text)}: its needle must not be read as an IN predicate. */
    private Optional<Expr> position() {
        boolean needle = tokens.peek(1).isWord("IN") && !tokens.peek(2).isOperator("(");
        if (!needle) {
            return Optional.empty();
        }
        Expr text = primary();
        tokens.expectWord("IN");
        Expr source = expressions.expression();
        tokens.expectOperator(")");
        return Optional.of(new Expr.Call("position", text, source));
    }

    private Optional<Expr> trim() {
        String function = "trim";
        boolean side = tokens.atWord("BOTH") || tokens.atWord("LEADING") || tokens.atWord("TRAILING");
        int mark = tokens.mark();
        if (side && !tokens.peek(1).isOperator(")") && !tokens.peek(1).isOperator(",")) {
            String word = tokens.next().text().toUpperCase(Locale.ROOT);
            function = word.equals("BOTH") ? "trim" : word.equals("LEADING") ? "ltrim" : "rtrim";
        } else {
            side = false;
        }
        if (side && tokens.acceptWord("FROM")) {
            Expr source = expressions.expression();
            tokens.expectOperator(")");
            return Optional.of(new Expr.Call(function, source));
        }
        Expr characters = expressions.expression();
        if (tokens.acceptWord("FROM")) {
            Expr source = expressions.expression();
            tokens.expectOperator(")");
            return Optional.of(new Expr.Call(function, characters, source));
        }
        tokens.reset(mark);
        return Optional.empty();
    }

    /** Whether the first argument is a unit of time, written as a word. */
    static boolean takesUnit(String function, int arguments) {
        return arguments == 3 && UNIT_FUNCTIONS.containsKey(function);
    }

    private Expr call(String function, int mark) {
        boolean distinct = tokens.acceptWord("DISTINCT");
        if (!distinct) {
            tokens.acceptWord("ALL");
        }
        List<Expr> arguments = new ArrayList<>();
        if (!tokens.atOperator(")")) {
            do {
                boolean alias = function.equals("struct") || function.equals("named_struct");
                arguments.add(alias ? expressions.selectItem() : expressions.expression());
            } while (tokens.acceptOperator(","));
        }
        if (!tokens.acceptOperator(")")) {
            throw tokens.unexpected("',' or ')'");
        }
        if (function.equals("count")
                && arguments.size() == 1
                && !distinct
                && arguments.get(0) instanceof Expr.Star star
                && star.qualifier().isEmpty()) {
            arguments = List.of(tokens.located(new Expr.Literal(1, DataType.INT), mark));
        }
        if (takesUnit(function, arguments.size())
                && arguments.get(0) instanceof Expr.Ref unit
                && unit.parts().size() == 1) {
            arguments.set(0, tokens.located(new Expr.Literal(unit.parts().get(0), DataType.STRING), mark));
            function = UNIT_FUNCTIONS.get(function);
        }
        List<Expr.Order> within = List.of();
        if (tokens.atWords("WITHIN", "GROUP") && tokens.peek(2).isOperator("(")) {
            tokens.next();
            tokens.next();
            tokens.next();
            tokens.expectWord("ORDER");
            tokens.expectWord("BY");
            within = expressions.orderItems();
            tokens.expectOperator(")");
        }
        Optional<Expr> filter = Optional.empty();
        if (tokens.atWord("FILTER") && tokens.peek(1).isOperator("(")) {
            tokens.next();
            tokens.next();
            tokens.expectWord("WHERE");
            filter = Optional.of(expressions.expression());
            tokens.expectOperator(")");
        }
        var call = tokens.located(new Expr.Call(function, arguments, distinct, within, filter), mark);
        return overs.after(call, mark);
    }
}
