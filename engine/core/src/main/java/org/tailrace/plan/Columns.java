package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Names;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;
import org.tailrace.expr.Typer;

/**
 * A select list while it is typed. Values of scalar subqueries and analytic calls become further columns of the input,
 * after those it had, so that ordinals stay as they are.
 */
final class Columns {
    private static final Set<String> WITHOUT_PARENTHESES = Set.of(
            "current_timestamp",
            "current_date",
            "current_time",
            "current_user",
            "user",
            "session_user",
            "localtimestamp",
            "current_catalog",
            "current_database",
            "current_schema");

    private final Resolution resolution;
    private final Env env;
    private final Scope scope;
    private final Typer.Replacement base;
    private Relation input;
    private final List<Typed> expressions = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<Expr> sources = new ArrayList<>();
    private Optional<TimeWindows.TimeWindow> window = Optional.empty();
    private int windowColumn;
    private boolean grouped;

    /** @param scope what names mean; its ordinals are those of {@code input} unless {@code base} replaces them */
    Columns(Resolution resolution, Env env, Relation input, Scope scope, Typer.Replacement base) {
        this.resolution = resolution;
        this.env = env;
        this.input = input;
        this.scope = scope;
        this.base = base;
    }

    Columns(Resolution resolution, Env env, Relation input) {
        this(resolution, env, input, input, Typer.Replacement.NONE);
    }

    /** The outputs of a query with groups. */
    Columns ofGroups() {
        grouped = true;
        return this;
    }

    boolean grouped() {
        return grouped;
    }

    /** The input with the columns that were added to it. */
    Relation input() {
        return input;
    }

    void input(Relation changed) {
        input = changed;
    }

    int size() {
        return expressions.size();
    }

    Typed type(Expr expr) {
        return resolution.typer().type(resolution.prepare(expr), scope, this::replace);
    }

    Typed condition(Expr expr, String what) {
        return resolution.typer().condition(resolution.prepare(expr), scope, this::replace, what);
    }

    Optional<Typed> replace(Expr node) {
        Optional<Typed> replaced = base.of(node);
        if (replaced.isPresent()) {
            return replaced;
        } else if (node instanceof Expr.Subquery subquery) {
            return Optional.of(new SubqueryValues(resolution, env, this).value(subquery));
        } else if (Exprs.isCall(node, "not")
                && ((Expr.Call) node).arguments().get(0) instanceof Expr.Subquery subquery
                && subquery.kind() == Expr.Subquery.Kind.IN) {
            return Optional.of(new SubqueryValues(resolution, env, this).notIn(subquery));
        } else if (node instanceof Expr.Over over) {
            return Optional.of(analytic(over));
        } else if (node instanceof Expr.Ref ref
                && ref.parts().size() == 1
                && scope.find(ref.parts()).isEmpty()) {
            return unknown(ref);
        } else if (TimeWindows.isWindow(node) && !(node instanceof Expr.Alias)) {
            return Optional.of(window(node));
        }
        return Optional.empty();
    }

    /** The window that a row is in; there is one for all of a query's clauses. */
    private Typed window(Expr node) {
        var windows = new TimeWindows(resolution.typer(), resolution.problems());
        return window(windows.resolve(node, scope, this::replace, input), node);
    }

    /** @param node where it is written */
    Typed window(TimeWindows.TimeWindow found, Expr node) {
        if (window.isEmpty()) {
            windowColumn = input.columns().size();
            window = Optional.of(found);
            input = found.column(input);
        } else if (!window.get().isSameAs(found)) {
            throw resolution
                    .problems()
                    .error(
                            "TR-125",
                            "two windows in one query",
                            node,
                            "compute one of them in a query around this one");
        }
        return input.input(windowColumn);
    }

    /** Whether a window became a column of the input. */
    boolean hasWindow() {
        return window.isPresent();
    }

    /** An earlier alias of this list, or a function that needs no parentheses. */
    private Optional<Typed> unknown(Expr.Ref ref) {
        String name = ref.parts().get(0);
        for (int i = 0; i < attributes.size(); i++) {
            if (sources.get(i) instanceof Expr.Alias && attributes.get(i).name().equalsIgnoreCase(name)) {
                return Optional.of(expressions.get(i));
            }
        }
        if (WITHOUT_PARENTHESES.contains(name.toLowerCase(Locale.ROOT))
                && resolution.typer().functions().find(name).isPresent()) {
            Expr call = resolution.problems().moved(ref, new Expr.Call(name));
            return Optional.of(resolution.typer().type(call, scope));
        }
        return Optional.empty();
    }

