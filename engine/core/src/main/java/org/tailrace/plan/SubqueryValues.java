package org.tailrace.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tailrace.data.DataType;
import org.tailrace.error.PlanException;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Typed;

/**
 * Values of queries inside an expression: scalar ones, EXISTS and IN, over bounded tables. One that names columns of the
 * outer query becomes a {@link ResolvedPlan.Lookup}: aggregates, for each outer row, over the rows that match it.
 */
final class SubqueryValues {
    private static final Typed NONE = new Typed.Constant(0L, DataType.BIGINT);

    private final Resolution resolution;
    private final Env env;
    private final Columns outer;

    SubqueryValues(Resolution resolution, Env env, Columns outer) {
        this.resolution = resolution;
        this.env = env;
        this.outer = outer;
    }

    Typed value(Expr.Subquery subquery) {
        Plan plan = env.subqueries().get(subquery.number());
        Optional<Correlated> parts = Correlated.of(plan, outer, resolution, env);
        boolean correlated = parts.filter(Correlated::reaches).isPresent();
        if (correlated) {
            resolution.bounded(parts.get().inner(), subquery);
        }
        return switch (subquery.kind()) {
            case SCALAR ->
                correlated ? nullable(scalar(parts.get(), subquery)) : outer.scalar(whole(subquery), subquery);
            case EXISTS -> correlated ? exists(parts.get(), subquery) : existsAtAll(subquery);
            case IN -> nullable(in(subquery, correlated ? parts.get() : uncorrelated(subquery), false));
        };
    }

    /** {@code x NOT IN (query)}: true if no comparison is true or unknown. */
    Typed notIn(Expr.Subquery subquery) {
        Plan plan = env.subqueries().get(subquery.number());
        Correlated parts = Correlated.of(plan, outer, resolution, env)
                .filter(Correlated::reaches)
                .orElseGet(() -> uncorrelated(subquery));
        return nullable(in(subquery, parts, true));
    }

    private Relation whole(Expr.Subquery subquery) {
        return resolution.subquery(subquery, env);
    }

    /** A query that stands by itself, as one whose outputs are its columns. */
    private Correlated uncorrelated(Expr.Subquery subquery) {
        Relation relation = whole(subquery);
        List<Expr> outputs = relation.columns().stream()
                .map(column -> (Expr) new Expr.Ref(column.name()))
                .toList();
        return new Correlated(relation, List.of(), outputs, List.of(), Optional.empty(), false, false);
    }

    private Typed existsAtAll(Expr.Subquery subquery) {
        Relation relation = whole(subquery);
        AggregateCall count = count(relation);
        var counted = new ResolvedPlan.Aggregate(
                relation.plan(),
                List.of(),
                Optional.empty(),
                List.of(count),
                List.of(Resolution.attribute(new org.tailrace.data.Field("n", DataType.BIGINT, false))));
        Typed some = resolution.call(">", outer.scalar(Relation.of(counted), subquery), NONE);
        return resolution.call("coalesce", some, new Typed.Constant(false, DataType.BOOLEAN));
    }

    /** The value of a query may always be NULL, whatever it is made of. */
    private static Typed nullable(Typed value) {
        return value.nullable()
                ? value
                : new Typed.Case(
                        List.of(new Typed.Case.When(new Typed.Constant(true, DataType.BOOLEAN), value)),
                        Optional.empty(),
                        value.type(),
                        true);
    }

    private AggregateCall count(Relation relation) {
        return resolution.typer().typeAggregate(new Expr.Call("count", new Expr.Literal(1, DataType.INT)), relation);
    }

    private Typed scalar(Correlated query, Expr.Subquery subquery) {
        if (query.outputs().size() != 1) {
            throw error(
                    "a subquery in an expression gives one column, not "
                            + query.outputs().size(),
                    subquery,
                    "");
        }
        if (outer.grouped()) {
            throw error(
                    "a correlated subquery beside aggregates",
                    subquery,
                    "compute it below, or in a query around this one");
        } else if (query.aggregates()) {
            if (query.reaches(query.outputs().get(0), outer)) {
                throw error(
                        "a subquery of aggregates whose output names an outer column",
                        query.outputs().get(0),
                        "add the outer column to the subquery's value");
            }
            return aggregates(query, query.outputs(), subquery).get(0);
        }
        Typed given = query.type(query.outputs().get(0), outer, resolution);
        var marker = new Expr.Ref("given");
        AggregateCall first = resolution
                .typer()
                .typeAggregate(
                        new Expr.Call("first", marker),
                        query.inner(),
                        node -> node == marker ? Optional.of(given) : Optional.empty());
        return outer.lookup(query.inner(), query.typedConditions(outer, resolution), List.of(first), true)
                .get(0);
    }

