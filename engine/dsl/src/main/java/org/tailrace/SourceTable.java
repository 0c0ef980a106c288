package org.tailrace;

import org.tailrace.plan.Plan;
import org.tailrace.plan.ResolvedPlan;

/** The table of a source, whose options can still be changed. */
public final class SourceTable extends StreamTable {
    private final SourceReader reader;
    private final boolean streaming;

    SourceTable(Tailrace session, Plan plan, ResolvedPlan resolved, SourceReader reader, boolean streaming) {
        super(session, plan, resolved);
        this.reader = reader;
        this.streaming = streaming;
    }

    /** An option under Spark's name. */
    public SourceTable option(String name, Object value) {
        SourceReader changed = reader.option(name, value);
        return streaming ? changed.load() : changed.bounded();
    }

    /** A bad record fails the query instead of being counted and kept aside. */
    public SourceTable failFast() {
        return option("mode", "FAILFAST");
    }

    /** The same source as a bounded table: what is there now. */
    public SourceTable bounded() {
        return reader.bounded();
    }
}
