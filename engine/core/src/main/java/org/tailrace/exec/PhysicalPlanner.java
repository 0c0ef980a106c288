package org.tailrace.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.data.text.IntervalText;
import org.tailrace.exec.PhysicalPlan.SourceNode;
import org.tailrace.expr.Evaluator;
import org.tailrace.expr.Traits;
import org.tailrace.expr.Typed;
import org.tailrace.plan.Attribute;
import org.tailrace.plan.Explain;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.PlanRules;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.SourceSpec;
import org.tailrace.plan.StatefulSpec;
import org.tailrace.plan.WindowSpec;

/**
 * Turns a resolved plan into operators: the only visitor that does. On its way down it carries which columns are read
 * above, so that filters and projections leave the others empty.
 */
final class PhysicalPlanner implements ResolvedPlan.Visitor<Operator> {
    private final PlannerOptions options;
    private final OutputMode mode;
    private final TimeText text;
    private final List<SourceNode> sources = new ArrayList<>();
    private final WatermarkTracker watermarks;
    private final List<EventTimes> untested = new ArrayList<>();
    private BitSet needed = new BitSet();
    private int stateful;

    private PhysicalPlanner(PlannerOptions options, OutputMode mode) {
        this.options = options;
        this.mode = mode;
        text = new TimeText(options.settings().zone());
        watermarks = new WatermarkTracker(options.settings().maxWatermark());
    }

    /** The plan must have passed {@code PlanRules} for {@code mode}. */
    static PhysicalPlan plan(ResolvedPlan plan, OutputMode mode, PlannerOptions options) {
        var planner = new PhysicalPlanner(options, mode);
        Operator root = planner.plan(plan, TypedColumns.all(plan.output().size()));
        return new LocalPlan(root, plan.schema(), planner.sources, planner.watermarks, options);
    }

    private Operator plan(ResolvedPlan node, BitSet columns) {
        BitSet outer = needed;
        needed = columns;
        Operator operator = node.accept(this);
        needed = outer;
        return operator;
    }

    private Operator planAll(ResolvedPlan node) {
        return plan(node, TypedColumns.all(node.output().size()));
    }

    private static BitSet with(BitSet columns, List<Typed> expressions) {
        var all = (BitSet) columns.clone();
        expressions.forEach(e -> TypedColumns.collect(e, all));
        return all;
    }

    private static boolean apart(List<Typed> expressions) {
        return expressions.stream().allMatch(Traits::deterministic);
    }

    private String stateName(String kind) {
        return stateful++ + "-" + kind;
    }

    /** Event times of the inputs below are too late by this test; those of stateful operators below have their own. */
    private void test(EventTimes.LateTest test) {
        untested.forEach(t -> t.lateTest(test));
        untested.clear();
    }

    static EventTimes.LateTest byOwnTime() {
        return (time, watermarkMs) -> time <= watermarkMs * 1000;
    }

    private static String names(List<Attribute> output) {
        var out = new StringBuilder();
        for (Attribute attribute : output) {
            out.append(out.length() == 0 ? " " : ", ").append(attribute.name());
        }
        return out.length() > 80 ? out.substring(0, 79) + "…" : out.toString();
    }

    @Override
    public Operator visit(ResolvedPlan.Source node) {
        var source = new SourceNode(sources.size(), node.spec());
        sources.add(source);
        return new SourceOperator(source, options.vectorSize());
    }

    @Override
    public Operator visit(ResolvedPlan.Values node) {
        return new ValuesOperator(node.rows(), options.vectorSize());
    }

    @Override
    public Operator visit(ResolvedPlan.Filter node) {
        BitSet above = needed;
        Operator child = plan(node.child(), with(above, List.of(node.condition())));
        Schema schema = node.child().schema();
        return new StatelessOperator(
                "Filter",
                child,
                apart(List.of(node.condition())),
                () -> new FilterOp(options.compile(node.condition()), schema, above),
                Explain.condition(node));
    }

    @Override
    public Operator visit(ResolvedPlan.Project node) {
        BitSet above = needed;
        var read = new ArrayList<Typed>();
        for (int i = above.nextSetBit(0); i >= 0; i = above.nextSetBit(i + 1)) {
            read.add(node.expressions().get(i));
        }
        Operator child = plan(node.child(), with(new BitSet(), read));
        Schema schema = node.schema();
        return new StatelessOperator("Project" + names(node.output()), child, apart(read), () -> {
            var evaluators = new ArrayList<@Nullable Evaluator>();
            for (int i = 0; i < node.expressions().size(); i++) {
                evaluators.add(above.get(i) ? options.compile(node.expressions().get(i)) : null);
            }
            return new ProjectOp(evaluators, schema);
        });
    }

