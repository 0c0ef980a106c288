package org.tailrace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tailrace.expr.Expr;

/** Rows grouped by keys, waiting for a window or for aggregates. */
public final class GroupedTable {
    private final StreamTable table;
    private final Fragment<List<Expr>> keys;

    GroupedTable(StreamTable table, Fragment<List<Expr>> keys) {
        this.table = table;
        this.keys = keys;
    }

    /**
     * Cuts event time into windows that do not overlap: window k is [k·size, (k+1)·size) since the epoch, UTC.
     *
     * @param time a timestamp column
     * @param size a positive length such as {@code "1 minute"}
     * @throws org.tailrace.error.PlanException TR-101 if there is no such column, TR-102 if it is no timestamp, and with
     *     a code of its own if the length is none, is not positive or counts months
     *     <p>On Spark: {@code groupBy(window(col(time), size), keys…)}.
     */
    public WindowedTable tumbling(String time, String size) {
        return window("tumbling", "window", time, size);
    }

    public WindowedTable tumbling(String time, Duration size) {
        return tumbling(time, Durations.text(size));
    }

    /** Windows of {@code size} that start every {@code slide}: a row is in size / slide of them. */
    public WindowedTable sliding(String time, String size, String slide) {
        return window("sliding", "window", time, size, slide);
    }

    public WindowedTable sliding(String time, Duration size, Duration slide) {
        return sliding(time, Durations.text(size), Durations.text(slide));
    }

    /** One window per burst of a key's rows: it ends when none comes for {@code gap}. */
    public WindowedTable session(String time, String gap) {
        return window("session", "session_window", time, gap);
    }

    public WindowedTable session(String time, Duration gap) {
        return session(time, Durations.text(gap));
    }

    private WindowedTable window(String verb, String function, String time, String... lengths) {
        return WindowedTable.of(table, keys, verb, function, time, lengths);
    }

    /** Aggregates such as {@code "count(*) as n"}; the result has the keys, then these. */
    public StreamTable agg(String... aggregates) {
        return aggregate(table.parse("agg", aggregates));
    }

    public StreamTable agg(Col... aggregates) {
        return aggregate(Fragment.of(aggregates));
    }

    /** The number of rows per group, as {@code count}. */
    public StreamTable count() {
        return agg("count(*) as count");
    }

    private StreamTable aggregate(Fragment<List<Expr>> aggregates) {
        var outputs = new ArrayList<>(keys.tree());
        outputs.addAll(aggregates.tree());
        return table.aggregate(keys.and(aggregates), keys.tree(), outputs);
    }
}
