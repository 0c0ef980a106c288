package org.tailrace.sql;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.plan.Plan;

/**
 * Text to trees: one grammar for the fragments that the fluent verbs take and for whole queries, a subset of Spark 4.2
 * SQL, so that every text it accepts means the same there.
 *
 * <p>A {@code ?} stands for a Java value, given in order. Nothing is resolved here. Errors are {@link PlanException}s:
 * TR-100 if the text is not in the grammar, TR-111 if it is SQL that is not supported, TR-118 if values and {@code ?} do
 * not fit.
 */
public final class SqlParser {
    private final ZoneId zone;

    /** @param zone of {@code TIMESTAMP '..'} literals that name none */
    public SqlParser(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param subqueries in the tree's expressions, by number; a whole query carries its own, so there it is empty
     * @param positions where each node stood
     */
    public record Parsed<T>(T tree, List<Plan> subqueries, Positions positions) {
        public Parsed {
            subqueries = List.copyOf(subqueries);
        }
    }

    /** One expression, such as the condition of {@code where}. */
    public Parsed<Expr> expression(String verb, String text, @Nullable Object... parameters) {
        return parse(verb, text, parameters, queries -> queries.expressions().expression());
    }

    /** One item of a select list, with or without alias; {@code *} and {@code t.*} too. */
    public Parsed<Expr> selectItem(String verb, String text, @Nullable Object... parameters) {
        return parse(verb, text, parameters, queries -> queries.expressions().selectItem());
    }

    /** Items of a select list, between commas. */
    public Parsed<List<Expr>> selectItems(String verb, String text, @Nullable Object... parameters) {
        return parse(verb, text, parameters, queries -> queries.expressions().selectItems());
    }

    /** Sort keys, between commas. */
    public Parsed<List<Expr.Order>> orderItems(String verb, String text, @Nullable Object... parameters) {
        return parse(verb, text, parameters, queries -> queries.expressions().orderItems());
    }

    /** A whole query. */
    public Parsed<Plan> query(String text, @Nullable Object... parameters) {
        Parsed<Plan> parsed = parse("sql", text, parameters, QueryParser::query);
        if (parsed.subqueries().isEmpty()) {
            return parsed;
        }
        return new Parsed<>(new Plan.WithSubqueries(parsed.tree(), parsed.subqueries()), List.of(), parsed.positions());
    }

    private <T> Parsed<T> parse(
            String verb, String text, @Nullable Object[] parameters, Function<QueryParser, T> rule) {
        var tokens = new Tokens(verb, text);
        var values = new Parameters(tokens, parameters);
        var queries = new QueryParser(tokens, values, zone);
        T tree = rule.apply(queries);
        tokens.expectEnd();
        values.expectEnd();
        return new Parsed<>(tree, queries.subqueries(), tokens.positions());
    }

    /** The values of the placeholders, in order. */
    private static final class Parameters implements Supplier<Expr.Literal> {
        private final Tokens tokens;
        private final @Nullable Object[] values;
        private int used;

        Parameters(Tokens tokens, @Nullable Object[] values) {
            this.tokens = tokens;
            this.values = values;
        }

        @Override
        public Expr.Literal get() {
            if (used == values.length) {
                throw error("no value for this ?", "give one value after the text for each ?");
            }
            Object value = values[used++];
            return Literals.of(value)
                    .orElseThrow(() -> error(
                            "SQL has no type for a value of "
                                    + java.util.Objects.requireNonNull(value)
                                            .getClass()
                                            .getName(),
                            "numbers, text, booleans, java.time values and byte[] have one"));
        }

        void expectEnd() {
            if (used < values.length) {
                throw error((values.length - used) + " more values than ?", "");
            }
        }

        private PlanException error(String what, String fix) {
            return tokens.error("TR-118", what, Math.max(0, tokens.mark() - 1), fix);
        }
    }
}
