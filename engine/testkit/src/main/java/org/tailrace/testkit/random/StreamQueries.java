package org.tailrace.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random streaming queries of every shape: most are accepted, some are to be refused. */
final class StreamQueries {
    private final Draws draws;
    private final Expressions expressions;
    private final Relations relations;
    private final Aggregations aggregations;
    private final Joins joins;
    private final Chains chains;
    private final Refusals refusals;

    StreamQueries(Draws draws) {
        this.draws = draws;
        expressions = new Expressions(
                draws,
                Map.of(
                        "string", List.of("k"),
                        "bigint", List.of("v"),
                        "double", List.of("x"),
                        "timestamp", List.of("ts")),
                0);
        relations = new Relations(draws);
        aggregations = new Aggregations(draws, relations);
        joins = new Joins(draws);
        chains = new Chains(draws);
        refusals = new Refusals(draws);
    }

    StreamQuery next() {
        var query = new StreamQuery(draws);
        switch (draws.below(28)) {
            case 0, 1, 2:
                stateless(query);
                break;
            case 3, 4, 5, 6, 7:
                aggregations.byTime(query);
                break;
            case 8, 9, 10:
                aggregations.byKeys(query);
                break;
            case 11, 12, 13:
                deduplicate(query);
                break;
            case 14:
                distinct(query);
                break;
            case 15, 16:
                joins.withTable(query);
                break;
            case 17, 18, 19, 20, 21:
                joins.ofStreams(query);
                break;
            case 22, 23:
                chains.next(query);
                break;
            case 24, 25:
                program(query);
                break;
            default:
                refusals.next(query);
        }
        return query;
    }

    private void stateless(StreamQuery query) {
        query.shape("stateless", "append", "append", "update");
        var selected = new ArrayList<String>(List.of("k", "ts"));
        for (int i = draws.between(1, 2); i > 0; i--) {
            selected.add(expressions.selected(1, "c" + i));
        }
        if (draws.drawn("generator in SELECT", 0.12)) {
            selected.set(selected.size() - 1, "explode(sequence(0, greatest(v, 0))) AS g");
        }
        if (draws.drawn("window in SELECT without GROUP BY", 0.03)) {
            selected.set(selected.size() - 1, "window(ts, '10 minutes') AS w");
        }
        boolean with = draws.drawn("WITH", 0.15);
        query.sql = (with ? "WITH c AS (SELECT * FROM e) " : "") + "SELECT " + String.join(", ", selected) + " FROM "
                + (with ? "c" : relations.next(query))
                + (draws.drawn("WHERE", 0.4) ? " WHERE " + relations.plain() : "");
        if (draws.drawn("LIMIT of a stream", 0.2)) {
            query.sql += " LIMIT " + draws.between(0, 6);
        } else if (draws.drawn("ORDER BY of a stream", 0.02)) {
            query.sql += " ORDER BY ts";
        }
    }

    private void deduplicate(StreamQuery query) {
        query.sql = "SELECT k, v, x, ts FROM " + relations.next(query);
        boolean within = draws.chance(0.3);
        List<String> columns =
                draws.of(List.of("k"), List.of("k", "ts"), List.of("ts"), List.of("k", "v"), List.of("x"), List.of());
        query.dropDuplicates(within, columns);
        boolean timed = columns.isEmpty() || columns.contains("ts");
        String name = within
                ? "dropDuplicatesWithinWatermark"
                : "dropDuplicates " + (timed ? "with event time" : "without event time");
        query.shape(name, "append", "append", "update");
        if (draws.chance(0.3)) {
            chains.onTop(query, within ? name : "dropDuplicates");
        }
    }

    private void distinct(StreamQuery query) {
        String columns = draws.of("k, ts", "k", "ts", "k, v, ts");
        if (draws.drawn("UNION of distinct rows", 0.3)) {
            query.read("f");
            query.sql = "SELECT k, ts FROM e UNION SELECT k, u FROM f";
            query.shape("UNION", "append", "update", "complete");
            return;
        }
        query.sql = "SELECT DISTINCT " + columns + " FROM " + relations.next(query);
        query.shape("DISTINCT", "append", "update", "complete");
    }

    private void program(StreamQuery query) {
        query.sql = "SELECT k, v, ts FROM e WHERE k IS NOT NULL AND v IS NOT NULL AND ts IS NOT NULL";
        query.nulls = false;
        String name = draws.of(
                "mapGroupsWithState.runningSum",
                "flatMapGroupsWithState.eventTimeTimeout",
                "flatMapGroupsWithState.update",
                "transformWithState.timers",
                "transformWithState.collections");
        query.op("program").put("name", name);
        query.shape(
                name,
                name.endsWith("Timeout")
                        ? new String[] {"append"}
                        : name.startsWith("transform") ? new String[] {"append", "update"} : new String[] {"update"});
    }
}
