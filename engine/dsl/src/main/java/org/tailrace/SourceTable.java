package org.tailrace;

import java.time.Duration;
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

    /**
     * Keeps rows whose event time is further ahead of the batch time aside, so that one outlier cannot make all others
     * late.
     */
    public SourceTable maxFutureSkew(String length) {
        return option("maxFutureSkew", length);
    }

    public SourceTable maxFutureSkew(Duration length) {
        return maxFutureSkew(Durations.text(length));
    }

    /** The same source as a bounded table: what is there now. */
    public SourceTable bounded() {
        return reader.bounded();
    }
}
