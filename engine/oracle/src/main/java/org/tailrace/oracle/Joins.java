package org.tailrace.oracle;

/** Random joins of a stream with a table and with another stream. */
final class Joins {
    private final Draws draws;

    Joins(Draws draws) {
        this.draws = draws;
    }

    void withTable(StreamQuery query) {
        query.table = true;
        String type = draws.of(
                "JOIN",
                "JOIN",
                "LEFT JOIN",
                "LEFT JOIN",
                "RIGHT JOIN",
                "FULL JOIN",
                "LEFT SEMI JOIN",
                "LEFT ANTI JOIN",
                "CROSS JOIN");
        boolean turned = draws.chance(0.25);
        draws.count((turned ? "table " : "stream ") + type + (turned ? " stream" : " table"));
        String on = type.startsWith("CROSS")
                ? ""
                : draws.of(
                        " ON e.k = d.k",
                        " ON e.k = d.k",
                        " ON e.k <=> d.k",
                        " ON e.k = d.k AND e.v > d.n",
                        " ON e.v < d.n",
                        " USING (k)");
        String tables = turned ? "d " + type + " e" : "e " + type + " d";
        boolean one = type.contains("SEMI") || type.contains("ANTI");
        String columns =
                one ? turned ? "k, n" : "k, v, ts" : (on.contains("USING") ? "k" : "e.k") + ", e.v, e.ts, d.name, d.n";
        query.sql = "SELECT " + columns + " FROM " + tables + on;
        query.mode = draws.of("append", "append", "update");
    }

    void ofStreams(StreamQuery query) {
        query.second();
        query.watermarked = 0.8;
        String type = draws.of(
                "JOIN",
                "JOIN",
                "JOIN",
                "LEFT JOIN",
                "LEFT JOIN",
                "RIGHT JOIN",
                "FULL JOIN",
                "LEFT SEMI JOIN",
                "LEFT ANTI JOIN",
                "CROSS JOIN");
        String range = draws.of(
                "",
                " AND f.u BETWEEN e.ts AND e.ts + INTERVAL 10 MINUTES",
                " AND f.u >= e.ts - INTERVAL 5 MINUTES AND f.u <= e.ts + INTERVAL 5 MINUTES",
                " AND e.ts BETWEEN f.u - INTERVAL 2 MINUTES AND f.u + INTERVAL 8 MINUTES",
                " AND e.ts < f.u AND f.u < e.ts + INTERVAL 15 MINUTES",
                " AND e.ts = f.u",
                " AND f.u > e.ts");
        draws.count("stream " + type + " stream");
        draws.count("join of streams with" + (range.isEmpty() ? "out time" : range));
        String on = " ON e.k = f.k" + range + draws.of("", "", " AND e.v > f.w", " AND f.w <> 3");
        if (type.startsWith("CROSS")) {
            on = "";
        } else if (draws.drawn("join of streams without equality", 0.03)) {
            on = " ON e.v > f.w";
        }
        boolean one = type.contains("SEMI") || type.contains("ANTI");
        query.sql = "SELECT e.k, e.v, e.ts" + (one ? "" : ", f.k AS fk, f.w, f.u") + " FROM e " + type + " f" + on;
        if (draws.drawn("condition above a join of streams", 0.15)) {
            query.sql += " WHERE " + (one ? "e.v > 1" : draws.of("e.v > 1", "f.w < 5", "f.w IS NULL OR f.w > 1"));
        }
        query.mode = draws.of("append", "append", "append", "append", "append", "update");
    }
}
