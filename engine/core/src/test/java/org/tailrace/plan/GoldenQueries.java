package org.tailrace.plan;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.Expr;
import org.tailrace.expr.FunctionTable;
import org.tailrace.expr.Positions;
import org.tailrace.sql.SqlParser;

/** Builds the plan of a recorded scenario: its tables, its SQL, its operations. */
final class GoldenQueries {
    private final FunctionTable functions;
    private final Positions positions = new Positions();
    private final Map<String, Plan> tables = new HashMap<>();
    private final SqlParser parser = new SqlParser(ZoneOffset.UTC);

    GoldenQueries(FunctionTable functions) {
        this.functions = functions;
    }

    /** Whether a plan with these operations can have an output. */
    static boolean buildable(Golden golden) {
        return golden.objects("ops").stream()
                .noneMatch(op -> List.of("sample", "count").contains(String.valueOf(op.get("op"))));
    }

    /** What a program declares; its function is not called here. */
    private static StatefulSpec program(String name) {
        boolean map = name.startsWith("map");
        return new StatefulSpec(
                name,
                List.of(new Expr.Ref("k")),
                Optional.empty(),
                DdlParser.schema("k string"),
                DdlParser.schema("n bigint"),
                DdlParser.schema("k string, n bigint, info string"),
                name.contains("eventTime") ? StatefulSpec.Timeout.EVENT_TIME : StatefulSpec.Timeout.NONE,
                map ? Optional.empty() : Optional.of(name.contains("update") ? OutputMode.UPDATE : OutputMode.APPEND),
                map,
                (key, rows, state, out) -> {});
    }

    ResolvedPlan resolve(Golden golden) {
        for (Map<String, Object> table : golden.objects("tables")) {
            tables.put(String.valueOf(table.get("name")), table(table));
        }
        Plan plan = sql(golden.text("sql"));
        for (Map<String, Object> op : golden.objects("ops")) {
            resolver(golden).resolve(plan, positions);
            plan = operation(op, plan);
        }
        return resolver(golden).resolve(plan, positions);
    }

    private Resolver resolver(Golden golden) {
        boolean ansi = !"false".equals(golden.object("conf").get("spark.sql.ansi.enabled"));
        var settings = new Settings(ZoneOffset.UTC, ansi, false, true);
        return new Resolver(
                functions,
                settings,
                name -> tables.entrySet().stream()
                        .filter(e -> e.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    private Plan sql(String text) {
        var parsed = parser.query(text.replace("$prev", "`$prev`"));
        positions.putAll(parsed.positions());
        return parsed.tree();
    }

    @SuppressWarnings("unchecked")
    private static Plan table(Map<String, Object> table) {
        var fields = new ArrayList<Field>();
        for (Map<String, Object> column : (List<Map<String, Object>>) table.get("schema")) {
            fields.add(new Field(
                    String.valueOf(column.get("name")),
                    DdlParser.type(String.valueOf(column.get("type"))),
                    !Boolean.FALSE.equals(column.get("nullable"))));
        }
        String name = String.valueOf(table.get("name"));
        boolean streaming = !Boolean.TRUE.equals(table.get("static"));
        Plan source = new Plan.Source(new SourceSpec("memory", name, new Schema(fields), streaming, Map.of()));
        if (!table.containsKey("eventTimeColumn")) {
            return source;
        }
        return new Plan.Watermark(
                source,
                new Expr.Ref(String.valueOf(table.get("eventTimeColumn"))),
                Optional.empty(),
                String.valueOf(table.get("watermarkDelay")));
    }

    @SuppressWarnings("unchecked")
    private Plan operation(Map<String, Object> op, Plan plan) {
        switch (String.valueOf(op.get("op"))) {
            case "dropDuplicates", "dropDuplicatesWithinWatermark" -> {
                var columns = (List<String>) op.getOrDefault("columns", List.of());
                return new Plan.Deduplicate(
                        plan, columns, String.valueOf(op.get("op")).endsWith("Watermark"));
            }
            case "withWatermark" -> {
                return new Plan.Watermark(
                        plan,
                        new Expr.Ref(String.valueOf(op.get("column"))),
                        Optional.empty(),
                        String.valueOf(op.get("delay")));
            }
            case "sample" -> {
                tables.put("$prev", plan);
                return sql("SELECT * FROM $prev TABLESAMPLE (10 PERCENT)");
            }
            case "program" -> {
                return new Plan.Stateful(plan, program(String.valueOf(op.get("name"))));
            }
            case "count" -> {
                return plan;
            }
            case "sql" -> {
                tables.put("$prev", plan);
                return sql(String.valueOf(op.get("sql")));
            }
            default -> throw new IllegalStateException(op.toString().toLowerCase(Locale.ROOT));
        }
    }
}
