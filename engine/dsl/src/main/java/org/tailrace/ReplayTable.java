package org.tailrace;

import java.time.Duration;
import org.tailrace.plan.Plan;
import org.tailrace.plan.ResolvedPlan;

/**
 * A bounded file replayed under a virtual clock: the same batches on every machine. Rows arrive at the time in their
 * arrival column; a batch is all that arrives in one interval. The pace is wall time only and never changes a result.
 */
public final class ReplayTable extends StreamTable {
    private final SourceReader reader;

    private ReplayTable(Tailrace session, Plan plan, ResolvedPlan resolved, SourceReader reader) {
        super(session, plan, resolved);
        this.reader = reader;
    }

    static ReplayTable of(Tailrace session, SourceReader reader) {
        SourceReader paced = session.unpaced() ? reader.option("speed", "max") : reader;
        SourceTable table = paced.load();
        return new ReplayTable(session, table.plan(), table.resolved(), reader);
    }

    private ReplayTable with(String option, Object value) {
        return of(session(), reader.option(option, value));
    }

    /**
     * The timestamp column that says when a row arrived.
     *
     * @throws org.tailrace.error.PlanException TR-101 if there is no such column, TR-102 if it is no timestamp
     */
    public ReplayTable arrivingAt(String column) {
        return with("arrivalColumn", column);
    }

    /** The batch interval in the replay's own time, such as {@code "10 minutes"}. */
    public ReplayTable every(String interval) {
        return with("every", interval);
    }

    public ReplayTable every(Duration interval) {
        return every(Durations.text(interval));
    }

    /** {@code "10x"}: ten times as fast as it was; {@code "max"}: as fast as possible. */
    public ReplayTable speed(String pace) {
        return with("speed", pace);
    }

    public ReplayTable option(String name, Object value) {
        return with(name, value);
    }

    /** A bad record fails the query instead of being counted and kept aside. */
    public ReplayTable failFast() {
        return with("mode", "FAILFAST");
    }

    /** All rows of the file as a bounded table, in order of arrival. */
    public StreamTable bounded() {
        return reader.bounded();
    }
}
