package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tailrace.data.DataType;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Names;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;
import org.tailrace.expr.Typer;

/**
 * Splits a grouped query in two: the aggregate node, whose columns are the keys and then the aggregate calls, and what
 * the select list, HAVING and ORDER BY compute from those columns. First all keys, then all aggregates of all lists are
 * collected; then expressions are typed with {@link #replace}, which finds them again.
 */
final class Grouping {
    private final Resolution resolution;
    private final Relation child;
    private final Canonical canonical;
    /** Types keys and arguments; its input is the child with the values of their scalar subqueries. */
    private final Columns arguments;

    private final List<Key> keys = new ArrayList<>();
    private final List<Expr> callForms = new ArrayList<>();
    private final List<AggregateCall> calls = new ArrayList<>();
    private final List<String> callNames = new ArrayList<>();
    private List<List<Integer>> sets = List.of();
    private Optional<TimeWindows.TimeWindow> window = Optional.empty();
    private List<Attribute> output = List.of();

    /** @param named whether the name can be used besides the expression itself: windows, and keys with an alias */
    private record Key(
            Expr form,
            String name,
            boolean named,
            Typed value,
            DataType type,
            boolean nullable,
            OptionalLong delayMs) {}

    Grouping(Resolution resolution, Env env, Relation child) {
        this.resolution = resolution;
        this.child = child;
        canonical = new Canonical(resolution.typer().functions(), child);
        arguments = new Columns(resolution, env, child, child, canonical::starred);
    }

    Canonical canonical() {
        return canonical;
    }

    /** What names mean below the aggregate. */
    Scope scope() {
        return child;
    }

    void keys(List<Expr> written, List<List<Integer>> groupingSets, List<Expr> outputs) {
        sets = groupingSets;
        for (Expr key : all(written) ? plain(outputs) : written) {
            key(meant(key, outputs));
        }
        for (int i = 0; i < keys.size(); i++) {
            if (isSession(i) && !always(i)) {
                throw resolution
                        .problems()
                        .error(
                                "TR-111",
                                "a grouping set without the session",
                                written.get(i),
                                "GROUP BY session_window(..), ROLLUP(..), so that each set has it");
            }
        }
    }

    private boolean isWindow(int key) {
        return window.isPresent() && keys.get(key).value() == window.get().time();
    }

    /** A session is made before the grouping sets repeat a row, and what they repeat may be NULL. */
    private boolean isSession(int key) {
        return isWindow(key) && window.get().spec() instanceof WindowSpec.Session;
    }

    private boolean all(List<Expr> written) {
        return written.size() == 1
                && written.get(0) instanceof Expr.Ref ref
                && ref.parts().size() == 1
                && ref.parts().get(0).equalsIgnoreCase("ALL")
                && child.find(ref.parts()).isEmpty();
    }

    /** GROUP BY ALL: the outputs without aggregates. */
    private List<Expr> plain(List<Expr> outputs) {
        return outputs.stream()
                .filter(o -> !Exprs.any(o, resolution.typer()::isAggregate))
                .map(Exprs::withoutAlias)
                .toList();
    }

    /** Positions and aliases of the select list stand for what they name. */
    private Expr meant(Expr key, List<Expr> outputs) {
        Optional<Integer> position = resolution.position(key, outputs.size());
        if (position.isPresent()) {
            return Exprs.withoutAlias(outputs.get(position.get()));
        }
        if (key instanceof Expr.Ref ref
                && ref.parts().size() == 1
                && child.find(ref.parts()).isEmpty()) {
            for (Expr output : outputs) {
                if (output instanceof Expr.Alias alias
                        && alias.name().equalsIgnoreCase(ref.parts().get(0))) {
                    return alias.child();
                }
            }
        }
        return key;
    }

    private void key(Expr written) {
        Expr expr = canonical.noted(resolution.prepare(written));
        Expr form = canonical.of(expr);
        if (sets.isEmpty() && keys.stream().anyMatch(k -> k.form().equals(form))) {
            return;
        }
        if (TimeWindows.isWindow(expr)) {
            if (window.isPresent()) {
                throw resolution
                        .problems()
                        .error(
                                "TR-125",
                                "two windows in one GROUP BY",
                                expr,
                                "group by one of them, and its result by the other");
            }
            var windows = new TimeWindows(resolution.typer(), resolution.problems());
            TimeWindows.TimeWindow found = windows.resolve(expr, child, Typer.Replacement.NONE, child);
            window = Optional.of(found);
            // As in Spark, whose sliding windows come out of an expansion of the row.
            boolean nullable = found.spec() instanceof WindowSpec.Sliding
                    || found.spec() instanceof WindowSpec.Session && !sets.isEmpty();
            keys.add(new Key(form, found.name(), true, found.time(), found.type(), nullable, found.delayMs()));
            return;
        }
        Typed value = arguments.type(expr);
        if (!Coercion.orderable(value.type())) {
            throw resolution
                    .problems()
                    .error("TR-102", "rows cannot be grouped by a value of type " + value.type(), expr, "");
        }
        keys.add(new Key(
                form,
                Names.of(written),
                written instanceof Expr.Alias,
                value,
                value.type(),
                value.nullable(),
                arguments.delay(written, value)));
    }