    /** Adds an output; its name is its alias or Spark's. */
    void add(Expr expr) {
        Typed typed = type(expr);
        add(expr, typed, Names.of(expr));
    }

    void add(Expr source, Typed typed, String name) {
        List<String> qualifier = typed instanceof Typed.Input column && source instanceof Expr.Ref
                ? input.columns().get(column.ordinal()).qualifier()
                : List.of();
        expressions.add(typed);
        sources.add(source);
        attributes.add(new Attribute(name, typed.type(), typed.nullable(), qualifier, delay(source, typed)));
    }

    /** The delay of a value that is event time: a column that is, or the time of a window. */
    OptionalLong delay(Expr source, Typed typed) {
        Expr bare = Exprs.withoutAlias(source);
        boolean ofWindow = !(typed instanceof Typed.Input)
                && (Exprs.isCall(bare, "window_time") || Exprs.isCall(bare, Preparation.WINDOW_END));
        Typed column = ofWindow ? type(((Expr.Call) bare).arguments().get(0)) : typed;
        return column instanceof Typed.Input at
                ? input.columns().get(at.ordinal()).delayMs()
                : OptionalLong.empty();
    }

    Relation project() {
        return Relation.of(new ResolvedPlan.Project(input.plan(), expressions, attributes));
    }

    /** The columns so far, as names for what is above. */
    Relation outputs() {
        return new Relation(input.plan(), attributes);
    }

    /** The number of the output that {@code expr} is, by its name or as the same expression; or −1. */
    int indexOf(Expr expr, Canonical canonical) {
        if (expr instanceof Expr.Ref ref && ref.parts().size() == 1) {
            List<Scope.Column> found = outputs().find(ref.parts());
            if (found.size() == 1) {
                return found.get(0).ordinal();
            }
        }
        Expr wanted = canonical.of(canonical.noted(expr));
        for (int i = 0; i < sources.size(); i++) {
            if (canonical.of(sources.get(i)).equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a name means a column here. */
    boolean knows(List<String> parts) {
        return !scope.find(parts).isEmpty();
    }

    /** The one value of a bounded query, as a further column. @throws PlanException TR-115 if it has several columns */
    Typed scalar(Relation query, Expr.Subquery subquery) {
        ResolvedPlan plan = query.finished();
        if (plan.output().size() != 1) {
            throw resolution
                    .problems()
                    .error(
                            "TR-115",
                            "a subquery in an expression gives one column, not "
                                    + plan.output().size(),
                            subquery,
                            "");
        }
        Attribute value = Relation.nullable(plan.output().get(0));
        var columns = new ArrayList<>(input.columns());
        columns.add(new Attribute("scalarsubquery()", value.type(), true, List.of(), OptionalLong.empty()));
        input = new Relation(new ResolvedPlan.ScalarSubqueries(input.plan(), List.of(plan), appended(value)), columns);
        return input.input(columns.size() - 1);
    }

    /**
     * Aggregates over the rows of {@code table} that match, as further columns.
     *
     * @param conditions over the input's columns, then the table's
     * @param single more than one match is an error
     */
    List<Typed> lookup(Relation table, List<Typed> conditions, List<AggregateCall> calls, boolean single) {
        int width = input.columns().size();
        var condition = JoinCondition.of(input.columns(), table.columns(), conditions);
        var columns = new ArrayList<>(input.columns());
        var output = new ArrayList<>(input.finished().output());
        for (AggregateCall call : calls) {
            var made = new Attribute("scalarsubquery()", call.type(), call.nullable(), List.of(), OptionalLong.empty());
            columns.add(made);
            output.add(made);
        }
        input = new Relation(
                new ResolvedPlan.Lookup(
                        input.finished(),
                        table.finished(),
                        condition.leftKeys(),
                        condition.rightKeys(),
                        condition.nullSafe(),
                        condition.residual().stream().reduce(resolution::and),
                        calls,
                        single,
                        output),
                columns);
        return input.inputs().subList(width, columns.size()).stream()
                .map(Typed.class::cast)
                .toList();
    }

    private List<Attribute> appended(Attribute added) {
        var output = new ArrayList<>(input.plan().output());
        output.add(added);
        return output;
    }

    private Typed analytic(Expr.Over over) {
        ResolvedPlan.Window window = new AnalyticCalls(resolution, this).window(over);
        Attribute added = window.output().get(window.output().size() - 1);
        var columns = new ArrayList<>(input.columns());
        columns.add(added);
        input = new Relation(window, columns);
        return input.input(columns.size() - 1);
    }
}
