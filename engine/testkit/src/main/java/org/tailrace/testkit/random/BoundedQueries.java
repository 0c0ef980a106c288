package org.tailrace.testkit.random;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Random queries of what a stream may not have: sets, sorts, functions over windows of rows, distinct aggregates. They stand
 * over the tables {@code d(k, name, n)} and {@code c(k, m)}, as a derived table that a stream of one row is joined with.
 */
final class BoundedQueries {
    private final Draws draws;

    BoundedQueries(Draws draws) {
        this.draws = draws;
    }

    ObjectNode next() {
        ObjectNode scenario = JsonNodeFactory.instance.objectNode();
        scenario.put("format", 1).put("name", "bounded").put("category", "stateless-values");
        ArrayNode tables = scenario.putArray("tables");
        table(tables, "t", "o int");
        rows(
                table(tables, "d", "k string", "name string", "n int")
                        .put("static", true)
                        .putArray("rows"),
                true);
        rows(table(tables, "c", "k string", "m int").put("static", true).putArray("rows"), false);
        scenario.put("sql", "SELECT q.* FROM t CROSS JOIN (" + query() + ") q");
        scenario.put("outputMode", "append");
        scenario.putObject("compare").put("doubleTolerance", 1e-9).put("absoluteTolerance", 1e-12);
        scenario.putArray("batches").addObject().putArray("t").addArray().add(1);
        return scenario;
    }

    private static ObjectNode table(ArrayNode tables, String name, String... columns) {
        ObjectNode table = tables.addObject().put("name", name);
        ArrayNode schema = table.putArray("schema");
        for (String column : columns) {
            String[] parts = column.split(" ");
            schema.addObject().put("name", parts[0]).put("type", parts[1]);
        }
        return table;
    }

    private void rows(ArrayNode rows, boolean three) {
        for (int i = draws.between(0, 6); i > 0; i--) {
            ArrayNode row = rows.addArray().add(draws.of("a", "a", "b", "c", null));
            if (three) {
                row.add(draws.of("one", "two", "three"));
            }
            row.add(draws.of(0, 1, 2, 3, 5, null));
        }
    }

    private String query() {
        String number = draws.of("n", "n + 1", "n * 2", "-n");
        String[][] queries = {
            {
                "table: ORDER BY and LIMIT",
                "SELECT k, name, n FROM d ORDER BY n " + draws.of("", "DESC ", "NULLS LAST ") + ", k, name LIMIT "
                        + draws.between(0, 4)
            },
            {"table: INTERSECT", "SELECT k FROM d INTERSECT SELECT k FROM c"},
            {"table: INTERSECT ALL", "SELECT k FROM d INTERSECT ALL SELECT k FROM c"},
            {"table: EXCEPT", "SELECT k FROM d EXCEPT SELECT k FROM c"},
            {"table: EXCEPT ALL", "SELECT k, n FROM d EXCEPT ALL SELECT k, m FROM c"},
            {"table: UNION", "SELECT k, n FROM d UNION SELECT k, m FROM c"},
            {"table: UNION ALL of VALUES", "SELECT k, n FROM d UNION ALL VALUES ('z', 1), ('y', NULL)"},
            {"table: VALUES", "SELECT col1 + 1 AS x, col2 FROM VALUES (1, 'a'), (2, 'b')"},
            {
                "table: count(DISTINCT)",
                "SELECT k, count(DISTINCT n) AS x, sum(DISTINCT " + number + ") AS y FROM d GROUP BY k"
            },
            {"table: row_number", "SELECT k, n, row_number() OVER (PARTITION BY k ORDER BY n, name) AS r FROM d"},
            {
                "table: rank, dense_rank",
                "SELECT k, n, rank() OVER (ORDER BY n) AS r, dense_rank() OVER (ORDER BY n DESC) AS q FROM d"
            },
            {
                "table: lag, lead",
                "SELECT k, lag(n) OVER (PARTITION BY k ORDER BY n, name) AS p, lead(n, 2, -1) OVER (PARTITION BY k ORDER BY n, name)"
                        + " AS q FROM d"
            },
            {"table: aggregate OVER", "SELECT k, sum(n) OVER (PARTITION BY k) AS s, count(*) OVER () AS c FROM d"},
            {
                "table: running aggregate OVER",
                "SELECT k, n, sum(" + number + ") OVER (PARTITION BY k ORDER BY n) AS s FROM d"
            },
            {"table: GROUP BY and HAVING", "SELECT k, max(" + number + ") AS x FROM d GROUP BY k HAVING count(*) > 1"},
            {"table: ROLLUP", "SELECT k, name, count(*) AS x, grouping_id() AS g FROM d GROUP BY ROLLUP (k, name)"},
            {"table: CUBE", "SELECT k, name, sum(n) AS x, grouping(name) AS g FROM d GROUP BY CUBE (k, name)"},
            {"table: GROUPING SETS", "SELECT k, name, count(n) AS x FROM d GROUP BY GROUPING SETS ((k), (name, k), ())"
            },
            {
                "table: join",
                "SELECT d.k, d.n, c.m FROM d " + draws.of("", "LEFT ", "RIGHT ", "FULL ") + "JOIN c ON d.k "
                        + draws.of("=", "<=>") + " c.k" + draws.of("", " AND d.n > c.m")
            },
            {
                "table: semi and anti join",
                "SELECT k, n FROM d LEFT " + draws.of("SEMI", "ANTI") + " JOIN c ON d.k = c.k"
                        + draws.of("", " AND d.n < c.m")
            },
            {
                "table: join without equality",
                "SELECT d.k, c.m FROM d " + draws.of("", "LEFT ", "FULL ") + "JOIN c ON d.n < c.m"
            },
            {
                "table: IN",
                "SELECT k, n FROM d WHERE n " + draws.of("", "NOT ") + "IN (SELECT m FROM c"
                        + draws.of("", " WHERE m IS NOT NULL", " WHERE c.k = d.k") + ")"
            },
            {
                "table: EXISTS",
                "SELECT k, n FROM d WHERE " + draws.of("", "NOT ")
                        + "EXISTS (SELECT 1 FROM c WHERE c.k = d.k AND c.m > 1)"
            },
            {"table: scalar subquery", "SELECT k, n FROM d WHERE n >= (SELECT min(m) FROM c)"},
            {
                "table: WITH",
                "WITH x AS (SELECT k, n FROM d WHERE n > 0), y AS (SELECT k, max(n) AS n FROM x GROUP BY k) SELECT y.k, y.n FROM y"
            },
            {"table: DISTINCT", "SELECT DISTINCT k, " + number + " AS x FROM d"},
            {
                "table: LATERAL VIEW",
                "SELECT k, y FROM d LATERAL VIEW OUTER explode(if(n > 1, array(n, n + 1), NULL)) g AS y"
            },
            {
                "table: CASE in aggregates",
                "SELECT sum(CASE WHEN n > 1 THEN n END) AS x, avg(n) FILTER (WHERE k = 'a') AS y FROM d"
            },
            {"table: USING", "SELECT * FROM d JOIN c USING (k)"}
        };
        String[] chosen = queries[draws.below(queries.length)];
        draws.count(chosen[0]);
        return chosen[1];
    }
}