    /** Notes the aggregates in an expression. */
    void collect(Expr written) {
        Exprs.first(written, node -> Exprs.isCall(node, "window_time")).ifPresent(node -> {
            List<Expr> parts = ((Expr.Call) node).arguments();
            boolean own = parts.size() == 1 && keys.stream().anyMatch(k -> isWindowKey(k, parts.get(0)));
            if (own) {
                throw resolution
                        .problems()
                        .error(
                                "TR-126",
                                "window_time(..) cannot stand in the query that makes the window",
                                node,
                                "select the window here, and window_time(window) in a query around this one");
            }
        });
        walk(canonical.noted(resolution.prepare(written)));
    }

    private boolean isWindowKey(Key key, Expr expr) {
        boolean byName = expr instanceof Expr.Ref ref
                && ref.parts().size() == 1
                && ref.parts().get(0).equalsIgnoreCase(key.name())
                && child.find(ref.parts()).isEmpty();
        return window.isPresent()
                && key.named()
                && (byName || canonical.of(expr).equals(key.form()));
    }

    private void walk(Expr expr) {
        if (resolution.typer().isAggregate(expr)) {
            Expr form = canonical.of(expr);
            if (!callForms.contains(form)) {
                calls.add(resolution.typer().typeAggregate((Expr.Call) expr, child, arguments::replace));
                callForms.add(form);
                callNames.add(Names.of(expr));
            }
            return;
        }
        Exprs.children(expr).forEach(this::walk);
    }

