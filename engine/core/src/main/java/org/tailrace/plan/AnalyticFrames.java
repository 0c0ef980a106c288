package org.tailrace.plan;

import java.util.List;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Typed;
import org.tailrace.plan.ResolvedPlan.Window.Edge;
import org.tailrace.plan.ResolvedPlan.Window.Frame;

/** Types {@code ROWS} and {@code RANGE}; what cannot be is TR-119. */
final class AnalyticFrames {
    private final Resolution resolution;
    private final Columns columns;

    AnalyticFrames(Resolution resolution, Columns columns) {
        this.resolution = resolution;
        this.columns = columns;
    }

    Frame frame(Expr.Frame frame, List<ResolvedPlan.SortKey> order, Expr.Over over) {
        if (frame.start().equals(Expr.Frame.Bound.LAST) || frame.end().equals(Expr.Frame.Bound.FIRST)) {
            throw error("a frame from its end to its start", over, "BETWEEN UNBOUNDED PRECEDING AND ..");
        }
        boolean whole =
                frame.start().equals(Expr.Frame.Bound.FIRST) && frame.end().equals(Expr.Frame.Bound.LAST);
        if (!frame.rows() && !whole && order.isEmpty()) {
            throw error("RANGE compares values of an order", over, "OVER (ORDER BY .. RANGE ..), or ROWS");
        }
        Edge start = edge(frame.start(), frame.rows(), order, over);
        Edge end = edge(frame.end(), frame.rows(), order, over);
        boolean backwards = frame.start().side().compareTo(frame.end().side()) > 0
                || frame.rows() && distance(start) > distance(end);
        if (backwards) {
            throw error("a frame from its end to its start", over, "swap the bounds");
        }
        return new Frame(frame.rows(), start, end);
    }

    private static long distance(Edge edge) {
        return switch (edge.kind()) {
            case FIRST -> Long.MIN_VALUE;
            case LAST -> Long.MAX_VALUE;
            default -> edge.rows();
        };
    }

    private Edge edge(Expr.Frame.Bound bound, boolean rows, List<ResolvedPlan.SortKey> order, Expr.Over over) {
        boolean before = bound.side() == Expr.Frame.Side.PRECEDING;
        if (bound.side() == Expr.Frame.Side.CURRENT_ROW) {
            return new Edge(Edge.Kind.CURRENT, 0, Optional.empty());
        } else if (bound.unbounded()) {
            return new Edge(before ? Edge.Kind.FIRST : Edge.Kind.LAST, 0, Optional.empty());
        }
        Expr written = bound.offset().orElseThrow();
        Typed offset = columns.type(written);
        if (rows) {
            if (!(offset instanceof Typed.Constant constant && constant.value() instanceof Integer distance)) {
                throw error("ROWS counts rows", written, "a whole number, such as 3 PRECEDING");
            }
            return new Edge(Edge.Kind.ROWS, before ? -distance : distance, Optional.empty());
        }
        if (order.size() != 1) {
            throw error(
                    "a RANGE with distances needs an order by one key, not " + order.size(),
                    over,
                    "ORDER BY one number or time, or ROWS");
        }
        ResolvedPlan.SortKey key = order.get(0);
        DataType type = key.expression().type();
        if (type == DataType.STRING) {
            throw error("a RANGE with distances between texts", over, "ORDER BY a number or a time, or ROWS");
        }
        try {
            Typed limit = resolution.call(before == key.ascending() ? "-" : "+", key.expression(), offset);
            boolean fits = limit.type().equals(type)
                    || Coercion.common(type, limit.type(), true).isPresent();
            if (fits) {
                return new Edge(Edge.Kind.VALUE, 0, Optional.of(cast(limit, type)));
            }
        } catch (PlanException e) {
            // The place is that of the frame, whatever the sum lacked.
        }
        throw error(
                "no distance of " + offset.type() + " between values of " + type,
                written,
                "a number for numbers, an interval for times");
    }

    private static Typed cast(Typed value, DataType type) {
        return value.type().equals(type) ? value : new Typed.Cast(value, type, false, value.nullable());
    }

    private PlanException error(String what, Expr node, String fix) {
        return resolution.problems().error("TR-119", what, node, fix);
    }
}
