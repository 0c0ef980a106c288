package org.tailrace.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tailrace.data.DataType;
import org.tailrace.expr.Function;
import org.tailrace.expr.builtin.Functions;

/** Random streaming queries of every shape: most are accepted, some are to be refused. */
final class StreamQueries {
    private static final Pattern CALL = Pattern.compile("(\\w+\\(.*\\)) from values .*");

    private final Draws draws;
    private final Expressions expressions;
    private final List<String> aggregates = new ArrayList<>();
    private final Joins joins;

    StreamQueries(Draws draws) {
        this.draws = draws;
        var columns = new LinkedHashMap<String, List<String>>();
        columns.put("string", List.of("k"));
        columns.put("bigint", List.of("v"));
        columns.put("double", List.of("x"));
        columns.put("timestamp", List.of("ts"));
        expressions = new Expressions(draws, Map.copyOf(columns));
        for (Function function : Functions.table().all()) {
            Matcher call = CALL.matcher(function.example());
            if (call.matches() && Functions.table().isAggregate(function.name())) {
                aggregates.add(call.group(1)
                        .replaceAll("\\bx\\b", "v")
                        .replaceAll("\\by\\b", "x")
                        .replaceAll("\\ba\\b", "k"));
            }
        }
        aggregates.addAll(List.of("count(*)", "count(k, v)", "sum(x)", "avg(x)", "max(k)", "min(ts)", "sum(v * 2)"));
        joins = new Joins(draws);
    }

    StreamQuery next() {
        var query = new StreamQuery();
        switch (draws.below(12)) {
            case 0:
                stateless(query);
                break;
            case 1, 2, 3, 4:
                aggregate(query, from(query), draws.chance(0.75));
                break;
            case 5, 6:
                deduplicate(query);
                break;
            case 7:
                joins.withTable(query);
                if (query.mode.equals("append") && draws.drawn("join with a table, then aggregate", 0.3)) {
                    onTop(query);
                }
                break;
            case 8, 9:
                joins.ofStreams(query);
                if (draws.drawn("join of streams, then aggregate", 0.2)) {
                    onTop(query);
                }
                break;
            case 10:
                aggregate(query, from(query), true);
                chain(query);
                break;
            default:
                program(query);
        }
        if (draws.chance(0.04)) {
            query.mode = draws.of("append", "update", "complete");
        }
        return query;
    }

    /** A relation with columns k, v, x, ts. */
    private String from(StreamQuery query) {
        switch (draws.below(12)) {
            case 0:
                draws.count("derived table with WHERE");
                return "(SELECT k, v, x, ts FROM e WHERE " + condition(query) + ")";
            case 1:
                draws.count("union of streams");
                query.second();
                return "(SELECT k, v, x, ts FROM e UNION ALL SELECT k, CAST(w AS BIGINT), CAST(w AS DOUBLE), u FROM f)";
            case 2:
                draws.count("join with a table below");
                query.table = true;
                return "(SELECT e.k, v + coalesce(n, 0) AS v, x, ts FROM e " + draws.of("LEFT ", "")
                        + "JOIN d ON e.k = d.k)";
            case 3:
                draws.count("LATERAL VIEW");
                return "(SELECT k, y AS v, x, ts FROM e LATERAL VIEW " + draws.of("", "OUTER ")
                        + draws.of("explode(array(v, v + 1)) g AS y", "posexplode(array(x, 2.0D)) g AS y, z") + ")";
            case 4:
                if (query.unmarked.add("e")) {
                    draws.count("WATERMARK in SQL");
                    return "e WATERMARK ts DELAY OF INTERVAL " + draws.of("5 MINUTES", "0 SECONDS", "1 HOUR");
                }
                return "e";
            case 5:
                if (query.unmarked.add("e")) {
                    draws.count("WATERMARK of an expression in SQL");
                    return "(SELECT k, v, x, ts2 AS ts FROM e WATERMARK ts + INTERVAL 1 MINUTE AS ts2"
                            + " DELAY OF INTERVAL 5 MINUTES)";
                }
                return "e";
            default:
                return "e";
        }
    }

    private String condition(StreamQuery query) {
        switch (draws.below(7)) {
            case 0:
                draws.count("IN (subquery)");
                query.table = true;
                return "k IN (SELECT k FROM d)";
            case 1:
                draws.count("EXISTS (subquery)");
                query.table = true;
                return draws.of("", "NOT ") + "EXISTS (SELECT 1 FROM d WHERE d.k = e.k)";
            case 2:
                draws.count("scalar subquery");
                query.table = true;
                return "v >= (SELECT count(*) - 2 FROM d)";
            case 3:
                return "ts >= TIMESTAMP'2024-01-01 10:05:00'";
            case 4:
                return "try_divide(v, x) IS NOT NULL AND " + draws.of("k <> 'a'", "v % 2 = 0", "v BETWEEN 1 AND 4");
            default:
                return draws.of("v > 2", "k <> 'b'", "x IS NOT NULL", "v % 2 = 0", "k LIKE 'a%' OR x > 1", "k IS NULL");
        }
    }

