package org.tailrace.testkit.random;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tailrace.data.DataType;

/** Queries without state: random expressions and conditions over a table with a column of every type. */
final class Projections {
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();
    private final Draws draws;
    private final Expressions expressions;

    static {
        COLUMNS.put("b", "boolean");
        COLUMNS.put("t", "tinyint");
        COLUMNS.put("h", "smallint");
        COLUMNS.put("i", "int");
        COLUMNS.put("j", "int");
        COLUMNS.put("l", "bigint");
        COLUMNS.put("f", "float");
        COLUMNS.put("d", "double");
        COLUMNS.put("n", "decimal(10,2)");
        COLUMNS.put("m", "decimal(38,6)");
        COLUMNS.put("s", "string");
        COLUMNS.put("u", "string");
        COLUMNS.put("y", "binary");
        COLUMNS.put("dt", "date");
        COLUMNS.put("ts", "timestamp");
        COLUMNS.put("tn", "timestamp_ntz");
        COLUMNS.put("iv", "interval day to second");
        COLUMNS.put("ym", "interval year to month");
        COLUMNS.put("ia", "array<int>");
        COLUMNS.put("sa", "array<string>");
        COLUMNS.put("mp", "map<string,int>");
        COLUMNS.put("st", "struct<a:int,b:string>");
    }

    /** @param seed decides in which order the functions come */
    Projections(Draws draws, long seed) {
        this.draws = draws;
        var byType = new LinkedHashMap<String, List<String>>();
        COLUMNS.forEach((name, type) -> byType.computeIfAbsent(
                        type.startsWith("decimal") ? "decimal" : type, t -> new ArrayList<>())
                .add(name));
        expressions = new Expressions(draws, byType, seed);
    }

    /** A query, and the same with fewer expressions and rows, smallest first, to narrow down where two systems differ. */
    record Query(ObjectNode scenario, List<ObjectNode> smaller) {}

    /** @param number the function whose turn it is is among the expressions */
    Query next(int number) {
        var selected = new ArrayList<String>();
        selected.add(expressions.turn(number, draws.between(0, 2), "c0"));
        if (number % 3 == 0) {
            selected.add(expressions.operatorTurn(number / 3, draws.between(0, 2), "c1"));
        } else {
            for (int i = draws.between(0, 2); i > 0; i--) {
                selected.add(expressions.selected(draws.between(0, 2), "c" + i));
            }
        }
        String condition = draws.drawn("WHERE", 0.2) ? expressions.of(DataType.BOOLEAN, 2) : "";
        boolean ansi = !draws.drawn("values with ANSI off", 0.25);
        boolean edges = draws.drawn("values at the edges", 0.5);
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (int r = draws.between(1, 4); r > 0; r--) {
            ArrayNode row = rows.addArray();
            COLUMNS.values().forEach(type -> row.add(Cells.cell(type, draws, edges)));
        }
        var smaller = new ArrayList<ObjectNode>();
        for (String one : selected) {
            rows.forEach(row -> smaller.add(scenario(
                    List.of(one), "", ansi, JsonNodeFactory.instance.arrayNode().add(row))));
        }
        if (!condition.isEmpty()) {
            rows.forEach(row -> smaller.add(scenario(
                    List.of(condition + " AS c"),
                    "",
                    ansi,
                    JsonNodeFactory.instance.arrayNode().add(row))));
            smaller.add(scenario(List.of("1 AS c"), condition, ansi, rows));
        }
        return new Query(scenario(selected, condition, ansi, rows), smaller);
    }

    static ObjectNode scenario(List<String> selected, String condition, boolean ansi, ArrayNode rows) {
        ObjectNode scenario = JsonNodeFactory.instance.objectNode();
        scenario.put("format", 1).put("name", "projection").put("category", "stateless-values");
        ObjectNode table = scenario.putArray("tables").addObject().put("name", "t");
        ArrayNode schema = table.putArray("schema");
        COLUMNS.forEach((name, type) -> schema.addObject().put("name", name).put("type", type));
        String from = " FROM t" + (condition.isEmpty() ? "" : " WHERE " + condition);
        scenario.put("sql", "SELECT " + String.join(", ", selected) + from);
        if (!ansi) {
            scenario.putObject("conf").put("spark.sql.ansi.enabled", "false");
        }
        scenario.put("outputMode", "append");
        scenario.putArray("batches").addObject().set("t", rows);
        return scenario;
    }
}
