package org.tailrace.plan;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tailrace.data.DataType;
import org.tailrace.expr.Typed;

/**
 * Puts conditions where Spark's optimizer puts them. On a stream that is part of the meaning: rows that a condition
 * below the watermark node drops do not move the watermark, and a condition on group keys keeps rows out of the state.
 * A condition on the event time itself stays above the watermark node.
 */
final class FilterPushdown {
    private final NullTests conditions;
    private final NullTests.Calls calls;

    FilterPushdown(NullTests conditions, NullTests.Calls calls) {
        this.conditions = conditions;
        this.calls = calls;
    }

    ResolvedPlan filter(ResolvedPlan child, List<Typed> conjuncts) {
        if (conjuncts.isEmpty()) {
            return child;
        }
        if (child instanceof ResolvedPlan.Filter filter) {
            var all = new ArrayList<>(TypedTrees.conjuncts(filter.condition()));
            conjuncts.stream().filter(c -> !all.contains(c)).forEach(all::add);
            return filter(filter.child(), all);
        } else if (child instanceof ResolvedPlan.Project project) {
            boolean pure = project.expressions().stream().allMatch(TypedTrees::deterministic);
            return split(
                    conjuncts,
                    child,
                    c -> pure && TypedTrees.deterministic(c),
                    pushed -> new ResolvedPlan.Project(
                            filter(project.child(), substituted(pushed, project.expressions())),
                            project.expressions(),
                            project.output()));
        } else if (child instanceof ResolvedPlan.Watermark watermark) {
            return split(
                    conjuncts,
                    child,
                    c -> TypedTrees.deterministic(c) && !TypedTrees.inputs(c).get(watermark.column()),
                    pushed -> new ResolvedPlan.Watermark(
                            filter(watermark.child(), pushed),
                            watermark.column(),
                            watermark.delayMs(),
                            watermark.output()));
        } else if (child instanceof ResolvedPlan.Aggregate aggregate) {
            return aggregate(aggregate, conjuncts);
        } else if (child instanceof ResolvedPlan.Union union) {
            return split(
                    conjuncts,
                    child,
                    TypedTrees::deterministic,
                    pushed -> new ResolvedPlan.Union(
                            union.children().stream()
                                    .map(c -> filter(c, pushed))
                                    .toList(),
                            union.output()));
        } else if (child instanceof ResolvedPlan.Generate generate) {
            int width = generate.child().output().size();
            return split(
                    conjuncts,
                    child,
                    c -> TypedTrees.deterministic(c) && TypedTrees.inputs(c).length() <= width,
                    pushed -> new ResolvedPlan.Generate(
                            filter(generate.child(), pushed),
                            generate.generator(),
                            generate.arguments(),
                            generate.outer(),
                            generate.output()));
        } else if (child instanceof ResolvedPlan.Join join) {
            return join(join, conjuncts);
        }
        return above(child, conjuncts);
    }

    private ResolvedPlan aggregate(ResolvedPlan.Aggregate aggregate, List<Typed> conjuncts) {
        int keys = aggregate.keys().size();
        int window =
                aggregate.window().map(ResolvedPlan.Aggregate.GroupWindow::key).orElse(-1);
        Predicate<Typed> onKeys = c -> {
            BitSet inputs = TypedTrees.inputs(c);
            return keys > 0 && TypedTrees.deterministic(c) && inputs.length() <= keys && !inputs.isEmpty();
        };
        return split(conjuncts, aggregate, onKeys, pushed -> {
            boolean ofWindow = window >= 0
                    && pushed.stream().anyMatch(c -> TypedTrees.inputs(c).get(window));
            return ofWindow
                    ? windowed(aggregate, aggregate.window().get(), pushed)
                    : grouped(aggregate, filter(aggregate.child(), substituted(pushed, aggregate.keys())));
        });
    }

    private static ResolvedPlan.Aggregate grouped(ResolvedPlan.Aggregate aggregate, ResolvedPlan child) {
        return new ResolvedPlan.Aggregate(
                child, aggregate.keys(), aggregate.window(), aggregate.aggregates(), aggregate.output());
    }

