package org.tailrace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.plan.Explain;
import org.tailrace.plan.JoinType;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.Warnings;
import org.tailrace.render.ViewSpec;

/**
 * A table, unbounded or bounded, described and not yet run. Immutable: every verb returns a new one or throws at once.
 *
 * <pre>{@code
 * var perMinute = trades
 *     .withWatermark("ts", "30 seconds")
 *     .groupBy("symbol").tumbling("ts", "1 minute")
 *     .agg("count(*) as n", "avg(price) as mean");
 * }</pre>
 *
 * <p>Texts are Spark SQL. A wrong name is TR-101, a wrong type TR-102, an unknown function TR-103, text that does not
 * parse TR-100; each error points at the place and says what there is. On Spark: the {@code Dataset} verb of the same
 * name.
 */
public class StreamTable {
    private final Tailrace session;
    private final Plan plan;
    private final ResolvedPlan resolved;

    StreamTable(Tailrace session, Plan plan, ResolvedPlan resolved) {
        this.session = session;
        this.plan = plan;
        this.resolved = resolved;
    }

    Tailrace session() {
        return session;
    }

    Plan plan() {
        return plan;
    }

    ResolvedPlan resolved() {
        return resolved;
    }

    public Schema schema() {
        return resolved.schema();
    }

    /** Whether any of its sources is unbounded. */
    public boolean isStreaming() {
        return resolved.streaming();
    }

    // ---- rows and columns

    /** Keeps the rows for which {@code condition} is true; {@code ?} stands for {@code values}, in order. */
    public StreamTable where(String condition, Object... values) {
        Fragment<Expr> parsed = Fragment.of(session.parser().expression("where", condition, values));
        return derive(Subplans.with(new Plan.Filter(plan, parsed.tree()), parsed), parsed.positions());
    }

    public StreamTable where(Col condition) {
        return derive(new Plan.Filter(plan, condition.expr()), new Positions());
    }

    /** A select list, such as {@code select("symbol", "price * qty as notional")}. */
    public StreamTable select(String... columns) {
        Fragment<List<Expr>> list = parse("select", columns);
        return derive(Subplans.with(new Plan.Project(plan, list.tree()), list), list.positions());
    }

    public StreamTable select(Col... columns) {
        return derive(new Plan.Project(plan, Fragment.of(columns).tree()), new Positions());
    }

    /** All columns, with {@code name} added at the end or replaced in its place. */
    public StreamTable withColumn(String name, String expression, Object... values) {
        Fragment<Expr> parsed = Fragment.of(session.parser().expression("withColumn", expression, values));
        var outputs = new ArrayList<Expr>();
        boolean replaced = false;
        for (Field field : schema().fields()) {
            boolean same = field.name().equalsIgnoreCase(name);
            outputs.add(same ? new Expr.Alias(parsed.tree(), name) : new Expr.Ref(field.name()));
            replaced |= same;
        }
        if (!replaced) {
            outputs.add(new Expr.Alias(parsed.tree(), name));
        }
        return derive(Subplans.with(new Plan.Project(plan, outputs), parsed), parsed.positions());
    }

    /** All columns but these. */
    public StreamTable drop(String... names) {
        for (String name : names) {
            column("drop", name);
        }
        var outputs = new ArrayList<Expr>();
        for (Field field : schema().fields()) {
            if (Arrays.stream(names).noneMatch(field.name()::equalsIgnoreCase)) {
                outputs.add(new Expr.Ref(field.name()));
            }
        }
        return derive(new Plan.Project(plan, outputs), new Positions());
    }

    /** Rows all of whose columns are equal once; on a stream an aggregation, whose state needs a watermark to end. */
    public StreamTable distinct() {
        return derive(new Plan.Distinct(plan), new Positions());
    }

    /** Sorts; on a stream only in complete mode, after an aggregation. */
    public StreamTable orderBy(String... keys) {
        var orders = new ArrayList<Expr.Order>();
        var positions = new Positions();
        for (String key : keys) {
            var parsed = session.parser().orderItems("orderBy", key);
            orders.addAll(parsed.tree());
            positions.putAll(parsed.positions());
        }
        return derive(new Plan.Sort(plan, orders), positions);
    }

