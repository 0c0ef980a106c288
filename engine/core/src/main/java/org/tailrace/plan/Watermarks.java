package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.DataType;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.IntervalText;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;

/** {@code withWatermark(column, delay)} and {@code WATERMARK expr AS name DELAY OF interval}. */
final class Watermarks {
    private static final int DAYS_PER_MONTH = 31;

    private final Resolution resolution;
    private final Env env;

    Watermarks(Resolution resolution, Env env) {
        this.resolution = resolution;
        this.env = env;
    }

    Relation watermark(Plan.Watermark node) {
        Relation child = resolution.relation(node.child(), env);
        Relation input =
                node.name().isPresent() || !(node.column() instanceof Expr.Ref) ? computed(node, child) : child;
        int column = input == child ? column(node, child) : input.columns().size() - 1;
        Attribute time = input.columns().get(column);
        if (time.type() != DataType.TIMESTAMP) {
            throw resolution
                    .problems()
                    .error(
                            "TR-131",
                            "the event time '" + time.name() + "' must be a timestamp, not " + time.type(),
                            node.column(),
                            time.type() == DataType.TIMESTAMP_NTZ
                                    ? "cast it: .withColumn(\"" + time.name() + "\", \"cast(" + time.name()
                                            + " as timestamp)\")"
                                    : "make one with to_timestamp(..)");
        }
        long delayMs = delayMs(node);
        var columns = new ArrayList<>(input.columns());
        columns.set(
                column,
                new Attribute(time.name(), time.type(), time.nullable(), time.qualifier(), OptionalLong.of(delayMs)));
        return new Relation(new ResolvedPlan.Watermark(input.finished(), column, delayMs, columns), columns);
    }

    private int column(Plan.Watermark node, Relation child) {
        var ref = (Expr.Ref) node.column();
        List<Scope.Column> found = child.find(ref.parts());
        if (found.size() == 1 && found.get(0).consumed() < ref.parts().size()) {
            throw resolution
                    .problems()
                    .error(
                            "TR-131",
                            "the event time must be a column of its own, not a field of a struct",
                            node.column(),
                            "select it under a name first");
        }
        return ((Typed.Input) resolution.typer().type(ref, child)).ordinal();
    }

    /** All columns and the event time, computed. */
    private Relation computed(Plan.Watermark node, Relation child) {
        var columns = new Columns(resolution, env, child);
        Typed time = columns.type(node.column());
        var expressions = new ArrayList<>(child.inputs());
        var attributes = new ArrayList<>(child.columns());
        expressions.add(time);
        List<String> qualifier =
                child.columns().isEmpty() ? List.of() : child.columns().get(0).qualifier();
        String name = node.name().orElseGet(() -> org.tailrace.expr.Names.of(node.column()));
        attributes.add(new Attribute(name, time.type(), time.nullable(), qualifier, OptionalLong.empty()));
        return Relation.of(new ResolvedPlan.Project(child.plan(), expressions, attributes));
    }

    private long delayMs(Plan.Watermark node) {
        Interval delay = IntervalText.find(node.delay())
                .orElseThrow(() -> new PlanException(IntervalText.problem(node.delay())
                        .at(resolution.problems().positions().of(node).orElse(null))));
        long micros = delay.toMicros(DAYS_PER_MONTH);
        if (micros < 0) {
            throw resolution
                    .problems()
                    .error("TR-132", "the delay of a watermark must not be negative: " + node.delay(), node, "");
        }
        return micros / 1000;
    }
}