    @Override
    public Operator visit(ResolvedPlan.Generate node) {
        BitSet above = needed;
        int width = node.child().output().size();
        Operator child = plan(node.child(), with(above.get(0, width), node.arguments()));
        Schema schema = node.schema();
        return new StatelessOperator(
                "Generate " + node.generator().name(),
                child,
                apart(node.arguments()),
                () -> new GenerateOp(
                        node.generator(),
                        node.arguments().stream().map(options::compile).toList(),
                        node.outer(),
                        width,
                        schema,
                        above));
    }

    @Override
    public Operator visit(ResolvedPlan.Expand node) {
        var read = new BitSet();
        node.projections().forEach(p -> p.forEach(e -> TypedColumns.collect(e, read)));
        Operator child = plan(node.child(), read);
        Schema schema = node.schema();
        return new StatelessOperator(
                "Expand into " + node.projections().size() + " rows",
                child,
                node.projections().stream().allMatch(PhysicalPlanner::apart),
                () -> new ExpandOp(
                        node.projections().stream()
                                .map(p -> p.stream().map(options::compile).toList())
                                .toList(),
                        schema));
    }

    @Override
    public Operator visit(ResolvedPlan.Watermark node) {
        var read = (BitSet) needed.clone();
        read.set(node.column());
        int arrival = arrivalColumn(node.child());
        if (arrival >= 0) {
            read.set(arrival);
        }
        Operator child = plan(node.child(), read);
        if (!node.streaming()) {
            return child;
        }
        EventTimes times = watermarks.add(sourceName(node.child()), node.delayMs());
        untested.add(times);
        SourceSpec spec = source(node.child());
        String skew = spec == null ? null : spec.options().get(SourceSpec.MAX_FUTURE_SKEW);
        if (skew != null) {
            long skewMs = IntervalText.parse(skew).toMicros(31) / 1000;
            Schema schema = node.child().schema();
            child = new StatelessOperator(
                    "Not more than " + Words.duration(skewMs) + " ahead",
                    child,
                    true,
                    () -> new FutureRows(times, node.column(), skewMs, schema));
        }
        return new StatelessOperator(
                "Watermark " + node.output().get(node.column()).name() + " − " + node.delayMs() + " ms",
                child,
                true,
                () -> new WatermarkOp(times, node.column(), arrival));
    }