    /** The first rows: of the whole stream, or in complete mode of each result. */
    public StreamTable limit(long rows) {
        return derive(new Plan.Limit(plan, rows), new Positions());
    }

    /** Only a name for columns to be qualified by, as in {@code "o.id = p.orderId"}. */
    public StreamTable as(String name) {
        return derive(new Plan.Alias(plan, name, List.of()), new Positions());
    }

    /** The same rows as records, for lambdas and keyed state; columns are matched to components by name. */
    public <T> TypedStream<T> as(Class<T> type) {
        return TypedStream.of(this, type);
    }

    // ---- time, groups, state

    /**
     * Says how late rows may be: the watermark is the largest {@code column} seen so far less {@code delay}.
     *
     * @param delay such as {@code "10 minutes"}; a month counts 31 days
     */
    public StreamTable withWatermark(String column, String delay) {
        Fragment<Expr> time = parseExpression("withWatermark", column);
        var positions = time.positions();
        var node = new Plan.Watermark(plan, time.tree(), Optional.empty(), delay);
        positions.put(node, new org.tailrace.error.Place("withWatermark", delay, 0, delay.length()));
        return derive(node, positions);
    }

    public StreamTable withWatermark(String column, Duration delay) {
        return withWatermark(column, Durations.text(delay));
    }

    /** One group of all rows. */
    public GroupedTable groupBy() {
        return groupBy(new String[0]);
    }

    /** Groups by columns or expressions; {@code "window(ts, '1 minute')"} gives Spark's nested window. */
    public GroupedTable groupBy(String... keys) {
        Fragment<List<Expr>> parsed = parse("groupBy", keys);
        // Resolved now, so that a wrong key fails in this verb.
        if (!parsed.tree().isEmpty()) {
            aggregate(parsed, parsed.tree(), parsed.tree());
        }
        return new GroupedTable(this, parsed);
    }

    public GroupedTable groupBy(Col... keys) {
        return new GroupedTable(this, Fragment.of(keys));
    }

    /** One row of aggregates over all rows. */
    public StreamTable agg(String... aggregates) {
        return groupBy().agg(aggregates);
    }

    /**
     * Keeps the first row per value of {@code columns}; of all columns if none is given. State grows for ever unless a
     * watermarked event time is among them.
     */
    public StreamTable dropDuplicates(String... columns) {
        return deduplicate("dropDuplicates", false, columns);
    }

    /**
     * As {@link #dropDuplicates}, and forgets a value once the watermark passes its first row's time plus the delay.
     *
     * @throws PlanException TR-219 if the table is bounded: it has no watermark
     */
    public StreamTable dropDuplicatesWithinWatermark(String... columns) {
        if (!isStreaming()) {
            throw new PlanException(Problem.of("TR-219", "dropDuplicatesWithinWatermark needs a stream")
                    .because("a bounded table has no watermark")
                    .fix(".dropDuplicates(..)"));
        }
        return deduplicate("dropDuplicatesWithinWatermark", true, columns);
    }

    private StreamTable deduplicate(String verb, boolean withinWatermark, String... columns) {
        for (String name : columns) {
            column(verb, name);
        }
        return derive(new Plan.Deduplicate(plan, List.of(columns), withinWatermark), new Positions());
    }

    // ---- several tables

    /** Pairs of rows for which {@code on} is true. Sides that share column names are told apart by {@link #as(String)}. */
    public StreamTable join(StreamTable other, String on, Object... values) {
        return join("join", JoinType.INNER, other, on, values);
    }

    public StreamTable leftJoin(StreamTable other, String on, Object... values) {
        return join("leftJoin", JoinType.LEFT, other, on, values);
    }

    public StreamTable rightJoin(StreamTable other, String on, Object... values) {
        return join("rightJoin", JoinType.RIGHT, other, on, values);
    }

    public StreamTable fullJoin(StreamTable other, String on, Object... values) {
        return join("fullJoin", JoinType.FULL, other, on, values);
    }