    /**
     * Asks of each row's window what is asked of a group's. A session is then that of the row alone, from its time to its
     * time plus the gap. A row is in several sliding windows, of which a condition may take some, so that the window
     * becomes a column and a key like others.
     */
    private ResolvedPlan windowed(
            ResolvedPlan.Aggregate aggregate, ResolvedPlan.Aggregate.GroupWindow window, List<Typed> conjuncts) {
        var keys = new ArrayList<>(aggregate.keys());
        Typed time = keys.get(window.key());
        if (!(window.spec() instanceof WindowSpec.Sliding)) {
            keys.set(
                    window.key(),
                    window.spec() instanceof WindowSpec.Session session
                            ? calls.call(
                                    "named_struct",
                                    new Typed.Constant("start", DataType.STRING),
                                    time,
                                    new Typed.Constant("end", DataType.STRING),
                                    calls.call("+", time, session.gap()))
                            : tumbling(time, (WindowSpec.Tumbling) window.spec()));
            return grouped(aggregate, filter(aggregate.child(), substituted(conjuncts, keys)));
        }
        Attribute column = aggregate.output().get(window.key());
        ResolvedPlan.Generate expanded = WindowRows.over(aggregate.child(), window.spec(), time, column);
        keys.set(window.key(), new Typed.Input(aggregate.child().output().size(), column.type(), column.nullable()));
        return new ResolvedPlan.Aggregate(
                filter(expanded, substituted(conjuncts, keys)),
                keys,
                Optional.empty(),
                aggregate.aggregates(),
                aggregate.output());
    }

    private Typed tumbling(Typed time, WindowSpec.Tumbling spec) {
        Typed size = length(spec.sizeMicros());
        return calls.call("window", time, size, size, length(spec.startMicros()));
    }

    private static Typed length(long micros) {
        return new Typed.Constant(Duration.of(micros, ChronoUnit.MICROS), DataType.DAY_TIME);
    }

    private ResolvedPlan join(ResolvedPlan.Join join, List<Typed> conjuncts) {
        int width = join.left().output().size();
        JoinType type = tightened(join, conjuncts);
        boolean leftKept = type != JoinType.RIGHT && type != JoinType.FULL;
        boolean rightKept = type == JoinType.INNER || type == JoinType.CROSS || type == JoinType.RIGHT;
        var left = new ArrayList<Typed>();
        var right = new ArrayList<Typed>();
        var both = new ArrayList<Typed>();
        var rest = new ArrayList<Typed>();
        for (Typed conjunct : conjuncts) {
            BitSet inputs = TypedTrees.inputs(conjunct);
            if (!TypedTrees.deterministic(conjunct) || inputs.isEmpty()) {
                rest.add(conjunct);
            } else if (leftKept && inputs.length() <= width) {
                left.add(conjunct);
            } else if (rightKept && inputs.nextSetBit(0) >= width) {
                right.add(TypedTrees.shift(conjunct, -width));
            } else {
                (type == JoinType.INNER || type == JoinType.CROSS ? both : rest).add(conjunct);
            }
        }
        ResolvedPlan.Join whole = both.isEmpty() && type == join.type() ? join : conditioned(join, type, both);
        if (whole != join) {
            beside(whole, type, left, right);
        }
        ResolvedPlan filteredLeft = filter(whole.left(), left);
        ResolvedPlan filteredRight = filter(whole.right(), right);
        var ofKeys = new KeyConditions(whole.type(), filteredLeft, filteredRight, conditions(whole));
        var pushed = new ResolvedPlan.Join(
                filter(filteredLeft, ofKeys.left()),
                filter(filteredRight, ofKeys.right()),
                whole.type(),
                whole.written(),
                whole.leftKeys(),
                whole.rightKeys(),
                whole.nullSafe(),
                whole.residual(),
                whole.range(),
                whole.output());
        return above(pushed, rest);
    }

