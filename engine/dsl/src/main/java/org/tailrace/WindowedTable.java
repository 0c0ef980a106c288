package org.tailrace;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.Expr;
import org.tailrace.plan.Plan;

/**
 * Rows grouped by keys and a window of event time, waiting for aggregates. The result is flat: {@code window_start},
 * {@code window_end}, the keys, the aggregates.
 */
public final class WindowedTable {
    private final StreamTable table;
    private final Fragment<List<Expr>> keys;
    private final Expr window;
    private final String name;

    private WindowedTable(StreamTable table, Fragment<List<Expr>> keys, Expr window, String name) {
        this.table = table;
        this.keys = keys;
        this.window = window;
        this.name = name;
    }

    static WindowedTable of(
            StreamTable table,
            Fragment<List<Expr>> keys,
            String verb,
            String function,
            String time,
            String... lengths) {
        Fragment<Expr> column = table.parseExpression(verb, time);
        var arguments = new ArrayList<Expr>();
        arguments.add(column.tree());
        Fragment<List<Expr>> all = keys.and(column);
        for (String length : lengths) {
            var literal = new Expr.Literal(length, DataType.STRING);
            all.positions().put(literal, new org.tailrace.error.Place(verb, length, 0, length.length()));
            arguments.add(literal);
        }
        var call = new Expr.Call(function, arguments);
        column.positions().of(column.tree()).ifPresent(place -> all.positions().put(call, place));
        var windowed = new WindowedTable(table, all, call, function);
        // Resolved now, so that a wrong column or length fails in this verb.
        windowed.agg("count(*) as count");
        return windowed;
    }

    /** Aggregates such as {@code "count(*) as n"}. */
    public StreamTable agg(String... aggregates) {
        return aggregate(table.parse("agg", aggregates));
    }

    public StreamTable agg(Col... aggregates) {
        return aggregate(Fragment.of(aggregates));
    }

    /** The number of rows per window and group, as {@code count}. */
    public StreamTable count() {
        return agg("count(*) as count");
    }

    private StreamTable aggregate(Fragment<List<Expr>> aggregates) {
        var groups = new ArrayList<Expr>();
        groups.add(window);
        groups.addAll(keys.tree());
        var outputs = new ArrayList<Expr>();
        outputs.add(new Expr.Ref(name));
        outputs.addAll(keys.tree());
        outputs.addAll(aggregates.tree());
        StreamTable nested = table.aggregate(keys.and(aggregates), groups, outputs);
        var flat = new ArrayList<Expr>();
        flat.add(new Expr.Alias(new Expr.Ref(List.of(name, "start")), "window_start"));
        // stays event time, so that it can be put into windows again
        flat.add(new Expr.Alias(new Expr.Call("window_end", new Expr.Ref(name)), "window_end"));
        for (int i = 1; i < nested.schema().size(); i++) {
            flat.add(new Expr.Ref(nested.schema().name(i)));
        }
        return nested.derive(new Plan.Project(nested.plan(), flat), keys.positions());
    }
}