    /** This table's rows that have a partner. */
    public StreamTable semiJoin(StreamTable other, String on, Object... values) {
        return join("semiJoin", JoinType.SEMI, other, on, values);
    }

    /** This table's rows that have no partner; {@code other} must be bounded. */
    public StreamTable antiJoin(StreamTable other, String on, Object... values) {
        return join("antiJoin", JoinType.ANTI, other, on, values);
    }

    private StreamTable join(String verb, JoinType type, StreamTable other, String on, Object... values) {
        Clashes.check(verb, this, other);
        Fragment<Expr> parsed = Fragment.of(session.parser().expression(verb, on, values));
        Plan joined = new Plan.Join(plan, other.plan, type, Optional.of(parsed.tree()), List.of());
        return derive(Subplans.with(joined, parsed), parsed.positions());
    }

    /** All rows of both; columns are matched by name. */
    public StreamTable union(StreamTable other) {
        return derive(new Plan.Union(List.of(plan, other.plan), true, true), new Positions());
    }

    // ---- running

    /** Where the rows go; then the mode, the trigger and {@code start}. */
    public StreamWriter to(SinkSpec sink) {
        return new StreamWriter(this, sink);
    }

    public StreamWriter to(KafkaTo topics) {
        return to(topics.sink());
    }

    /** Starts and draws in this cell, in the first legal mode of append (if stateless), update, complete, append. */
    public Query live() {
        return to(Dsl.view()).live();
    }

    public Query live(String name) {
        return to(Dsl.view()).live(name);
    }

    public Query live(ViewSpec view) {
        return to(Dsl.view(view)).live();
    }

    public Query live(String name, ViewSpec view) {
        return to(Dsl.view(view)).live(name);
    }

    /**
     * All rows of a bounded table.
     *
     * @throws PlanException TR-233 if the table is unbounded
     */
    public Batch collect() {
        return session.collect(this);
    }

    /** The first 20 rows of a bounded table, as a value that a cell renders. */
    public Shown show() {
        return show(20);
    }

    public Shown show(int rows) {
        return session.show(this, rows);
    }

    /** The plan as text, and below it what it may do that is not expected, a note each. */
    public String explain() {
        return Explain.tree(resolved) + Warnings.notes(Warnings.of(resolved, OutputMode.UPDATE));
    }

    @Override
    public String toString() {
        return (isStreaming() ? "unbounded" : "bounded") + " table (" + schema() + ")\n" + Explain.tree(resolved);
    }

    // ---- for the other verbs

    StreamTable derive(Plan next, Positions positions) {
        return new StreamTable(session, next, session.resolve(next, positions));
    }

    StreamTable aggregate(Fragment<?> from, List<Expr> keys, List<Expr> outputs) {
        Plan next = new Plan.Aggregate(plan, keys, List.of(), outputs, Optional.empty());
        return derive(Subplans.with(next, from), from.positions());
    }

    /** Select items of several texts as one list. */
    Fragment<List<Expr>> parse(String verb, String... texts) {
        var all = new ArrayList<Expr>();
        var subqueries = new ArrayList<Plan>();
        var positions = new Positions();
        for (String text : texts) {
            var parsed = session.parser().selectItems(verb, text);
            all.addAll(Subplans.renumbered(parsed.tree(), subqueries.size(), positions));
            subqueries.addAll(parsed.subqueries());
            positions.putAll(parsed.positions());
        }
        return new Fragment<>(List.copyOf(all), List.copyOf(subqueries), positions);
    }

    Fragment<Expr> parseExpression(String verb, String text) {
        return Fragment.of(session.parser().expression(verb, text));
    }

    /** @throws PlanException TR-101 if there is no such column */
    private void column(String verb, String name) {
        if (schema().indexOf(name) < 0) {
            String near = org.tailrace.error.Nearest.question(name, schema().names());
            throw new PlanException(Problem.of("TR-101", "no column '" + name + "'")
                    .at(new org.tailrace.error.Place(verb, name, 0, name.length()))
                    .have(schema().toString())
                    .fix(near));
        }
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }
}