    /** The aggregate node. Nothing may be collected after this. */
    Relation aggregate() {
        windowAsColumn();
        ResolvedPlan input = arguments.input().plan();
        List<Typed> values = keys.stream().map(Key::value).toList();
        var attributes = new ArrayList<Attribute>();
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            attributes.add(new Attribute(
                    key.name(),
                    key.type(),
                    key.nullable() || !always(i) || isSession(i) && !sets.isEmpty(),
                    List.of(),
                    key.delayMs()));
        }
        if (!sets.isEmpty()) {
            int width = input.output().size();
            attributes.add(new Attribute("spark_grouping_id", DataType.BIGINT, false, List.of(), OptionalLong.empty()));
            if (isRepeated(sets)) {
                attributes.add(
                        new Attribute("grouping_position", DataType.BIGINT, false, List.of(), OptionalLong.empty()));
            }
            List<Attribute> repeated = repeated(attributes);
            input = expanded(input, repeated);
            var inputs = new ArrayList<Typed>();
            for (int i = 0; i < repeated.size(); i++) {
                inputs.add(new Typed.Input(
                        width + i, repeated.get(i).type(), repeated.get(i).nullable()));
            }
            values = inputs;
        }
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            attributes.add(
                    new Attribute(callNames.get(i), call.type(), call.nullable(), List.of(), OptionalLong.empty()));
        }
        output = attributes;
        Optional<ResolvedPlan.Aggregate.GroupWindow> grouped = Optional.empty();
        for (int i = 0; i < keys.size() && window.isPresent(); i++) {
            if (isWindow(i)) {
                grouped = Optional.of(
                        new ResolvedPlan.Aggregate.GroupWindow(i, window.get().spec()));
            }
        }
        return Relation.of(new ResolvedPlan.Aggregate(input, values, grouped, calls, attributes));
    }

    /**
     * The window becomes a column below the aggregate, and a key like others, where rows must know theirs: if some grouping
     * sets lack it, or an aggregate reads it.
     */
    private void windowAsColumn() {
        for (int i = 0; i < keys.size(); i++) {
            if (isWindow(i) && (!always(i) || arguments.hasWindow())) {
                Key key = keys.get(i);
                Typed column = arguments.window(window.get(), key.form());
                keys.set(
                        i,
                        new Key(
                                key.form(),
                                key.name(),
                                key.named(),
                                column,
                                column.type(),
                                column.nullable(),
                                key.delayMs()));
                window = Optional.empty();
            }
        }
    }

    private boolean always(int key) {
        return sets.stream().allMatch(set -> set.contains(key));
    }

    /** A set that is written twice has its groups twice. */
    private static boolean isRepeated(List<List<Integer>> sets) {
        return sets.stream().map(Set::copyOf).distinct().count() < sets.size();
    }

    /** The keys as they are below the aggregate: the time of a row instead of its window. */
    private List<Attribute> repeated(List<Attribute> attributes) {
        var repeated = new ArrayList<>(attributes);
        for (int i = 0; i < keys.size(); i++) {
            if (isWindow(i)) {
                Typed time = keys.get(i).value();
                repeated.set(
                        i,
                        new Attribute(
                                attributes.get(i).name(),
                                time.type(),
                                time.nullable(),
                                List.of(),
                                attributes.get(i).delayMs()));
            }
        }
        return repeated;
    }

    /** Each row once per grouping set: the keys of the set, NULL for the others, and the number of the set. */
    private ResolvedPlan expanded(ResolvedPlan input, List<Attribute> attributes) {
        var projections = new ArrayList<List<Typed>>();
        for (List<Integer> set : sets) {
            var projection = new ArrayList<>(Relation.of(input).inputs());
            long id = 0;
            for (int i = 0; i < keys.size(); i++) {
                id = id << 1 | (set.contains(i) ? 0 : 1);
                projection.add(
                        set.contains(i)
                                ? keys.get(i).value()
                                : new Typed.Constant(null, keys.get(i).type()));
            }
            projection.add(new Typed.Constant(id, DataType.BIGINT));
            if (isRepeated(sets)) {
                projection.add(new Typed.Constant((long) projections.size(), DataType.BIGINT));
            }
            projections.add(projection);
        }
        var columns = new ArrayList<>(input.output());
        columns.addAll(attributes);
        return new ResolvedPlan.Expand(input, projections, columns);
    }

    /**
     * What a node of an expression above the aggregate is, if it is a key, an aggregate or a part of a key.
     *
     * @param aliases a select list whose aliases count; they stand before columns that are not grouped
     */
    Optional<Typed> replace(Expr node, List<Expr> aliases) {
        if (canonical.isParameter(node) || node instanceof Expr.Literal) {
            return Optional.empty();
        }
        Expr form = canonical.of(node);
        for (int i = 0; i < keys.size(); i++) {
            if (form.equals(keys.get(i).form())) {
                return Optional.of(input(i));
            }
        }
        int call = callForms.indexOf(form);
        if (call >= 0) {
            return Optional.of(input(output.size() - calls.size() + call));
        }
        if (node instanceof Expr.Ref ref) {
            return reference(ref, aliases);
        }
        return sets.isEmpty() ? Optional.empty() : grouping(node);
    }

    private Optional<Typed> reference(Expr.Ref ref, List<Expr> aliases) {
        List<String> parts = ref.parts();
        boolean below = canonical.starred(ref).isPresent() || !child.find(parts).isEmpty();
        for (int length = parts.size() - 1; length > 0; length--) {
            Expr prefix = canonical.of(new Expr.Ref(parts.subList(0, length)));
            for (int i = 0; i < keys.size(); i++) {
                if (prefix.equals(keys.get(i).form())) {
                    return Optional.of(resolution.fields(input(i), parts.subList(length, parts.size()), ref));
                }
            }
        }
        for (int i = 0; !below && i < keys.size(); i++) {
            if (keys.get(i).named() && keys.get(i).name().equalsIgnoreCase(parts.get(0))) {
                return Optional.of(resolution.fields(input(i), parts.subList(1, parts.size()), ref));
            }
        }
        for (Expr alias : aliases) {
            if (alias instanceof Expr.Alias named
                    && parts.size() == 1
                    && named.name().equalsIgnoreCase(parts.get(0))) {
                Expr meant = resolution.prepare(named.child());
                return Optional.of(resolution.typer().type(meant, child, inner -> replace(inner, List.of())));
            }
        }
        if (below) {
            String name = String.join(".", parts);
            throw resolution
                    .problems()
                    .error(
                            "TR-113",
                            "'" + name + "' is neither grouped nor in an aggregate",
                            ref,
                            "add it to the group keys, or take max(" + name + "), first(" + name + ") or the like");
        }
        return Optional.empty();
    }

    private Typed.Input input(int ordinal) {
        return new Typed.Input(
                ordinal, output.get(ordinal).type(), output.get(ordinal).nullable());
    }

    /** {@code grouping_id()} and {@code grouping(key)}. */
    private Optional<Typed> grouping(Expr node) {
        Typed id = input(keys.size());
        if (Exprs.isCall(node, "grouping_id") && ((Expr.Call) node).arguments().isEmpty()) {
            return Optional.of(id);
        }
        if (!Exprs.isCall(node, "grouping") || ((Expr.Call) node).arguments().size() != 1) {
            return Optional.empty();
        }
        Expr form = canonical.of(((Expr.Call) node).arguments().get(0));
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).form().equals(form)) {
                Typed shifted = resolution.call(">>", id, new Typed.Constant(keys.size() - 1 - i, DataType.INT));
                Typed bit = resolution.call("&", shifted, new Typed.Constant(1L, DataType.BIGINT));
                return Optional.of(new Typed.Cast(bit, DataType.TINYINT, false, false));
            }
        }
        throw resolution.problems().error("TR-113", "grouping(..) takes one of the group keys", node, "");
    }
}
