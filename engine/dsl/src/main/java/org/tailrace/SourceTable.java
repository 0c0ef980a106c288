package org.tailrace;

import org.tailrace.data.text.IntervalText;
import org.tailrace.plan.Plan;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.SourceSpec;

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

    /**
     * Rows whose event time is further ahead of the batch's time than this, such as {@code "1 hour"}, are kept aside among
     * the bad rows and do not move the watermark. Takes effect with {@code withWatermark}; the batch's time is in the log,
     * so that a batch that is run again keeps the same rows aside.
     *
     * @throws org.tailrace.error.PlanException TR-107 if it is no length of time
     */
    public SourceTable maxFutureSkew(String length) {
        IntervalText.parse(length);
        return option(SourceSpec.MAX_FUTURE_SKEW, length);
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
