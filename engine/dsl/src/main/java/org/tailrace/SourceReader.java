package org.tailrace;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.Positions;
import org.tailrace.plan.Plan;
import org.tailrace.plan.SourceSpec;

/** A source by Spark's name and options: {@code source("rate").option("rowsPerSecond", 10).load()}. Immutable. */
public final class SourceReader {
    private final Tailrace session;
    private final String kind;
    private final Map<String, String> options;
    private final Schema schema;

    SourceReader(Tailrace session, String kind) {
        this(session, kind, Map.of(), Schema.of());
    }

    private SourceReader(Tailrace session, String kind, Map<String, String> options, Schema schema) {
        this.session = session;
        this.kind = kind;
        this.options = options;
        this.schema = schema;
    }

    public SourceReader option(String name, Object value) {
        var more = new HashMap<>(options);
        more.put(name.toLowerCase(Locale.ROOT), String.valueOf(value));
        return new SourceReader(session, kind, more, schema);
    }

    /** Columns as DDL text, for sources that do not know their own. */
    public SourceReader schema(String ddl) {
        return new SourceReader(session, kind, options, DdlParser.schema("schema", ddl));
    }

    SourceReader schema(Schema columns) {
        return new SourceReader(session, kind, options, columns);
    }

    /**
     * The table of it.
     *
     * @throws org.tailrace.error.PlanException TR-401 if there is no such source, and with a code of TR-4xx if an option
     *     is missing or wrong
     */
    public SourceTable load() {
        return load(true);
    }

    /** The rows that are there now, as a bounded table, for sources that can say. */
    public SourceTable bounded() {
        return load(false);
    }

    Plan plan(boolean streaming) {
        var own = new HashMap<>(options);
        String skew = own.remove(SourceSpec.MAX_FUTURE_SKEW);
        SourceSpec spec = session.describe(kind, own, schema, streaming);
        return new Plan.Source(skew == null ? spec : spec.with(SourceSpec.MAX_FUTURE_SKEW, skew));
    }

    private SourceTable load(boolean streaming) {
        Plan plan = plan(streaming);
        return new SourceTable(session, plan, session.resolve(plan, new Positions()), this, streaming);
    }
}
