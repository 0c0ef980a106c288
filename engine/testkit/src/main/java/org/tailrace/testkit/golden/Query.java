package org.tailrace.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.Plan;
import org.tailrace.plan.PlanRules;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.sql.SqlParser;

/** The query of a scenario, as it stands after the restarts so far, and the tables that it reads, which outlive it. */
final class Query {
    private static final String ANSI = "spark.sql.ansi.enabled";
    private static final String POLICY = "spark.sql.streaming.multipleWatermarkPolicy";
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";

    private final Map<String, MemoryTable> tables = new LinkedHashMap<>();
    private final Map<String, JsonNode> declared = new LinkedHashMap<>();
    private final Map<String, String> delays = new LinkedHashMap<>();
    private final Map<String, String> conf = new LinkedHashMap<>();
    private final ZoneId zone;
    private final boolean noDataBatches;
    private String sql;
    private JsonNode ops;
    private String mode;

    Query(Scenario scenario, boolean noDataBatches) {
        this.noDataBatches = noDataBatches;
        JsonNode json = scenario.json();
        zone = ZoneId.of(json.path("timeZone").asText("UTC"));
        sql = json.path("sql").asText();
        ops = json.path("ops");
        mode = json.path("outputMode").asText();
        configure(json.path("conf"));
        for (JsonNode table : json.path("tables")) {
            String name = table.path("name").asText();
            declared.put(name, table);
            if (table.has("watermarkDelay")) {
                delays.put(name, table.path("watermarkDelay").asText());
            }
            var fields = new ArrayList<Field>();
            table.path("schema")
                    .forEach(column -> fields.add(new Field(
                            column.path("name").asText(),
                            DdlParser.type(column.path("type").asText()))));
            tables.put(name, MemoryTable.keeping(name, new Schema(fields)));
            if (table.path("static").asBoolean(false)) {
                add(name, table.path("rows"));
            }
        }
    }

    private void configure(JsonNode settings) {
        settings.fields().forEachRemaining(e -> {
            if (!List.of(ANSI, POLICY, PARTITIONS).contains(e.getKey())) {
                throw new IllegalArgumentException("unknown setting '" + e.getKey() + "'");
            }
            conf.put(e.getKey(), e.getValue().asText());
        });
    }

    void restart(JsonNode changes) {
        sql = changes.path("sql").asText(sql);
        ops = changes.has("ops") ? changes.path("ops") : ops;
        mode = changes.path("outputMode").asText(mode);
        configure(changes.path("conf"));
        changes.path("watermark")
                .fields()
                .forEachRemaining(e -> delays.put(e.getKey(), e.getValue().asText()));
    }

    /** Adds a block of rows to a table. */
    void add(String table, JsonNode rows) {
        MemoryTable target = tables.get(table);
        if (target == null) {
            throw new IllegalArgumentException("unknown table '" + table + "'");
        }
        Schema schema = target.schema();
        var block = new ArrayList<Row>();
        for (JsonNode row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < schema.size(); i++) {
                values.add(Cells.value(schema.type(i), row.path(i)));
            }
            block.add(new Row(schema, values));
        }
        target.add(block);
    }

    String mode() {
        return mode;
    }

    Settings settings() {
        return new Settings(zone, !"false".equals(conf.get(ANSI)), "max".equals(conf.get(POLICY)), noDataBatches);
    }

    /** @throws org.tailrace.error.PlanException as the verbs and the parser do */
    ResolvedPlan resolve() {
        var positions = new Positions();
        var plans = new LinkedHashMap<String, Plan>();
        declared.forEach((name, table) -> plans.put(name, source(name, table)));
        Plan plan = parse(sql, positions);
        for (JsonNode op : ops) {
            resolve(plan, positions, plans);
            plan = operation(op, plan, positions, plans);
        }
        return resolve(plan, positions, plans);
    }

    private Plan source(String name, JsonNode table) {
        boolean streaming = !table.path("static").asBoolean(false);
        Plan source = new Plan.Source(tables.get(name).spec(streaming));
        return table.has("eventTimeColumn")
                ? new Plan.Watermark(
                        source,
                        new Expr.Ref(table.path("eventTimeColumn").asText()),
                        Optional.empty(),
                        delays.getOrDefault(name, "0 seconds"))
                : source;
    }

    private Plan parse(String text, Positions positions) {
        return parse(text, positions, "$prev");
    }

    /** @param previous the table that {@code $prev} in the text stands for */
    private Plan parse(String text, Positions positions, String previous) {
        var parsed = new SqlParser(zone).query(text.replace("$prev", "`" + previous + "`"));
        positions.putAll(parsed.positions());
        return parsed.tree();
    }

    private ResolvedPlan resolve(Plan plan, Positions positions, Map<String, Plan> plans) {
        return new Resolver(
                        Functions.table(),
                        settings(),
                        name -> plans.entrySet().stream()
                                .filter(e -> e.getKey().equalsIgnoreCase(name))
                                .map(Map.Entry::getValue)
                                .findFirst())
                .resolve(plan, positions);
    }

    private Plan operation(JsonNode op, Plan plan, Positions positions, Map<String, Plan> plans) {
        String name = op.path("op").asText();
        switch (name) {
            case "dropDuplicates", "dropDuplicatesWithinWatermark":
                var columns = new ArrayList<String>();
                op.path("columns").forEach(column -> columns.add(column.asText()));
                return new Plan.Deduplicate(plan, columns, name.endsWith("WithinWatermark"));
            case "withWatermark":
                return new Plan.Watermark(
                        plan,
                        new Expr.Ref(op.path("column").asText()),
                        Optional.empty(),
                        op.path("delay").asText());
            case "sql":
                // A name for each step: the plan of an earlier one still reads its own.
                String previous = "$prev" + plans.size();
                plans.put(previous, plan);
                return parse(op.path("sql").asText(), positions, previous);
            case "sample":
                plans.put("$prev", plan);
                return parse("SELECT * FROM $prev TABLESAMPLE (50 PERCENT)", positions);
            case "count", "show", "batchWrite":
                PlanRules.requireBounded(resolve(plan, positions, plans), name, null);
                return plan;
            case "program":
                return Programs.apply(plan, op.path("name").asText());
            default:
                throw new IllegalArgumentException("unknown op '" + name + "'");
        }
    }
}
