package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tailrace.data.DataType;
import org.tailrace.error.PlanException;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Names;
import org.tailrace.expr.Typed;
import org.tailrace.plan.ResolvedPlan.Window.AnalyticCall;

/** Types {@code f(..) OVER (..)}: functions of ranks and of other rows by name, and every aggregate. */
final class AnalyticCalls {
    private static final Set<String> OTHER_ROWS = Set.of("lag", "lead", "nth_value");
    private static final Set<String> MAY_IGNORE = Set.of("first", "first_value", "last", "last_value", "any_value");

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
        boolean aggregates = resolution.typer().isAggregate(call);
        Optional<ResolvedPlan.Window.Frame> frame =
                over.frame().map(f -> new AnalyticFrames(resolution, columns).frame(f, order, over));
        AnalyticCall analytic = aggregates ? aggregate(over) : ranked(over);
        DataType type;
        boolean nullable;
        if (aggregates) {
            AggregateCall aggregate = analytic.aggregate().orElseThrow();
            type = aggregate.type();
            nullable = aggregate.nullable();
        } else {
            type = type(analytic, call);
            List<Typed> arguments = analytic.arguments();
            nullable = OTHER_ROWS.contains(analytic.name())
                    && (analytic.name().equals("nth_value")
                            || arguments.size() < 3
                            || arguments.get(0).nullable()
                            || arguments.get(2).nullable());
            if (order.isEmpty()) {
                throw error(analytic.name() + "(..) needs an order", over, "OVER (PARTITION BY .. ORDER BY ..)");
            }
        }
        Relation input = columns.input();
        var output = new ArrayList<>(input.plan().output());
        output.add(new Attribute(Names.of(over), type, nullable, List.of(), OptionalLong.empty()));
        return new ResolvedPlan.Window(input.plan(), partition, order, frame, List.of(analytic), output);
    }

    private AnalyticCall aggregate(Expr.Over over) {
        Expr.Call call = over.call();
        String name = call.function().toLowerCase(Locale.ROOT);
        if (over.ignoresNulls()) {
            if (!MAY_IGNORE.contains(name) || call.arguments().size() != 1) {
                throw ignoresNone(over);
            }
            var arguments = new ArrayList<>(call.arguments());
            arguments.add(new Expr.Literal(true, DataType.BOOLEAN));
            call = resolution
                    .problems()
                    .moved(call, new Expr.Call(call.function(), arguments, call.distinct(), call.filter()));
        }
        if (call.distinct()) {
            throw error(
                    name + "(DISTINCT ..) cannot be analytic",
                    over,
                    "drop the duplicates in a subquery, or use approx_count_distinct(..)");
        }
        if (!call.within().isEmpty() && (!over.order().isEmpty() || over.frame().isPresent())) {
            throw error(
                    name + "(..) WITHIN GROUP has its own order",
                    over,
                    "leave out ORDER BY, ROWS and RANGE after OVER");
        }
        AggregateCall aggregate = resolution
                .typer()
                .typeAggregate((Expr.Call) resolution.prepare(call), columns.input(), columns::replace);
        return new AnalyticCall(name, aggregate.arguments(), Optional.of(aggregate), over.ignoresNulls());
    }

    private AnalyticCall ranked(Expr.Over over) {
        Expr.Call call = over.call();
        String name = call.function().toLowerCase(Locale.ROOT);
        var arguments =
                new ArrayList<>(call.arguments().stream().map(columns::type).toList());
        if (over.ignoresNulls() && !OTHER_ROWS.contains(name)) {
            throw ignoresNone(over);
        }
        boolean neighbour = name.equals("lag") || name.equals("lead");
        if (over.frame().isPresent()
                && !name.equals("nth_value")
                && !(usual(over.frame().get()) && !neighbour)) {
            throw error(name + "(..) has a frame of its own", over, "leave out ROWS and RANGE");
        }
        if (neighbour && arguments.size() == 3) {
            DataType wanted = arguments.get(0).type();
            boolean fits = Coercion.common(
                            wanted,
                            arguments.get(2).type(),
                            resolution.typer().context().ansi())
                    .filter(wanted::equals)
                    .isPresent();
            if (!fits) {
                throw resolution
                        .problems()
                        .error(
                                "TR-102",
                                "the value of " + name + "(..) outside the partition must be " + wanted + ", not "
                                        + arguments.get(2).type(),
                                call.arguments().get(2),
                                "cast it");
            }
            arguments.set(2, resolution.typer().coerce(arguments.get(2), wanted));
        }
        boolean counts =
                name.equals("ntile") && arguments.size() == 1 || name.equals("nth_value") && arguments.size() == 2;
        Typed last = counts ? arguments.get(arguments.size() - 1) : null;
        if (last != null
                && !(last instanceof Typed.Constant constant
                        && constant.value() instanceof Integer number
                        && number > 0)) {
            throw resolution
                    .problems()
                    .error(
                            "TR-102",
                            name + "(..) needs a constant from 1",
                            call.arguments().get(arguments.size() - 1),
                            "");
        }
        return new AnalyticCall(name, arguments, Optional.empty(), over.ignoresNulls());
    }

    /** The frame that functions of ranks have anyway. */
    private static boolean usual(Expr.Frame frame) {
        return frame.rows()
                && frame.start().equals(Expr.Frame.Bound.FIRST)
                && frame.end().equals(Expr.Frame.Bound.CURRENT);
    }

    private PlanException ignoresNone(Expr.Over over) {
        return error(
                over.call().function() + "(..) looks at no other row's value, so that IGNORE NULLS means nothing",
                over,
                "leave it out; lag, lead, first, last, any_value and nth_value can ignore NULLs");
    }

    private PlanException error(String what, Expr node, String fix) {
        return resolution.problems().error("TR-119", what, node, fix);
    }

    private DataType type(AnalyticCall analytic, Expr.Call call) {
        int arguments = analytic.arguments().size();
        boolean fits;
        DataType type;
        switch (analytic.name()) {
            case "row_number", "rank", "dense_rank" -> {
                fits = arguments == 0;
                type = DataType.INT;
            }
            case "ntile" -> {
                fits = arguments <= 1;
                type = DataType.INT;
            }
            case "percent_rank", "cume_dist" -> {
                fits = arguments == 0;
                type = DataType.DOUBLE;
            }
            case "lag", "lead" -> {
                fits = arguments >= 1 && arguments <= 3;
                type = fits ? analytic.arguments().get(0).type() : DataType.VOID;
            }
            case "nth_value" -> {
                fits = arguments == 2;
                type = fits ? analytic.arguments().get(0).type() : DataType.VOID;
            }
            default ->
                throw error(
                        "'" + analytic.name() + "' is no analytic function",
                        call,
                        "row_number, rank, dense_rank, percent_rank, cume_dist, ntile, lag, lead, nth_value and every"
                                + " aggregate are");
        }
        if (!fits) {
            throw resolution
                    .problems()
                    .error("TR-104", "'" + analytic.name() + "' does not take " + arguments + " arguments", call, "");
        }
        return type;
    }
}
