package org.tailrace.testkit.random;

/** Queries that break a rule each, though not in every output mode. */
final class Refusals {
    /** What is wrong, and the query. */
    private static final String[][] QUERIES = {
        {"OFFSET of a stream", "SELECT k, v FROM e OFFSET 2"},
        {"row_number over a stream", "SELECT k, row_number() OVER (PARTITION BY k ORDER BY ts) AS r FROM e"},
        {"lag over a stream", "SELECT k, lag(v) OVER (PARTITION BY k ORDER BY ts) AS r FROM e"},
        {"sum over a stream", "SELECT k, sum(v) OVER (PARTITION BY k) AS r FROM e"},
        {"count(DISTINCT)", "SELECT k, count(DISTINCT v) AS n FROM e GROUP BY k"},
        {"sum(DISTINCT)", "SELECT sum(DISTINCT v) AS n FROM e"},
        {"INTERSECT of streams", "SELECT k FROM e INTERSECT SELECT k FROM f"},
        {"EXCEPT with a stream on the right", "SELECT k FROM d EXCEPT SELECT k FROM e"},
        {"scalar subquery over a stream", "SELECT k, v FROM e WHERE v > (SELECT max(w) FROM f)"},
        {"IN with a subquery over a stream", "SELECT k, v FROM e WHERE k IN (SELECT k FROM f)"},
        {"PIVOT of a stream", "SELECT * FROM (SELECT k, v FROM e) PIVOT (sum(v) FOR k IN ('a', 'b'))"},
        {"UNION of stream and table", "SELECT k FROM e UNION ALL SELECT k FROM d"},
        {"aggregate in an aggregate", "SELECT sum(count(*)) AS n FROM e GROUP BY k"},
        {"aggregate in WHERE", "SELECT k FROM e WHERE count(*) > 1"},
        {"column that is not there", "SELECT k, nosuch FROM e"},
        {"function that is not there", "SELECT nosuch(k) FROM e"},
        {"table that is not there", "SELECT k FROM nosuch"},
        {"column of two tables", "SELECT k FROM e JOIN f ON e.k = f.k"},
        {"bad grammar", "SELECT k FORM e"},
        {"column that is not grouped", "SELECT k, v FROM e GROUP BY k"},
        {"aggregate without GROUP BY beside a column", "SELECT k, sum(v) FROM e"},
        {"UNION of different widths", "SELECT k, v FROM e UNION ALL SELECT k FROM f"},
        {"two windows", "SELECT count(*) AS n FROM e GROUP BY window(ts, '5 minutes'), window(ts, '10 minutes')"},
        {"window of months", "SELECT count(*) AS n FROM e GROUP BY window(ts, '1 month')"},
        {"slide longer than the window", "SELECT count(*) AS n FROM e GROUP BY window(ts, '5 minutes', '10 minutes')"},
        {
            "start beyond the slide",
            "SELECT count(*) AS n FROM e GROUP BY window(ts, '5 minutes', '5 minutes', '6 minutes')"
        },
        {"window of no length", "SELECT count(*) AS n FROM e GROUP BY window(ts, '0 minutes')"},
        {
            "window_time in the same SELECT",
            "SELECT window_time(window) AS t, count(*) AS n FROM e GROUP BY window(ts, '5 minutes')"
        },
        {"session without other keys", "SELECT count(*) AS n FROM e GROUP BY session_window(ts, '5 minutes')"},
        {"ORDER BY before a LIMIT", "SELECT k, v FROM e ORDER BY v LIMIT 2"},
        {
            "aggregation by another time",
            "SELECT window(o, '10 minutes') AS w, count(*) AS n FROM"
                    + " (SELECT ts, ts + INTERVAL '1' HOUR AS o FROM e) GROUP BY 1"
        },
        {"GROUP BY position beyond the columns", "SELECT k, count(*) AS n FROM e GROUP BY 3"},
        {"WHERE that is not a condition", "SELECT k FROM e WHERE v"},
        {"HAVING without groups", "SELECT k FROM e HAVING v > 1"}
    };

    private static final String[] ACTIONS = {
        "sample",
        "count",
        "show",
        "batchWrite",
        "negative delay",
        "watermark of a column that is not there",
        "watermark of TIMESTAMP_NTZ",
        "watermark twice",
        "dropDuplicates of a column that is not there",
        "file sink"
    };

    private final Draws draws;

    Refusals(Draws draws) {
        this.draws = draws;
    }

    void next(StreamQuery query) {
        query.mode = draws.of("append", "append", "append", "update", "complete");
        int which = draws.below(QUERIES.length + ACTIONS.length);
        if (which >= QUERIES.length) {
            action(query, ACTIONS[which - QUERIES.length]);
            return;
        }
        String[] chosen = QUERIES[which];
        draws.count("refused: " + chosen[0]);
        query.sql = chosen[1];
        query.table = chosen[1].contains(" d");
        if (chosen[1].contains(" f")) {
            query.read("f");
        }
    }

    private void action(StreamQuery query, String action) {
        draws.count("refused: " + action);
        query.sql = "SELECT k, v, x, ts FROM e";
        switch (action) {
            case "negative delay":
                query.unmarked.add("e");
                query.op("withWatermark").put("column", "ts").put("delay", "-5 minutes");
                break;
            case "watermark of a column that is not there":
                query.unmarked.add("e");
                query.op("withWatermark").put("column", "nosuch").put("delay", "5 minutes");
                break;
            case "watermark of TIMESTAMP_NTZ":
                query.unmarked.add("e");
                query.sql = "SELECT k, v, CAST(ts AS TIMESTAMP_NTZ) AS tn FROM e";
                query.op("withWatermark").put("column", "tn").put("delay", "5 minutes");
                break;
            case "watermark twice":
                query.watermarked = 1;
                query.op("withWatermark").put("column", "ts").put("delay", "5 minutes");
                break;
            case "dropDuplicates of a column that is not there":
                query.op("dropDuplicates").putArray("columns").add("nosuch");
                break;
            case "file sink":
                query.sql = "SELECT k, count(*) AS n FROM e GROUP BY k";
                query.sink = "parquet";
                query.mode = draws.of("update", "complete");
                break;
            default:
                query.op(action);
        }
    }
}
