package org.tailrace.testkit.random;

/** Random relations with columns k, v, x, ts over the stream {@code e}, and conditions on them. */
final class Relations {
    private final Draws draws;

    Relations(Draws draws) {
        this.draws = draws;
    }

    String next(StreamQuery query) {
        switch (draws.below(16)) {
            case 0, 1:
                return "(SELECT k, v, x, ts FROM e WHERE " + condition(query) + ")";
            case 2:
                return union(query);
            case 3:
                draws.count("join with a table below");
                query.table = true;
                return "(SELECT e.k, v + coalesce(n, 0) AS v, x, ts FROM e " + draws.of("LEFT ", "")
                        + "JOIN d ON e.k = d.k)";
            case 4:
                return lateral();
            case 5:
                draws.count("WATERMARK in SQL");
                query.unmarked.add("e");
                return "e WATERMARK ts DELAY OF INTERVAL " + draws.of("5 MINUTES", "0 SECONDS", "1 HOUR");
            case 6:
                draws.count("WATERMARK of an expression in SQL");
                query.unmarked.add("e");
                return "(SELECT k, v, x, ts2 AS ts FROM e WATERMARK ts + INTERVAL 1 MINUTE AS ts2"
                        + " DELAY OF INTERVAL 5 MINUTES)";
            default:
                return "e";
        }
    }

    private String union(StreamQuery query) {
        query.read("f");
        if (draws.drawn("UNION ALL of streams that widens types", 0.4)) {
            return "(SELECT k, v, x, ts FROM e UNION ALL SELECT k, w, w, u FROM f)";
        }
        draws.count("UNION ALL of streams");
        return "(SELECT k, v, x, ts FROM e UNION ALL SELECT k, CAST(w AS BIGINT), CAST(w AS DOUBLE), u FROM f)";
    }

    private String lateral() {
        draws.count("LATERAL VIEW");
        return "(SELECT k, y AS v, x, ts FROM e LATERAL VIEW " + draws.of("", "OUTER ")
                + draws.of(
                        "explode(array(v, v + 1)) g AS y",
                        "posexplode(array(x, 2.0D)) g AS y, z",
                        "stack(2, v, v + 1) g AS y",
                        "inline(array(struct(v, 'a'), struct(7L, 'b'))) g AS y, z",
                        "explode(map('a', v)) g AS z, y")
                + ")";
    }

    String condition(StreamQuery query) {
        switch (draws.below(7)) {
            case 0:
                draws.count("IN (subquery)");
                query.table = true;
                return "k " + draws.of("", "NOT ") + "IN (SELECT k FROM d" + draws.of("", " WHERE k IS NOT NULL") + ")";
            case 1:
                draws.count("EXISTS (subquery)");
                query.table = true;
                return draws.of("", "NOT ") + "EXISTS (SELECT 1 FROM d WHERE d.k = e.k)";
            case 2:
                draws.count("scalar subquery");
                query.table = true;
                return "v >= (SELECT count(*) - 2 FROM d)";
            case 3:
                draws.count("condition on the event time below the watermark");
                return "ts >= TIMESTAMP'2024-01-01 10:05:00'";
            case 4:
                return "try_divide(v, x) IS NOT NULL AND " + draws.of("k <> 'a'", "v % 2 = 0", "v BETWEEN 1 AND 4");
            default:
                draws.count("condition on other columns below the watermark");
                return draws.of("v > 2", "k <> 'b'", "x IS NOT NULL", "v % 2 = 0", "k LIKE 'a%' OR x > 1", "k IS NULL");
        }
    }

    /** A condition without subqueries. */
    String plain() {
        return draws.of("v > 2", "k <> 'b'", "x < 2", "ts IS NOT NULL", "v IN (1, 2, 3)");
    }
}