    private void stateless(StreamQuery query) {
        draws.count("stateless stream");
        var selected = new ArrayList<String>(List.of("k", "ts"));
        for (int i = draws.between(1, 2); i > 0; i--) {
            selected.add(expressions.any(1) + " AS c" + i);
        }
        if (draws.drawn("generator in SELECT", 0.15)) {
            selected.add("explode(sequence(0, greatest(v, 0))) AS g");
        }
        String with = draws.drawn("WITH", 0.15) ? "WITH c AS (SELECT * FROM e) " : "";
        query.sql = with + "SELECT " + String.join(", ", selected) + " FROM " + (with.isEmpty() ? from(query) : "c")
                + (draws.chance(0.4) ? " WHERE " + plain() : "");
        if (draws.drawn("LIMIT of a stream", 0.2)) {
            query.sql += " LIMIT " + draws.between(0, 6);
        }
        query.mode = draws.of("append", "append", "update");
    }

    private String plain() {
        return draws.of("v > 2", "k <> 'b'", "x < 2", "ts IS NOT NULL", "v IN (1, 2, 3)");
    }

    private void aggregate(StreamQuery query, String from, boolean timed) {
        draws.count("aggregation");
        var keys = new ArrayList<String>();
        boolean session = false;
        if (timed) {
            String key = draws.of(
                    "window(ts, '10 minutes')",
                    "window(ts, '10 minutes')",
                    "window(ts, '10 minutes', '5 minutes')",
                    "window(ts, '10 minutes', '3 minutes', '1 minute')",
                    "window(ts, '1 hour')",
                    "session_window(ts, '5 minutes')",
                    "session_window(ts, '2 minutes')",
                    "session_window(ts, CASE WHEN v > 3 THEN '1 minute' ELSE '6 minutes' END)",
                    "ts");
            draws.count("key " + key);
            session = key.startsWith("session");
            keys.add(key);
        }
        if (session ? draws.chance(0.95) : draws.chance(timed ? 0.5 : 0.85)) {
            String key = draws.of("k", "k", "k", "v % 3", "upper(k)", "date_trunc('HOUR', ts)", "x");
            draws.count("key " + key);
            keys.add(key);
        }
        if (keys.size() == 1 && draws.chance(0.15)) {
            keys.add("v");
        }
        var selected = new ArrayList<String>(keys);
        for (int i = draws.between(1, 3); i > 0; i--) {
            selected.add(aggregate() + " AS a" + i);
        }
        String group = group(keys, selected, timed);
        query.sql = "SELECT " + String.join(", ", selected) + " FROM " + from
                + (draws.chance(0.2) ? " WHERE " + plain() : "") + group
                + (draws.drawn("HAVING", 0.15)
                        ? " HAVING " + draws.of("count(*) > 1", "max(v) > 2", "min(v) < 5")
                        : "");
        boolean closes = timed && query.watermarked > 0.5;
        query.mode = closes
                ? session
                        ? draws.of("append", "append", "append", "complete")
                        : draws.of("append", "append", "update", "complete")
                : draws.of("update", "update", "complete", "complete");
        if (query.mode.equals("complete") && draws.drawn("ORDER BY in complete mode", 0.3)) {
            var order = new ArrayList<String>();
            for (int i = 1; i <= selected.size(); i++) {
                order.add(i + draws.of("", " DESC", " NULLS LAST"));
            }
            query.sql += " ORDER BY " + String.join(", ", order);
            query.ordered = true;
            if (draws.drawn("LIMIT in complete mode", 0.5)) {
                query.sql += " LIMIT " + draws.between(1, 4);
            }
        }
    }

    private String group(List<String> keys, List<String> selected, boolean timed) {
        if (keys.isEmpty()) {
            draws.count("global aggregate");
            return "";
        }
        String list = String.join(", ", keys);
        if (timed && keys.size() > 1 && draws.drawn("window with ROLLUP, CUBE", 0.1)) {
            return " GROUP BY " + keys.get(0) + ", " + draws.of("ROLLUP", "CUBE") + " (" + keys.get(1) + ")";
        }
        switch (draws.below(timed ? 8 : 13)) {
            case 0:
                draws.count("GROUP BY ALL");
                return " GROUP BY ALL";
            case 1:
                draws.count("GROUP BY positions");
                var positions = new ArrayList<String>();
                for (int i = 1; i <= keys.size(); i++) {
                    positions.add(String.valueOf(i));
                }
                return " GROUP BY " + String.join(", ", positions);
            case 8:
                draws.count("ROLLUP");
                selected.add("grouping_id() AS gid");
                return " GROUP BY ROLLUP (" + list + ")";
            case 9:
                draws.count("CUBE");
                selected.add("grouping(" + keys.get(0) + ") AS gid");
                return " GROUP BY CUBE (" + list + ")";
            case 10:
                draws.count("GROUPING SETS");
                return " GROUP BY GROUPING SETS ((" + list + "), (" + keys.get(0) + "), ())";
            default:
                return " GROUP BY " + list;
        }
    }

