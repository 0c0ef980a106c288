package org.tailrace.testkit.random;

import java.util.List;

/** Random stateful operators over others. */
final class Chains {
    private final Draws draws;

    Chains(Draws draws) {
        this.draws = draws;
    }

    /** An aggregation over the query so far, which has columns k, v, ts. */
    void onTop(StreamQuery query, String below) {
        String key = draws.of("window(ts, '10 minutes')", "window(ts, '10 minutes', '5 minutes'), k", "k", "ts");
        query.then("SELECT " + key + ", count(*) AS n, sum(v) AS s FROM $prev GROUP BY " + key);
        String shape = below + ", then aggregation";
        if (key.equals("k")) {
            query.shape(shape, "update", "complete");
        } else {
            query.shape(shape, "append", "append", "update", "complete");
        }
    }

    void next(StreamQuery query) {
        switch (draws.below(9)) {
            case 0:
                windows(query);
                query.then("SELECT window_time(window) AS wt, k, n FROM $prev");
                query.shape("aggregation, then window_time", "append", "update", "complete");
                draws.count("function window_time");
                break;
            case 1:
                windows(query);
                query.then("SELECT window(window, '30 minutes') AS w2, sum(n) AS n FROM $prev"
                        + " GROUP BY window(window, '30 minutes')");
                query.shape("aggregation, then window of the window", "append", "append", "complete");
                break;
            case 2:
                windows(query);
                query.then("SELECT window_time(window) AS wt, k, n FROM $prev");
                query.then("SELECT window(wt, '20 minutes') AS w2, k, max(n) AS n FROM $prev"
                        + " GROUP BY window(wt, '20 minutes'), k");
                query.shape("aggregation, then window of window_time", "append", "append", "complete");
                break;
            case 3:
                windows(query);
                query.then("SELECT window_time(window) AS wt, n FROM $prev");
                query.dropDuplicates(false, List.of("wt", "n"));
                query.shape("aggregation, then dropDuplicates", "append");
                break;
            case 4:
                windows(query);
                query.then("SELECT window, sum(n) AS n, max(s) AS s FROM $prev GROUP BY window");
                query.shape("aggregation, then aggregation by its window", "append", "append", "complete");
                break;
            case 5:
                windows(query);
                query.then("SELECT sum(n) AS n FROM $prev");
                query.shape("aggregation, then global aggregation", "complete");
                break;
            case 6:
                joined(query);
                break;
            case 7:
                query.unmarked.add("e");
                query.sql = "SELECT k, v, x, ts FROM e WHERE "
                        + draws.of("v > 1", "ts > TIMESTAMP'2024-01-01 10:00:00'", "k <> 'a'");
                query.op("withWatermark").put("column", "ts").put("delay", draws.of("5 minutes", "1 minute"));
                query.then("SELECT window(ts, '10 minutes') AS w, count(*) AS n FROM $prev GROUP BY 1");
                query.shape("withWatermark above WHERE", "append", "update");
                break;
            default:
                query.sql = "SELECT k, v, x, ts FROM e";
                query.dropDuplicates(draws.chance(0.5), List.of("k", "v"));
                query.dropDuplicates(false, List.of("k", "ts"));
                query.shape("dropDuplicates, then dropDuplicates", "append");
        }
    }

    private void windows(StreamQuery query) {
        query.sql = "SELECT window, k, count(*) AS n, sum(v) AS s FROM e GROUP BY window(ts, '"
                + draws.of("5 minutes", "10 minutes", "10 minutes', '5 minutes") + "'), k";
    }

    private void joined(StreamQuery query) {
        query.read("f");
        query.sql = "SELECT e.window, e.k, e.n, f.m FROM"
                + " (SELECT window, k, count(*) AS n FROM e GROUP BY window(ts, '10 minutes'), k) e "
                + draws.of("", "LEFT ")
                + "JOIN (SELECT window, k, sum(w) AS m FROM f GROUP BY window(u, '10 minutes'), k) f"
                + " ON e.window = f.window AND e.k = f.k";
        query.shape("aggregations, then JOIN", "append");
    }
}