    /** Outputs made of aggregates over the rows that match; over none, what aggregates give for no rows. */
    List<Typed> aggregates(Correlated query, List<Expr> outputs, Expr node) {
        var found = new ArrayList<Expr.Call>();
        outputs.forEach(o -> collect(o, found));
        query.having().ifPresent(h -> collect(h, found));
        var calls = new ArrayList<AggregateCall>();
        found.forEach(call -> calls.add(query.aggregate(call, outer, resolution)));
        List<Typed> conditions = query.typedConditions(outer, resolution);
        if (!query.keys().isEmpty()) {
            requireFixed(query, node);
            calls.add(count(query.inner()));
        }
        List<Typed> values = outer.lookup(query.inner(), conditions, calls, false);
        Map<Expr, Typed> known = new IdentityHashMap<>();
        for (int i = 0; i < found.size(); i++) {
            known.put(found.get(i), values.get(i));
        }
        Optional<Typed> test = query.having()
                .map(h -> resolution
                        .typer()
                        .condition(resolution.prepare(h), query.inner(), n -> replaced(n, known), "having"));
        if (!query.keys().isEmpty()) {
            Typed some = resolution.call(">", values.get(values.size() - 1), NONE);
            test = Optional.of(test.map(t -> resolution.and(some, t)).orElse(some));
        }
        var all = new ArrayList<Typed>();
        for (Expr output : outputs) {
            Typed value = resolution.typer().type(resolution.prepare(output), query.inner(), n -> replaced(n, known));
            all.add(
                    test.isEmpty()
                            ? value
                            : new Typed.Case(
                                    List.of(new Typed.Case.When(test.get(), value)),
                                    Optional.empty(),
                                    value.type(),
                                    true));
        }
        return all;
    }

    private Optional<Typed> replaced(Expr node, Map<Expr, Typed> known) {
        Typed value = known.get(node);
        if (value != null) {
            return Optional.of(value);
        }
        return node instanceof Expr.Ref ref && outer.knows(ref.parts())
                ? Optional.of(outer.type(ref))
                : Optional.empty();
    }

    private void collect(Expr expr, List<Expr.Call> found) {
        if (resolution.typer().isAggregate(expr)) {
            found.add((Expr.Call) expr);
        } else {
            Exprs.children(resolution.prepare(expr)).forEach(child -> collect(child, found));
        }
    }

    /** A GROUP BY of a scalar query gives one group at most only if an equality with the outer row fixes each key. */
    private void requireFixed(Correlated query, Expr node) {
        for (Expr key : query.keys()) {
            boolean fixed = query.conditions().stream()
                    .anyMatch(c -> c instanceof Expr.Call call
                            && call.function().equals("=")
                            && (same(call.arguments().get(0), key, query)
                                    || same(call.arguments().get(1), key, query)));
            if (!fixed) {
                throw error(
                        "a correlated subquery with several groups",
                        node,
                        "group by columns that its WHERE compares with the outer query only");
            }
        }
    }

    private boolean same(Expr side, Expr key, Correlated query) {
        var canonical = new Canonical(resolution.typer().functions(), query.inner());
        return canonical.of(side).equals(canonical.of(key));
    }

    private Typed exists(Correlated query, Expr.Subquery subquery) {
        if (query.aggregates()) {
            if (query.keys().isEmpty() && query.having().isEmpty()) {
                return new Typed.Constant(true, DataType.BOOLEAN);
            }
            Expr one = new Expr.Literal(1, DataType.INT);
            return resolution.call(
                    "is not null", aggregates(query, List.of(one), subquery).get(0));
        }
        return matches(query, query.typedConditions(outer, resolution), false);
    }

    private Typed matches(Correlated query, List<Typed> conditions, boolean none) {
        List<Typed> count = outer.lookup(query.inner(), conditions, List.of(count(query.inner())), false);
        return resolution.call(none ? "=" : ">", count.get(0), NONE);
    }

    private Typed in(Expr.Subquery subquery, Correlated query, boolean negated) {
        Expr left = subquery.left().orElseThrow();
        List<Expr> parts = parts(left);
        if (parts.size() != query.outputs().size()) {
            throw error(
                    "IN compares " + parts.size() + " values with "
                            + query.outputs().size() + " columns",
                    subquery,
                    "");
        }
        if (query.aggregates()) {
            // It gives one row, or none if it is grouped: then the comparison is unknown.
            List<Typed> given = aggregates(query, query.outputs(), subquery);
            Typed equal = equal(parts, given).stream().reduce(resolution::and).orElseThrow();
            return negated ? resolution.call("not", equal) : equal;
        }
        List<Typed> given = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            given.add(
                    query.reaches()
                            ? query.type(query.outputs().get(i), outer, resolution)
                            : TypedTrees.shift(
                                    query.inner().input(i),
                                    outer.input().columns().size()));
        }
        var conditions = new ArrayList<>(query.typedConditions(outer, resolution));
        for (Typed equal : equal(parts, given)) {
            conditions.add(negated ? resolution.call("or", equal, resolution.call("is null", equal)) : equal);
        }
        return matches(query, conditions, negated);
    }

    /** A row of values may have been spelt out as a struct with names. */
    private static List<Expr> parts(Expr left) {
        if (Exprs.isCall(left, "struct")) {
            return ((Expr.Call) left).arguments();
        } else if (Exprs.isCall(left, "named_struct")) {
            List<Expr> all = ((Expr.Call) left).arguments();
            return IntStream.range(0, all.size() / 2)
                    .mapToObj(i -> all.get(2 * i + 1))
                    .toList();
        }
        return List.of(left);
    }

    private List<Typed> equal(List<Expr> left, List<Typed> right) {
        var all = new ArrayList<Typed>();
        for (int i = 0; i < left.size(); i++) {
            all.add(resolution.call("=", outer.type(left.get(i)), right.get(i)));
        }
        return all;
    }

    private PlanException error(String what, Expr node, String fix) {
        return resolution.problems().error("TR-115", what, node, fix);
    }
}