    private String aggregate() {
        String call = draws.one(aggregates);
        draws.count("aggregate " + call);
        if (draws.drawn("DISTINCT in an aggregate", 0.02)) {
            call = "count(DISTINCT v)";
        }
        if (draws.drawn("FILTER", 0.12)) {
            call += " FILTER (WHERE " + draws.of("v > 1", "k = 'a'", "x IS NOT NULL") + ")";
        }
        return draws.chance(0.1) ? "coalesce(" + call + ", NULL)" : call;
    }

    private void deduplicate(StreamQuery query) {
        query.sql = "SELECT k, v, x, ts FROM " + from(query);
        query.mode = draws.of("append", "append", "update");
        switch (draws.below(5)) {
            case 0:
                draws.count("SELECT DISTINCT");
                query.sql = "SELECT DISTINCT " + draws.of("k, ts", "k", "ts", "k, v, ts") + " FROM " + from(query);
                query.mode = draws.of("append", "update", "complete");
                return;
            case 1:
                draws.count("dropDuplicatesWithinWatermark");
                query.dropDuplicates(true, draws.of(List.of("k"), List.of("k", "v"), List.of()));
                break;
            default:
                draws.count("dropDuplicates");
                query.dropDuplicates(
                        false, draws.of(List.of("k"), List.of("k", "ts"), List.of("ts"), List.of("k", "v"), List.of()));
        }
        if (draws.drawn("deduplicate, then aggregate", 0.35)) {
            onTop(query);
        }
    }

    /** An aggregation over the query so far, which has columns k, v, ts. */
    private void onTop(StreamQuery query) {
        String key = draws.of("window(ts, '10 minutes')", "window(ts, '10 minutes', '5 minutes'), k", "k", "ts");
        query.then("SELECT " + key + ", count(*) AS n, sum(v) AS s FROM $prev GROUP BY " + key);
        query.mode =
                key.equals("k") ? draws.of("update", "complete") : draws.of("append", "append", "update", "complete");
    }

    /** Another aggregation over an aggregation by time. */
    private void chain(StreamQuery query) {
        if (query.ordered) {
            return;
        }
        query.sql = "SELECT window, k, count(*) AS n, sum(v) AS s FROM e GROUP BY window(ts, '"
                + draws.of("5 minutes", "10 minutes") + "'), k";
        query.streams.remove("f");
        query.table = false;
        query.unmarked.clear();
        query.mode = draws.of("append", "append", "append", "update", "complete");
        switch (draws.below(5)) {
            case 0:
                draws.count("window_time");
                query.then("SELECT window_time(window) AS wt, k, n FROM $prev");
                break;
            case 1:
                draws.count("window of window");
                query.then("SELECT window(window, '30 minutes') AS w2, sum(n) AS n FROM $prev"
                        + " GROUP BY window(window, '30 minutes')");
                break;
            case 2:
                draws.count("window of window_time");
                query.then("SELECT window_time(window) AS wt, k, n FROM $prev");
                query.then("SELECT window(wt, '20 minutes') AS w2, k, max(n) AS n FROM $prev"
                        + " GROUP BY window(wt, '20 minutes'), k");
                break;
            case 3:
                draws.count("aggregate, then deduplicate");
                query.then("SELECT window_time(window) AS wt, n FROM $prev");
                query.dropDuplicates(false, List.of("wt", "n"));
                break;
            default:
                draws.count("aggregate by the window again");
                query.then("SELECT window, sum(n) AS n, max(s) AS s FROM $prev GROUP BY window");
        }
    }

    private void program(StreamQuery query) {
        query.sql = "SELECT k, v, ts FROM e WHERE k IS NOT NULL AND v IS NOT NULL AND ts IS NOT NULL";
        query.nulls = false;
        String name = draws.of(
                "mapGroupsWithState.runningSum",
                "flatMapGroupsWithState.eventTimeTimeout",
                "flatMapGroupsWithState.update");
        draws.count(name);
        query.ops.addObject().put("op", "program").put("name", name);
        query.mode = name.endsWith("Timeout") ? "append" : "update";
        if (draws.chance(0.1)) {
            query.mode = draws.of("append", "update", "complete");
        }
    }

    /** A boolean expression over the stream's columns. */
    String truth() {
        return expressions.of(DataType.BOOLEAN, 1);
    }
}
