package org.tailrace.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tailrace.expr.Function;
import org.tailrace.expr.builtin.Functions;

/** Random aggregations of a stream, with every aggregate function. */
final class Aggregations {
    private static final Pattern CALL = Pattern.compile("(\\w+\\(.*\\)) from values .*");

    private final Draws draws;
    private final Relations relations;
    private final List<Call> calls = new ArrayList<>();

    private record Call(String name, String text) {}

    Aggregations(Draws draws, Relations relations) {
        this.draws = draws;
        this.relations = relations;
        for (Function function : Functions.table().all()) {
            Matcher call = CALL.matcher(function.example());
            if (call.matches() && Functions.table().isAggregate(function.name())) {
                String text = call.group(1)
                        .replaceAll("\\bx\\b", "v")
                        .replaceAll("\\by\\b", "x")
                        .replaceAll("\\ba\\b", "k");
                for (String name : function.names()) {
                    calls.add(new Call(function.name(), name + text.substring(text.indexOf('('))));
                }
                calls.add(new Call(function.name(), text));
            }
        }
        for (String more : new String[] {
            "count(*)",
            "count(k, v)",
            "sum(x)",
            "avg(x)",
            "max(k)",
            "min(ts)",
            "sum(v * 2)",
            "avg(CAST(v AS DECIMAL(9, 2)))",
            "sum(CAST(v AS INT))",
            "sum(CAST(x AS DECIMAL(8, 3)))",
            "max(x)",
            "min(k)",
            "first(k, true)",
            "last(v, true)",
            "percentile(x, array(0.25, 0.75))",
            "percentile_approx(v, 0.5, 100)",
            "collect_list(k)",
            "max(struct(v, k))",
            "count_if(k = 'a')",
            "stddev(v)",
            "sum(if(k = 'a', v, 0))"
        }) {
            calls.add(new Call(more.substring(0, more.indexOf('(')), more));
        }
    }

    void byTime(StreamQuery query) {
        String from = relations.next(query);
        String key = timeKey();
        var keys = new ArrayList<>(List.of(key));
        boolean session = key.startsWith("session");
        if (session ? draws.chance(0.95) : draws.chance(0.5)) {
            keys.add(key());
        }
        if (keys.size() == 1 && draws.chance(0.15)) {
            keys.add("v");
        }
        if (session) {
            query.shape("session aggregation", "append", "append", "append", "complete");
        } else {
            query.shape("aggregation by time", "append", "append", "update", "complete");
        }
        finish(query, from, keys, true);
    }

    private String timeKey() {
        String key = draws.of(
                "window(ts, '10 minutes')",
                "window(ts, '10 minutes')",
                "window(ts, '10 minutes', '5 minutes')",
                "window(ts, '10 minutes', '3 minutes', '1 minute')",
                "window(ts, '1 hour')",
                "window(ts, '15 minutes', '15 minutes', '-4 minutes')",
                "window(ts, '1 day')",
                "window(ts, '1 week')",
                "session_window(ts, '5 minutes')",
                "session_window(ts, '2 minutes')",
                "session_window(ts, CASE WHEN v > 3 THEN '1 minute' ELSE '6 minutes' END)",
                "session_window(ts, CASE WHEN v = 2 THEN '0 seconds' WHEN v > 4 THEN NULL ELSE '3 minutes' END)",
                "ts");
        draws.count("key " + key);
        if (!key.equals("ts")) {
            draws.count("function " + key.substring(0, key.indexOf('(')));
        }
        return key;
    }

    private String key() {
        String key = draws.of("k", "k", "k", "v % 3", "upper(k)", "date_trunc('HOUR', ts)", "x", "struct(k, v)");
        draws.count("key " + key);
        return key;
    }

    void byKeys(StreamQuery query) {
        String from = relations.next(query);
        var keys = new ArrayList<String>();
        if (draws.chance(0.85)) {
            keys.add(
                    draws.chance(0.15)
                            ? draws.of(
                                    "window(CAST(ts AS STRING), '10 minutes')",
                                    "window(CAST(ts AS TIMESTAMP_NTZ), '10 minutes')")
                            : key());
            if (keys.get(0).startsWith("window")) {
                draws.count("key " + keys.get(0));
            }
            if (draws.chance(0.15)) {
                keys.add("v");
            }
        }
        query.shape(
                keys.isEmpty() ? "global aggregation" : "aggregation by keys",
                "update",
                "update",
                "complete",
                "complete");
        finish(query, from, keys, false);
    }

    private void finish(StreamQuery query, String from, List<String> keys, boolean timed) {
        var selected = new ArrayList<String>(keys);
        for (int i = draws.between(1, 3); i > 0; i--) {
            selected.add(aggregate() + " AS a" + i);
        }
        String group = group(keys, selected, timed);
        query.sql = "SELECT " + String.join(", ", selected) + " FROM " + from
                + (draws.drawn("WHERE", 0.2) ? " WHERE " + relations.plain() : "") + group
                + (draws.drawn("HAVING", 0.15)
                        ? " HAVING " + draws.of("count(*) > 1", "max(v) > 2", "min(v) < 5")
                        : "");
        if (query.mode.equals("complete") && draws.drawn("ORDER BY in complete mode", 0.3)) {
            order(query, selected);
        }
    }

    private void order(StreamQuery query, List<String> selected) {
        var order = new ArrayList<String>();
        for (int i = 1; i <= selected.size(); i++) {
            order.add(i + draws.of("", " DESC", " NULLS LAST", " DESC NULLS FIRST"));
        }
        query.sql += " ORDER BY " + String.join(", ", order);
        query.ordered = true;
        if (draws.drawn("LIMIT in complete mode", 0.5)) {
            query.sql += " LIMIT " + draws.between(1, 4);
        }
    }

    private String group(List<String> keys, List<String> selected, boolean timed) {
        if (keys.isEmpty()) {
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

    /** A call of an aggregate function over k, v, x, ts. */
    String aggregate() {
        Call call = draws.one(calls);
        draws.count("function " + call.name());
        // In which order a set or a session has its values is nobody's promise.
        String text = call.text().replaceFirst("^((collect_set|collect_list|array_agg)\\(.*)", "sort_array($1)");
        if (!text.startsWith("sort_array") && draws.drawn("FILTER", 0.12)) {
            text += " FILTER (WHERE " + draws.of("v > 1", "k = 'a'", "x IS NOT NULL") + ")";
        }
        return draws.chance(0.1) ? "coalesce(" + text + ", NULL)" : text;
    }
}
