package org.tailrace.plan;

import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.Values;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.IntervalText;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;
import org.tailrace.expr.Typer;

/**
 * {@code window(time, size[, slide[, start]])} and {@code session_window(time, gap)}. The time may be the window of an
 * earlier aggregate: then its last microsecond counts. An aggregate keeps its groups by window; elsewhere the window is a
 * further column, and a row comes once for each window that it is in.
 *
 * <ul>
 *   <li>TR-121 a size or slide that is not positive
 *   <li>TR-122 a slide longer than the window
 *   <li>TR-123 a start not shorter than the slide
 *   <li>TR-124 months, which have no fixed length
 * </ul>
 */
final class TimeWindows {
    private final Typer typer;
    private final Problems problems;

    TimeWindows(Typer typer, Problems problems) {
        this.typer = typer;
        this.problems = problems;
    }

    /** @param time what is put into windows: a timestamp over the child */
    record TimeWindow(String name, Typed time, WindowSpec spec, OptionalLong delayMs) {
        DataType type() {
            return struct(time.type());
        }

        boolean isSession() {
            return spec instanceof WindowSpec.Session;
        }

        boolean isSameAs(TimeWindow other) {
            return time.equals(other.time) && spec.equals(other.spec);
        }

        /** The child's columns and the window, once for each window that a row is in. */
        Relation column(Relation child) {
            // As in Spark, whose sliding windows come out of an expansion of the row.
            boolean nullable = spec instanceof WindowSpec.Sliding;
            var window = new Attribute(name, type(), nullable, List.of(), delayMs);
            var columns = new ArrayList<>(child.columns());
            columns.add(window);
            return new Relation(WindowRows.over(child.plan(), spec, time, window), columns);
        }
    }

    static DataType struct(DataType time) {
        return new DataType.Struct(Schema.of(new Field("start", time), new Field("end", time)));
    }

    static boolean isWindow(Expr expr) {
        Expr bare = Exprs.withoutAlias(expr);
        return Exprs.isCall(bare, "window") || Exprs.isCall(bare, "session_window");
    }

    /** @param scope what names mean, unless {@code replacement} knows better; ordinals are those of {@code child} */
    TimeWindow resolve(Expr key, Scope scope, Typer.Replacement replacement, Relation child) {
        var call = (Expr.Call) Exprs.withoutAlias(key);
        List<Expr> arguments = call.arguments();
        boolean session = Exprs.isCall(call, "session_window");
        if (arguments.size() < 2 || arguments.size() > (session ? 2 : 4)) {
            throw problems.error(
                    "TR-104",
                    "'" + call.function() + "' takes " + (session ? "2" : "2 to 4") + " arguments, not "
                            + arguments.size(),
                    call,
                    session
                            ? "session_window(ts, '5 minutes')"
                            : "window(ts, '10 minutes'[, '5 minutes'[, '1 minute']])");
        }
        Typed time = typer.type(arguments.get(0), scope, replacement);
        OptionalLong delay = time instanceof Typed.Input input
                ? child.columns().get(input.ordinal()).delayMs()
                : OptionalLong.empty();
        String name =
                key instanceof Expr.Alias alias ? alias.name() : call.function().toLowerCase(Locale.ROOT);
        WindowSpec spec = session ? session(arguments.get(1), scope, replacement) : fixed(arguments);
        boolean flatEnd = delay.isPresent()
                && time instanceof Typed.Input input
                && WindowEnds.isEnd(child.plan(), input.ordinal());
        Typed counted = flatEnd ? typed(time, TimeWindows::before) : timestamp(time, arguments.get(0));
        return new TimeWindow(name, counted, spec, delay);
    }

    /** The time as a timestamp: texts and dates are cast, of an earlier window the last microsecond counts. */
    private Typed timestamp(Typed time, Expr node) {
        if (time.type() == DataType.TIMESTAMP || time.type() == DataType.TIMESTAMP_NTZ) {
            return time;
        } else if (isWindowStruct(time.type())) {
            return typed(time, TimeWindows::lastMicrosecond);
        } else if (time.type() == DataType.STRING || time.type() == DataType.DATE || time.type() == DataType.VOID) {
            return typer.coerce(time, DataType.TIMESTAMP);
        }
        throw problems.error("TR-102", "a window needs a timestamp, not " + time.type(), node, "");
    }

    private Typed typed(Typed time, UnaryOperator<Expr> change) {
        var shim = new Expr.Ref("time");
        return typer.type(
                change.apply(shim),
                Scope.of(new Schema(List.of())),
                expr -> expr == shim ? Optional.of(time) : Optional.empty());
    }

    static boolean isWindowStruct(DataType type) {
        return type instanceof DataType.Struct struct
                && struct.fields().names().equals(List.of("start", "end"))
                && (struct.fields().type(1) == DataType.TIMESTAMP
                        || struct.fields().type(1) == DataType.TIMESTAMP_NTZ);
    }

