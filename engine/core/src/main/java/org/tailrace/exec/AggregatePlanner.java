package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.expr.Typed;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.WindowSpec;

/** Chooses how an aggregation keeps its groups. */
final class AggregatePlanner {
    private final ResolvedPlan.Aggregate node;
    private final OutputMode mode;
    private final PlannerOptions options;
    private final TimeText text;
    private final int windowKey;
    private final List<Typed> keys = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final GroupShape shape;

    AggregatePlanner(ResolvedPlan.Aggregate node, OutputMode mode, PlannerOptions options, TimeText text) {
        this.node = node;
        this.mode = mode;
        this.options = options;
        this.text = text;
        windowKey = node.window().map(ResolvedPlan.Aggregate.GroupWindow::key).orElse(-1);
        for (int k = 0; k < node.keys().size(); k++) {
            if (k != windowKey) {
                keys.add(node.keys().get(k));
                names.add(node.output().get(k).name());
            }
        }
        shape = new GroupShape(keys, node.aggregates(), options.context(), options.vectorSize());
    }

    private @Nullable WindowSpec window() {
        return node.window().map(ResolvedPlan.Aggregate.GroupWindow::spec).orElse(null);
    }

    private @Nullable Typed time() {
        return windowKey < 0 ? null : node.keys().get(windowKey);
    }

    /** Which key is an event time or a window of one, by its position among the keys without the window; −1 for none. */
    private int timeKey() {
        for (int k = 0, at = 0; k < node.keys().size(); k++) {
            if (k == windowKey) {
                continue;
            }
            if (node.output().get(k).eventTime()) {
                return at;
            }
            at++;
        }
        return -1;
    }

    /** Complete mode keeps all groups, and takes late rows for them; but late rows make no sessions, as in Spark. */
    private boolean leaves() {
        boolean timed = windowKey >= 0 ? node.output().get(windowKey).eventTime() : timeKey() >= 0;
        return timed && (mode != OutputMode.COMPLETE || window() instanceof WindowSpec.Session);
    }

    EventTimes.LateTest lateTest() {
        WindowSpec spec = window();
        if (!leaves()) {
            return EventTimes.LateTest.NEVER;
        }
        if (spec instanceof WindowSpec.Tumbling tumbling) {
            return byWindow(tumbling.sizeMicros(), tumbling.sizeMicros(), tumbling.startMicros());
        }
        if (spec instanceof WindowSpec.Sliding sliding) {
            return byWindow(sliding.sizeMicros(), sliding.slideMicros(), sliding.startMicros());
        }
        if (spec instanceof WindowSpec.Session session && session.gap() instanceof Typed.Constant gap) {
            long micros = gap.value() instanceof java.time.Duration d ? d.toNanos() / 1000 : 0;
            return (time, watermarkMs) -> time + micros <= watermarkMs * 1000;
        }
        return PhysicalPlanner.byOwnTime();
    }

    private static EventTimes.LateTest byWindow(long size, long slide, long offset) {
        return (time, watermarkMs) -> WindowStore.lastStart(time, slide, offset) + size <= watermarkMs * 1000;
    }

    private GroupStore store() {
        WindowSpec spec = window();
        if (spec instanceof WindowSpec.Tumbling tumbling) {
            long size = tumbling.sizeMicros();
            return new WindowStore(shape, names, size, size, tumbling.startMicros(), text);
        }
        if (spec instanceof WindowSpec.Sliding sliding) {
            return new WindowStore(
                    shape, names, sliding.sizeMicros(), sliding.slideMicros(), sliding.startMicros(), text);
        }
        if (spec != null) {
            return new SessionStore(shape, names, text);
        }
        return new PlainStore(shape, names, timeKey(), text);
    }

    private Supplier<AggregateInput> inputs() {
        Typed gap = window() instanceof WindowSpec.Session session ? session.gap() : null;
        return () -> new AggregateInput(keys, node.aggregates(), time(), gap, options);
    }

    private String name() {
        var out = new StringBuilder("Aggregate");
        for (int i = 0; i < node.output().size(); i++) {
            out.append(i == 0 ? " " : i == node.keys().size() ? ": " : ", ")
                    .append(node.output().get(i).name());
        }
        return out.toString();
    }

    Operator streaming(Operator child, String stateName) {
        return new AggregateOperator(
                name(),
                stateName,
                child,
                shape,
                store(),
                inputs(),
                windowKey,
                node.schema(),
                mode,
                leaves(),
                options.environment().scheduler());
    }

    Operator bounded(Operator child) {
        return new BoundedAggregateOperator(
                name(), child, shape, this::store, inputs().get(), windowKey, node.schema());
    }
}
