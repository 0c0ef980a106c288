package org.tailrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.expr.Expr;
import org.tailrace.plan.Plan;
import org.tailrace.plan.SourceSpec;

class SqlPrinterTest {
    /** More of everything: {@code -Dcases=20}. */
    private static final int CASES = Integer.getInteger("cases", 1);

    private final SqlParser parser = new SqlParser(ZoneOffset.UTC);

    private String printed(String text) {
        return SqlPrinter.expression(parser.expression("where", text).tree());
    }

    @Test
    void every_expression_parses_back_from_its_text() {
        for (long seed = 0; seed < 8_000L * CASES; seed++) {
            Expr expr = new RandomTrees(seed).expression(1 + (int) (seed % 4));
            String text = SqlPrinter.expression(expr);
            long number = seed;
            assertEquals(expr, parser.expression("where", text).tree(), () -> "seed " + number + ": " + text);
        }
    }

    @Test
    void every_query_parses_back_from_its_text() {
        for (long seed = 0; seed < 4_000L * CASES; seed++) {
            Plan plan = new RandomTrees(seed).query((int) (seed % 3));
            String text = SqlPrinter.plan(plan);
            long number = seed;
            assertEquals(plan, parser.query(text).tree(), () -> "seed " + number + ": " + text);
        }
    }

    @Test
    void parentheses_stand_only_where_they_matter() {
        assertEquals("a + b * c", printed("a + (b * c)"));
        assertEquals("(a + b) * c", printed("(a + b) * c"));
        assertEquals("a - (b - c)", printed("a - (b - c)"));
        assertEquals("NOT a = 1 AND (b OR c)", printed("not (a = 1) and (b or c)"));
        assertEquals("-(5)", SqlPrinter.expression(new Expr.Call("negative", new Expr.Literal(5, DataType.INT))));
    }

    @Test
    void queries_with_subqueries_parse_back() {
        for (String text : List.of(
                "SELECT id, (SELECT max(w) FROM dim) AS mx FROM t WHERE id IN (SELECT k FROM dim) AND NOT EXISTS (SELECT 1 FROM dim)",
                "SELECT a FROM (SELECT a FROM t WHERE a IN (SELECT b FROM u WHERE b = (SELECT 1))) AS x ORDER BY a LIMIT 3",
                "SELECT col1 FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, s)")) {
            Plan plan = parser.query(text).tree();
            assertEquals(plan, parser.query(SqlPrinter.plan(plan)).tree(), () -> SqlPrinter.plan(plan));
        }
    }

    @Test
    void what_verbs_nest_otherwise_keeps_its_order() {
        Plan filtered =
                new Plan.Filter(new Plan.Project(new Plan.Named("t"), List.of(new Expr.Ref("a"))), new Expr.Ref("b"));
        assertEquals("SELECT * FROM (SELECT a FROM t) WHERE b", SqlPrinter.plan(filtered));
    }

    @Test
    void what_has_no_sql_is_refused() {
        var source = new Plan.Source(new SourceSpec("rate", "rate", new Schema(List.of()), true, Map.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> SqlPrinter.plan(new Plan.Project(source, List.of(new Expr.Star(Optional.empty())))));
    }
}
