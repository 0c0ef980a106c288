package org.tailrace.plan;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.sql.SqlParser;

/** Tables and SQL for tests of plans. */
final class Queries implements TableNames {
    private final Map<String, Plan> tables = new HashMap<>();

    Queries stream(String name, String schema) {
        return table(name, schema, true);
    }

    /** A stream with a watermark of no delay. */
    Queries stream(String name, String schema, String time) {
        stream(name, schema);
        return put(name, new Plan.Watermark(tables.get(name), new Expr.Ref(time), Optional.empty(), "0 seconds"));
    }

    Queries bounded(String name, String schema) {
        return table(name, schema, false);
    }

    Queries put(String name, Plan plan) {
        tables.put(name, plan);
        return this;
    }

    private Queries table(String name, String schema, boolean streaming) {
        var spec = new SourceSpec("memory", "memory(" + name + ")", DdlParser.schema(schema), streaming, Map.of());
        return put(name, new Plan.Source(spec));
    }

    Plan get(String name) {
        return tables.get(name);
    }

    @Override
    public Optional<Plan> find(String name) {
        return Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public List<String> known() {
        return tables.keySet().stream().sorted().toList();
    }

    ResolvedPlan resolve(String sql) {
        var parsed = new SqlParser(ZoneOffset.UTC).query(sql);
        return new Resolver(Functions.table(), Settings.DEFAULT, this).resolve(parsed.tree(), parsed.positions());
    }

    ResolvedPlan resolve(Plan plan) {
        return new Resolver(Functions.table(), Settings.DEFAULT, this).resolve(plan, new Positions());
    }
}
