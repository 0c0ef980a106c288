package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.tailrace.data.DataType;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Names;
import org.tailrace.expr.Typed;

/** Types {@code f(..) OVER (..)}: ranking and neighbouring rows by name, and every aggregate. */
final class AnalyticCalls {
    private final Resolution resolution;
    private final Columns columns;

    AnalyticCalls(Resolution resolution, Columns columns) {
        this.resolution = resolution;
        this.columns = columns;
    }

    /** The node that adds the call's value to the columns' input, as its last column. */
    ResolvedPlan.Window window(Expr.Over over) {
        List<Typed> partition = over.partition().stream().map(columns::type).toList();
        List<ResolvedPlan.SortKey> order = over.order().stream()
                .map(o -> new ResolvedPlan.SortKey(columns.type(o.expr()), o.ascending(), o.nullsFirst()))
                .toList();
        Expr.Call call = over.call();
        String name = call.function().toLowerCase(Locale.ROOT);
        ResolvedPlan.Window.AnalyticCall analytic;
        DataType type;
        boolean nullable;
        if (resolution.typer().isAggregate(call)) {
            AggregateCall aggregate = resolution
                    .typer()
                    .typeAggregate((Expr.Call) resolution.prepare(call), columns.input(), columns::replace);
            analytic = new ResolvedPlan.Window.AnalyticCall(name, aggregate.arguments(), Optional.of(aggregate));
            type = aggregate.type();
            nullable = aggregate.nullable();
        } else {
            List<Typed> arguments = call.arguments().stream().map(columns::type).toList();
            analytic = new ResolvedPlan.Window.AnalyticCall(name, arguments, Optional.empty());
            type = type(name, arguments, call);
            nullable = neighbour(name)
                    && (arguments.size() < 3
                            || arguments.get(0).nullable()
                            || arguments.get(2).nullable());
            if (order.isEmpty()) {
                throw resolution
                        .problems()
                        .error("TR-119", name + "(..) needs an order", over, "OVER (PARTITION BY .. ORDER BY ..)");
            }
        }
        Relation input = columns.input();
        var output = new ArrayList<>(input.plan().output());
        output.add(new Attribute(Names.of(over), type, nullable, List.of(), OptionalLong.empty()));
        return new ResolvedPlan.Window(input.plan(), partition, order, List.of(analytic), output);
    }

    private static boolean neighbour(String name) {
        return name.equals("lag") || name.equals("lead");
    }

    private DataType type(String name, List<Typed> arguments, Expr.Call call) {
        switch (name) {
            case "row_number", "rank", "dense_rank" -> {
                if (arguments.isEmpty()) {
                    return DataType.INT;
                }
            }
            case "lag", "lead" -> {
                if (!arguments.isEmpty() && arguments.size() <= 3) {
                    return arguments.get(0).type();
                }
            }
            default ->
                throw resolution
                        .problems()
                        .error(
                                "TR-119",
                                "'" + name + "' is no analytic function",
                                call,
                                "row_number, rank, dense_rank, lag, lead and every aggregate are");
        }
        throw resolution
                .problems()
                .error("TR-104", "'" + name + "' does not take " + arguments.size() + " arguments", call, "");
    }
}