    private static int arrivalColumn(ResolvedPlan node) {
        SourceSpec spec = source(node);
        if (spec == null || spec.arrivalColumn().isEmpty()) {
            return -1;
        }
        for (int i = 0; i < node.output().size(); i++) {
            Attribute attribute = node.output().get(i);
            if (attribute.name().equalsIgnoreCase(spec.arrivalColumn().get())
                    && attribute.type() == DataType.TIMESTAMP) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable SourceSpec source(ResolvedPlan node) {
        ResolvedPlan at = node;
        while (!at.children().isEmpty()) {
            at = at.children().get(0);
        }
        return at instanceof ResolvedPlan.Source source ? source.spec() : null;
    }

    private static String sourceName(ResolvedPlan node) {
        SourceSpec spec = source(node);
        return spec == null ? "input" : spec.identity();
    }

    @Override
    public Operator visit(ResolvedPlan.Aggregate node) {
        var read = with(new BitSet(), node.keys());
        node.aggregates().forEach(call -> {
            call.arguments().forEach(a -> TypedColumns.collect(a, read));
            call.filter().ifPresent(f -> TypedColumns.collect(f, read));
        });
        node.window().ifPresent(window -> {
            if (window.spec() instanceof WindowSpec.Session session) {
                TypedColumns.collect(session.gap(), read);
            }
        });
        Operator child = plan(node.child(), read);
        var planned = new AggregatePlanner(node, mode, options, text);
        if (!node.streaming()) {
            return planned.bounded(child);
        }
        test(planned.lateTest());
        return planned.streaming(child, stateName("aggregate"));
    }

    @Override
    public Operator visit(ResolvedPlan.Deduplicate node) {
        var read = (BitSet) needed.clone();
        node.keys().forEach(read::set);
        int time = eventTime(node);
        if (time >= 0 && node.withinWatermark()) {
            read.set(time);
        } else if (time >= 0 && !read.get(time)) {
            // As in Spark, which does not carry a column that nothing needs, and so cannot tell that a row is late.
            time = -1;
        }
        int[] keys = node.keys().stream().mapToInt(k -> k).toArray();
        Operator child = plan(node.child(), read);
        if (!node.streaming()) {
            return new DeduplicateOperator.Bounded("Deduplicate", child, keys, node.schema());
        }
        test(time < 0 ? EventTimes.LateTest.NEVER : byOwnTime());
        long delayMicros = node.withinWatermark() && time >= 0
                ? node.output().get(time).delayMs().orElse(0) * 1000
                : -1;
        return new DeduplicateOperator(
                node.withinWatermark() ? "Deduplicate within watermark" : "Deduplicate",
                stateName("deduplicate"),
                child,
                new DeduplicateOperator.Keys(keys, time, node.keys().indexOf(time), delayMicros),
                node.schema(),
                text,
                options.vectorSize());
    }

    /** The event time by which rows are late: one of the keys if there is such a key. */
    private static int eventTime(ResolvedPlan.Deduplicate node) {
        for (int key : node.keys()) {
            if (node.output().get(key).eventTime()) {
                return key;
            }
        }
        for (int i = 0; i < node.output().size(); i++) {
            if (node.output().get(i).eventTime()) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Operator visit(ResolvedPlan.Union node) {
        BitSet columns = needed;
        return new UnionOperator(
                node.children().stream().map(c -> plan(c, columns)).toList());
    }

    @Override
    public Operator visit(ResolvedPlan.Sort node) {
        var read = with(
                needed,
                node.keys().stream().map(ResolvedPlan.SortKey::expression).toList());
        return new SortOperator("Sort", plan(node.child(), read), node.keys(), node.schema(), options);
    }

    @Override
    public Operator visit(ResolvedPlan.Limit node) {
        Operator child = plan(node.child(), needed);
        String name = "Limit " + node.rows();
        return node.streaming() && (mode != OutputMode.COMPLETE || !PlanRules.aggregated(node))
                ? new StreamLimitOperator(name, stateName("limit"), child, node.rows(), node.schema())
                : new SliceOperator(name, child, 0, node.rows(), node.schema());
    }

    @Override
    public Operator visit(ResolvedPlan.Offset node) {
        return new SliceOperator(
                "Offset " + node.rows(), plan(node.child(), needed), node.rows(), Long.MAX_VALUE, node.schema());
    }

    @Override
    public Operator visit(ResolvedPlan.ScalarSubqueries node) {
        int width = node.child().output().size();
        Operator child = plan(node.child(), needed.get(0, width));
        return new ScalarSubqueriesOperator(
                child, node.subqueries().stream().map(this::planAll).toList(), node.schema());
    }

    @Override
    public Operator visit(ResolvedPlan.Lookup node) {
        var both = new ArrayList<>(node.child().schema().fields());
        both.addAll(node.table().schema().fields());
        return new LookupOperator(planAll(node.child()), planAll(node.table()), node, new Schema(both), options);
    }

    @Override
    public Operator visit(ResolvedPlan.MapBatches node) {
        return new MapBatchesOperator(
                planAll(node.child()), node.spec(), node.child().schema(), options);
    }

    @Override
    public Operator visit(ResolvedPlan.Window node) {
        return new AnalyticOperator(planAll(node.child()), node, options);
    }

    @Override
    public Operator visit(ResolvedPlan.Join node) {
        var planned = new JoinPlanner(node, options);
        BitSet above = needed;
        var columns = new JoinPlanner.BatchColumns(above);
        BitSet leftColumns = planned.columns(true, columns);
        BitSet rightColumns = planned.columns(false, columns);
        Operator left = plan(node.left(), leftColumns);
        Operator right = plan(node.right(), rightColumns);
        if (!planned.streams()) {
            return planned.hash(left, right, above);
        }
        test(planned.lateTest(above));
        return planned.streams(left, right, above, stateName("join"), text);
    }

    @Override
    public Operator visit(ResolvedPlan.Stateful node) {
        Operator child = planAll(node.child());
        List<Attribute> input = node.child().output();
        int time = -1;
        for (int i = input.size() - 1; i >= 0; i--) {
            time = input.get(i).eventTime() && input.get(i).type() == DataType.TIMESTAMP ? i : time;
        }
        if (node.streaming()) {
            boolean drops = time >= 0 && node.spec().timeout() == StatefulSpec.Timeout.EVENT_TIME;
            test(drops ? byOwnTime() : EventTimes.LateTest.NEVER);
        }
        StatefulSpec spec = node.spec();
        var userCode = new UserCode(spec.name(), options.onError());
        var rows = new KeyedInput(spec, node.keys(), node.child().schema(), time, text, userCode, options);
        String state = node.streaming() ? stateName(spec.transform().isPresent() ? "processor" : "keyed") : "";
        return spec.transform().isPresent()
                ? new ProcessorOperator(
                        state, child, spec, spec.transform().get(), rows, userCode, !node.streaming(), options)
                : new KeyedStateOperator(
                        state, child, spec, rows, userCode, !node.streaming(), text, options.vectorSize());
    }

    @Override
    public Operator visit(ResolvedPlan.SetOperation node) {
        return new SetOperationOperator(
                planAll(node.left()), planAll(node.right()), node.intersect(), node.all(), node.schema());
    }
}