    /** An outer join is a narrower one if the conditions above it let none of its rows of NULLs pass. */
    private JoinType tightened(ResolvedPlan.Join join, List<Typed> conjuncts) {
        JoinType type = join.type();
        if (type != JoinType.LEFT && type != JoinType.RIGHT && type != JoinType.FULL) {
            return type;
        }
        int width = join.left().output().size();
        boolean left = conditions.dropsNulls(conjuncts, 0, width);
        boolean right = conditions.dropsNulls(
                conjuncts, width, width + join.right().output().size());
        return switch (type) {
            case LEFT -> right ? JoinType.INNER : type;
            case RIGHT -> left ? JoinType.INNER : type;
            default -> left && right ? JoinType.INNER : left ? JoinType.LEFT : right ? JoinType.RIGHT : type;
        };
    }

    /** A join with further conditions: {@code FROM a, b WHERE a.id = b.id} is a join on the id. */
    private ResolvedPlan.Join conditioned(ResolvedPlan.Join join, JoinType type, List<Typed> conjuncts) {
        var all = new ArrayList<Typed>();
        join.residual().ifPresent(residual -> all.addAll(TypedTrees.conjuncts(residual)));
        all.addAll(conjuncts);
        List<Attribute> left = join.left().output();
        List<Attribute> right = join.right().output();
        var condition = JoinCondition.of(left, right, all);
        return new ResolvedPlan.Join(
                join.left(),
                join.right(),
                type == JoinType.CROSS ? JoinType.INNER : type,
                join.written(),
                joined(join.leftKeys(), condition.leftKeys()),
                joined(join.rightKeys(), condition.rightKeys()),
                joined(join.nullSafe(), condition.nullSafe()),
                condition.residual().stream().reduce(conditions::and),
                condition.range(left, right),
                join.output());
    }

    /** What the changed join's condition asks of a side that is not kept whole acts below it. */
    private void beside(ResolvedPlan.Join join, JoinType type, List<Typed> left, List<Typed> right) {
        int width = join.left().output().size();
        List<Typed> conjuncts = conditions(join);
        boolean inner = type == JoinType.INNER || type == JoinType.CROSS;
        for (Typed conjunct : conjuncts) {
            BitSet inputs = TypedTrees.inputs(conjunct);
            if (inputs.isEmpty() || !TypedTrees.deterministic(conjunct)) {
                continue;
            } else if ((inner || type == JoinType.RIGHT) && inputs.length() <= width) {
                left.add(conjunct);
            } else if ((inner || type == JoinType.LEFT) && inputs.nextSetBit(0) >= width) {
                right.add(TypedTrees.shift(conjunct, -width));
            }
        }
        if (inner || type == JoinType.RIGHT) {
            left.addAll(conditions.present(join.left(), join.left().output(), conjuncts, 0));
        }
        if (inner || type == JoinType.LEFT) {
            right.addAll(conditions.present(join.right(), join.right().output(), conjuncts, width));
        }
    }

    /** The whole condition of a join, over the columns of both sides. */
    private List<Typed> conditions(ResolvedPlan.Join join) {
        int width = join.left().output().size();
        var conjuncts = new ArrayList<Typed>();
        join.residual().ifPresent(residual -> conjuncts.addAll(TypedTrees.conjuncts(residual)));
        for (int k = 0; k < join.leftKeys().size(); k++) {
            Typed rightKey = TypedTrees.shift(join.rightKeys().get(k), width);
            conjuncts.add(conditions.equal(
                    join.leftKeys().get(k), rightKey, join.nullSafe().get(k)));
        }
        return conjuncts;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<Typed> substituted(List<Typed> conjuncts, List<Typed> columns) {
        return conjuncts.stream()
                .map(c -> TypedTrees.substitute(c, input -> columns.get(input.ordinal())))
                .toList();
    }

    private ResolvedPlan split(
            List<Typed> conjuncts,
            ResolvedPlan node,
            Predicate<Typed> below,
            java.util.function.Function<List<Typed>, ResolvedPlan> push) {
        List<Typed> pushed = conjuncts.stream().filter(below).toList();
        List<Typed> rest = conjuncts.stream().filter(below.negate()).toList();
        return above(pushed.isEmpty() ? node : push.apply(pushed), rest);
    }

    private ResolvedPlan above(ResolvedPlan child, List<Typed> conjuncts) {
        return conjuncts.stream()
                .reduce(conditions::and)
                .map(condition -> (ResolvedPlan) new ResolvedPlan.Filter(child, condition))
                .orElse(child);
    }
}
