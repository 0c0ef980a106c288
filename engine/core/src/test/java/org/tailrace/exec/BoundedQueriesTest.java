package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailrace.error.DataException;
import org.tailrace.error.PlanException;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.sql.SqlParser;

/** Whole queries over constant rows, in vectors of two and of many rows. */
class BoundedQueriesTest {

    private static final String T =
            "(VALUES (1, 'a', 10), (2, 'b', 20), (3, 'a', 30), (4, 'c', NULL), (5, 'b', 20))" + " AS t(id, k, v)";

    private static String run(String sql) throws Exception {
        var parsed = new SqlParser(Settings.DEFAULT.zone()).query(sql.replace("$t", T));
        Plan plan = parsed.subqueries().isEmpty()
                ? parsed.tree()
                : new Plan.WithSubqueries(parsed.tree(), parsed.subqueries());
        ResolvedPlan resolved = new Resolver(Functions.table(), Settings.DEFAULT, name -> Optional.empty())
                .resolve(plan, parsed.positions());
        List<List<Object>> two = rows(resolved, 2);
        assertEquals(two, rows(resolved, 4096), sql);
        return two.toString();
    }

    private static List<List<Object>> rows(ResolvedPlan resolved, int vectorSize) throws Exception {
        return new PlanRunner(resolved, OutputMode.APPEND, vectorSize, 1, false, Settings.DEFAULT)
                .run(false)
                .rows();
    }

    @Test
    void rows_are_sorted_and_cut() throws Exception {
        assertEquals("[[4], [3], [2]]", run("SELECT id FROM $t ORDER BY v DESC NULLS FIRST, id LIMIT 3"));
        assertEquals("[[2], [5], [3], [4]]", run("SELECT id FROM $t ORDER BY v NULLS LAST, id OFFSET 1"));
        assertEquals("[[1], [2]]", run("SELECT id FROM $t LIMIT 2"));
    }

    @Test
    void what_comes_after_a_null_is_not_looked_at() throws Exception {
        String values = " FROM VALUES (NULL, 0), (6, 3), (NULL, 1) AS p(x, y)";
        assertEquals("[[null], [8], [null]]", run("SELECT x + (6 div y)" + values));
        assertEquals("[[null], [8], [null]]", run("SELECT x + (6 div y) FROM (SELECT * " + values + ")"));
        assertEquals(
                "TR-301",
                assertThrows(DataException.class, () -> run("SELECT (6 div y) + x" + values))
                        .code());
        assertEquals(
                "[[null], [0.5], [null]]", run("SELECT (6 div y) / nullif(x, 0) * 1.5D" + values.replace("0)", "2)")));
        assertEquals("[[null], [1.0], [null]]", run("SELECT (6 div y) / x * 3" + values));
    }

    @Test
    void the_columns_of_a_gap_are_read_though_nothing_else_reads_them() throws Exception {
        assertEquals(
                "[[a, 1], [a, 2]]",
                run("SELECT k, count(*) AS n FROM (SELECT k, v, ts FROM VALUES"
                        + " ('a', 1, timestamp'2024-01-01 10:00:00'), ('a', 9, timestamp'2024-01-01 10:02:00'),"
                        + " ('a', 1, timestamp'2024-01-01 10:04:00') AS s(k, v, ts))"
                        + " GROUP BY session_window(ts, CASE WHEN v > 5 THEN '1 minute' ELSE '3 minutes' END), k"
                        + " ORDER BY n"));
    }

    @Test
    void struct_is_one_key_of_a_rollup() throws Exception {
        assertEquals(
                "[[[a, 10], 1], [null, 1]]",
                run("SELECT struct(k, v) AS s, count(*) FROM $t WHERE id = 1"
                        + " GROUP BY ROLLUP (struct(k, v)) ORDER BY s NULLS LAST"));
    }

    @Test
    void a_grouping_set_that_is_written_twice_has_its_groups_twice() throws Exception {
        assertEquals(
                "[[a, 2], [a, 2], [null, 2]]",
                run("SELECT k, count(*) FROM $t WHERE k = 'a' GROUP BY GROUPING SETS ((k), (k), ())"
                        + " ORDER BY k NULLS LAST"));
    }

    @Test
    void values_that_do_not_vary_have_no_correlation() throws Exception {
        String values = " FROM VALUES (1, 2), (1, 2) AS p(x, y)";
        assertEquals(
                "TR-301",
                assertThrows(DataException.class, () -> run("SELECT corr(x, y)" + values))
                        .code());
        assertEquals("[[null]]", run("SELECT regr_r2(x, y)" + values));
        assertEquals("[[null]]", run("SELECT corr(x, y) FROM VALUES (1, 2) AS p(x, y)"));
        assertEquals(
                "[[NaN, NaN, 1.0]]",
                run("SELECT regr_slope(x, y), regr_intercept(x, y), regr_r2(x, y)"
                        + " FROM VALUES (1D, cast('NaN' as double)) AS p(x, y)"));
    }

