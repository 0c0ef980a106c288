package org.tailrace.testkit.random;

/** Random joins of a stream with a table and with other streams. */
final class Joins {
    private final Draws draws;
    private final Chains chains;

    Joins(Draws draws) {
        this.draws = draws;
        chains = new Chains(draws);
    }

    void withTable(StreamQuery query) {
        query.table = true;
        String type = draws.of(
                "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN", "CROSS JOIN");
        boolean turned = draws.chance(0.35);
        String on = type.startsWith("CROSS")
                ? ""
                : draws.of(
                        " ON e.k = d.k",
                        " ON e.k = d.k",
                        " ON e.k <=> d.k",
                        " ON e.k = d.k AND e.v > d.n",
                        " ON e.k = d.k OR e.v = d.n",
                        " ON e.v < d.n",
                        " USING (k)");
        draws.count(on.isEmpty() ? "join with a table of all pairs" : "join with a table" + on);
        String tables = turned ? "d " + type + " e" : "e " + type + " d";
        boolean one = type.contains("SEMI") || type.contains("ANTI");
        String columns =
                one ? turned ? "k, n" : "k, v, ts" : (on.contains("USING") ? "k" : "e.k") + ", e.v, e.ts, d.name, d.n";
        query.sql = "SELECT " + columns + " FROM " + tables + on;
        query.shape(
                (turned ? "table " : "stream ") + type + (turned ? " stream" : " table"), "append", "append", "update");
        if (!(one && turned) && draws.chance(0.2)) {
            chains.onTop(query, "stream JOIN table");
        }
    }

    void ofStreams(StreamQuery query) {
        if (draws.drawn("join of three streams", 0.06)) {
            three(query);
            return;
        }
        if (draws.drawn("join of a stream with itself", 0.05)) {
            query.sql = "SELECT a.k, a.v, b.v AS bv, b.ts FROM e a " + draws.of("", "LEFT ")
                    + "JOIN e b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL 5 MINUTES";
            query.shape("stream JOIN itself", "append");
            return;
        }
        query.read("f");
        query.watermarked = 0.8;
        String type = draws.of(
                "JOIN",
                "JOIN",
                "JOIN",
                "LEFT JOIN",
                "LEFT JOIN",
                "RIGHT JOIN",
                "RIGHT JOIN",
                "FULL JOIN",
                "FULL JOIN",
                "LEFT SEMI JOIN",
                "LEFT SEMI JOIN",
                "LEFT ANTI JOIN",
                "CROSS JOIN");
        boolean one = type.contains("SEMI") || type.contains("ANTI");
        query.sql = "SELECT e.k, e.v, e.ts" + (one ? "" : ", f.k AS fk, f.w, f.u") + " FROM e " + type + " f"
                + condition(type);
        if (draws.drawn("condition above a join of streams", 0.15)) {
            query.sql += " WHERE " + (one ? "e.v > 1" : draws.of("e.v > 1", "f.w < 5", "f.w IS NULL OR f.w > 1"));
        }
        query.shape("stream " + type + " stream", "append", "append", "append", "append", "append", "update");
        if (draws.chance(0.2)) {
            chains.onTop(query, "stream JOIN stream");
        }
    }

    private String condition(String type) {
        String range = draws.of(
                "",
                " AND f.u BETWEEN e.ts AND e.ts + INTERVAL 10 MINUTES",
                " AND f.u BETWEEN e.ts AND e.ts + INTERVAL 10 MINUTES",
                " AND f.u >= e.ts - INTERVAL 5 MINUTES AND f.u <= e.ts + INTERVAL 5 MINUTES",
                " AND e.ts BETWEEN f.u - INTERVAL 2 MINUTES AND f.u + INTERVAL 8 MINUTES",
                " AND e.ts < f.u AND f.u < e.ts + INTERVAL 15 MINUTES",
                " AND e.ts = f.u",
                " AND date_trunc('HOUR', e.ts) = date_trunc('HOUR', f.u)",
                " AND f.u > e.ts",
                " AND f.u > e.ts - INTERVAL 1 DAY");
        if (type.startsWith("CROSS")) {
            return "";
        } else if (draws.drawn("join of streams without equality", 0.03)) {
            return " ON e.v > f.w";
        }
        draws.count("join of streams with" + (range.isEmpty() ? "out time" : range));
        String key =
                draws.of("e.k = f.k", "e.k = f.k", "e.k = f.k", "e.k <=> f.k", "e.v = f.w", "upper(e.k) = upper(f.k)");
        draws.count("join of streams by " + key);
        return " ON " + key + range + draws.of("", "", " AND e.v > f.w", " AND f.w <> 3", " AND e.v <> 2");
    }

    private void three(StreamQuery query) {
        query.read("f");
        query.read("g");
        query.sql = "SELECT e.k, e.v, f.w, g.w AS gw FROM e JOIN f ON e.k = f.k "
                + draws.of("", "AND f.u BETWEEN e.ts AND e.ts + INTERVAL 10 MINUTES ") + draws.of("", "LEFT ")
                + "JOIN g ON e.k = g.k AND g.u BETWEEN e.ts - INTERVAL 5 MINUTES AND e.ts + INTERVAL 5 MINUTES";
        query.shape("stream JOIN stream JOIN stream", "append");
    }
}