    /** {@code window_time(w)} spelt out. */
    static Expr lastMicrosecond(Expr window) {
        return before(end(window));
    }

    static Expr end(Expr window) {
        return new Expr.Call(".", window, new Expr.Literal("end", DataType.STRING));
    }

    private static Expr before(Expr end) {
        return new Expr.Call(
                "-",
                end,
                new Expr.Literal(
                        Duration.of(1, ChronoUnit.MICROS),
                        new DataType.DayTimeInterval(
                                DataType.DayTimeInterval.SECOND, DataType.DayTimeInterval.SECOND)));
    }

    private WindowSpec fixed(List<Expr> arguments) {
        long size = micros(arguments.get(1), "size");
        if (size <= 0) {
            throw problems.error("TR-121", "the size of a window must be positive", arguments.get(1), "");
        }
        long slide = arguments.size() > 2 ? micros(arguments.get(2), "slide") : size;
        if (slide <= 0) {
            throw problems.error("TR-121", "the slide of a window must be positive", arguments.get(2), "");
        }
        if (slide > size) {
            throw problems.error(
                    "TR-122",
                    "the slide of a window must not be longer than the window",
                    arguments.get(2),
                    "swap them, or some rows would be in no window");
        }
        long start = arguments.size() > 3 ? micros(arguments.get(3), "start") : 0;
        if (start == Long.MIN_VALUE || Math.abs(start) >= slide) {
            throw problems.error(
                    "TR-123", "the start of a window must be shorter than its slide", arguments.get(3), "");
        }
        return slide == size ? new WindowSpec.Tumbling(size, start) : new WindowSpec.Sliding(size, slide, start);
    }

    private long micros(Expr expr, String what) {
        if (expr instanceof Expr.Literal literal) {
            Optional<Interval> interval = Optional.empty();
            if (literal.value() instanceof String text) {
                interval = Optional.of(IntervalText.find(text)
                        .orElseThrow(() -> new PlanException(IntervalText.problem(text)
                                .at(problems.positions().of(expr).orElse(null)))));
            } else if (literal.value() instanceof Duration || literal.value() instanceof Period) {
                interval = Optional.of(interval(literal));
            } else if (literal.value() instanceof Integer || literal.value() instanceof Long) {
                return ((Number) literal.value()).longValue();
            }
            if (interval.isPresent() && interval.get().hasMonths()) {
                throw problems.error(
                        "TR-124",
                        "a window cannot be cut in months, which have no fixed length",
                        expr,
                        "use days, such as '30 days', or group by date_trunc('MONTH', ts)");
            }
            if (interval.isPresent()) {
                return interval.get().toMicros(31);
            }
        }
        throw problems.error(
                "TR-102", "the " + what + " of a window is a fixed length of time", expr, "such as '10 minutes'");
    }

    private static Interval interval(Expr.Literal literal) {
        if (literal.value() instanceof Period months) {
            return new Interval((int) months.toTotalMonths(), 0, 0);
        }
        return new Interval(0, 0, Values.toLong(literal.type(), Objects.requireNonNull(literal.value())));
    }

    private WindowSpec session(Expr gap, Scope scope, Typer.Replacement replacement) {
        Typed typed = typer.type(gap(gap), scope, replacement);
        if (!(typed.type() instanceof DataType.DayTimeInterval)) {
            throw problems.error(
                    "TR-102",
                    "the gap of a session is a length of time, not " + typed.type(),
                    gap,
                    "such as '5 minutes' or CASE WHEN .. THEN '5 minutes' ELSE '10 minutes' END");
        }
        return new WindowSpec.Session(typer.coerce(typed, DataType.DAY_TIME));
    }

    /** Texts in the places where the gap's value comes from are lengths of time. */
    private Expr gap(Expr gap) {
        if (gap instanceof Expr.Literal literal && !(literal.value() == null)) {
            return problems.moved(
                    gap, new Expr.Literal(Duration.of(micros(gap, "gap"), ChronoUnit.MICROS), DataType.DAY_TIME));
        } else if (gap instanceof Expr.Case cases) {
            return problems.moved(
                    gap,
                    new Expr.Case(
                            cases.branches().stream()
                                    .map(w -> new Expr.Case.When(w.condition(), gap(w.value())))
                                    .toList(),
                            cases.otherwise().map(this::gap)));
        } else if (gap instanceof Expr.Call call
                && call.function().equals("if")
                && call.arguments().size() == 3) {
            List<Expr> arguments = call.arguments();
            return problems.moved(
                    gap, new Expr.Call("if", arguments.get(0), gap(arguments.get(1)), gap(arguments.get(2))));
        }
        return gap;
    }
}