    @Test
    void groups_come_out_in_the_order_in_which_they_were_first_seen() throws Exception {
        assertEquals("[[a, 2, 40], [b, 2, 40], [c, 1, null]]", run("SELECT k, count(*), sum(v) FROM $t GROUP BY k"));
        assertEquals("[[5, 80]]", run("SELECT count(*), sum(v) FROM $t"));
        assertEquals("[[0, null]]", run("SELECT count(*), sum(v) FROM $t WHERE id > 9"));
        assertEquals("[]", run("SELECT k, count(*) FROM $t WHERE id > 9 GROUP BY k"));
        assertEquals("[[3, 1]]", run("SELECT count(DISTINCT v), count(*) FILTER (WHERE k = 'c') FROM $t"));
        assertEquals("[[a, 2], [null, 5], [b, 2], [c, 1]]", run("SELECT k, count(*) FROM $t GROUP BY ROLLUP(k)"));
    }

    @Test
    void rows_without_duplicates() throws Exception {
        assertEquals("[[a], [b], [c]]", run("SELECT DISTINCT k FROM $t"));
        assertEquals("[[10], [20], [30], [null]]", run("SELECT DISTINCT v FROM $t"));
    }

    @Test
    void set_operations_compare_whole_rows_and_nulls_are_equal() throws Exception {
        String other = " (VALUES (20), (20), (20), (NULL), (7)) AS o(v)";
        assertEquals("[[20], [null]]", run("SELECT v FROM $t INTERSECT SELECT v FROM" + other));
        assertEquals("[[20], [null], [20]]", run("SELECT v FROM $t INTERSECT ALL SELECT v FROM" + other));
        assertEquals("[[10], [30]]", run("SELECT v FROM $t EXCEPT SELECT v FROM" + other));
        assertEquals("[[20], [7]]", run("SELECT v FROM" + other + " EXCEPT ALL SELECT v FROM $t"));
        assertEquals("[[1], [2], [1]]", run("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 1"));
    }

    @Test
    void analytic_functions_follow_partition_and_order() throws Exception {
        assertEquals(
                "[[1, 1, 1, null, 10], [3, 2, 2, 10, 40], [2, 1, 1, null, 40], [5, 2, 1, 20, 40], [4, 1, 1, null, null]]",
                run("SELECT id, row_number() OVER (PARTITION BY k ORDER BY v), rank() OVER (PARTITION BY k ORDER BY v),"
                        + " lag(v) OVER (PARTITION BY k ORDER BY v), sum(v) OVER (PARTITION BY k ORDER BY v) FROM $t"));
        assertEquals(
                "[[1, 40], [3, 40], [2, 40], [5, 40], [4, null]]",
                run("SELECT id, sum(v) OVER (PARTITION BY k) FROM $t"));
    }

    @Test
    void a_scalar_subquery_is_one_value() throws Exception {
        assertEquals("[[3]]", run("SELECT id FROM $t WHERE v = (SELECT max(v) FROM $t)"));
        assertEquals("[[1, null]]", run("SELECT id, (SELECT v FROM $t WHERE id = 9) FROM $t LIMIT 1"));
        var failure = assertThrows(PlanException.class, () -> run("SELECT (SELECT id FROM $t) FROM $t"));
        assertEquals("TR-171", failure.code());
    }

    @Test
    void bounded_tables_join_in_every_way() throws Exception {
        String other = " (VALUES ('a', 1), ('a', 2), ('z', 3), (NULL, 4)) AS o(k, n)";
        assertEquals("[[1, 1], [1, 2], [3, 1], [3, 2]]", run("SELECT id, n FROM $t JOIN" + other + " ON t.k = o.k"));
        assertEquals(
                "[[1, 2], [2, null], [3, 2], [4, null], [5, null], [null, 1], [null, 3], [null, 4]]",
                run("SELECT id, n FROM $t FULL JOIN" + other + " ON t.k = o.k AND n > 1"));
        assertEquals("[[2], [4], [5]]", run("SELECT id FROM $t LEFT ANTI JOIN" + other + " ON t.k = o.k"));
        assertEquals("[[4, 4]]", run("SELECT id, n FROM $t JOIN" + other + " ON nullif(t.k, 'c') <=> o.k WHERE n > 2"));
        assertEquals("[[1, 4], [2, 4]]", run("SELECT id, n FROM $t CROSS JOIN" + other + " WHERE id < 3 AND n = 4"));
    }
}
