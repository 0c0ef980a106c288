package org.tailrace.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.expr.Evaluator;
import org.tailrace.expr.Traits;
import org.tailrace.expr.Typed;
import org.tailrace.plan.Attribute;
import org.tailrace.plan.JoinType;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.ResolvedPlan.Join.TimeRange;
import org.tailrace.plan.TimeRanges;

/** Chooses how a join runs: two streams, or a hash table of a bounded side. */
final class JoinPlanner {
    private final ResolvedPlan.Join node;
    private final PlannerOptions options;
    private final Schema left;
    private final Schema right;
    private final Schema both;

    JoinPlanner(ResolvedPlan.Join node, PlannerOptions options) {
        this.node = node;
        this.options = options;
        left = node.left().schema();
        right = node.right().schema();
        var fields = new ArrayList<Field>(left.fields());
        fields.addAll(right.fields());
        both = new Schema(fields);
    }

    /**
     * The columns that a side must give, of those read above and those read here. A stream's side keeps all of them in its
     * state, so that another projection above can resume from it.
     */
    BitSet columns(boolean isLeft, BatchColumns above) {
        if (streams()) {
            return TypedColumns.all(isLeft ? left.size() : right.size());
        }
        return carried(isLeft, above);
    }

    private BitSet carried(boolean isLeft, BatchColumns above) {
        BitSet all = above.split(isLeft, left.size());
        node.residual().ifPresent(r -> {
            var read = new BitSet();
            TypedColumns.collect(r, read);
            all.or(new BatchColumns(read).split(isLeft, left.size()));
        });
        (isLeft ? node.leftKeys() : node.rightKeys()).forEach(k -> TypedColumns.collect(k, all));
        return all;
    }

    /** Columns of the joined rows. */
    record BatchColumns(BitSet columns) {
        BitSet split(boolean isLeft, int leftWidth) {
            return isLeft ? columns.get(0, leftWidth) : columns.get(leftWidth, Math.max(leftWidth, columns.length()));
        }
    }

    boolean streams() {
        return node.left().streaming() && node.right().streaming();
    }

    private int eventTime(boolean isLeft) {
        int range = node.range().map(r -> isLeft ? r.leftTime() : r.rightTime()).orElse(-1);
        if (range >= 0) {
            return range;
        }
        List<Attribute> output = (isLeft ? node.left() : node.right()).output();
        for (int i = 0; i < output.size(); i++) {
            if (output.get(i).eventTime()) {
                return i;
            }
        }
        return -1;
    }

    /** Which key is an event time of either side; −1 for none. */
    private int timeKey() {
        for (int k = 0; k < node.leftKeys().size(); k++) {
            if (eventTime(node.leftKeys().get(k), node.left())
                    || eventTime(node.rightKeys().get(k), node.right())) {
                return k;
            }
        }
        return -1;
    }

    private static boolean eventTime(Typed key, ResolvedPlan side) {
        return key instanceof Typed.Input input
                && side.output().get(input.ordinal()).eventTime();
    }

    private boolean bothTimed() {
        return eventTime(true) >= 0 && eventTime(false) >= 0;
    }

    EventTimes.LateTest lateTest(BitSet above) {
        return lateTime(true, above) >= 0 || lateTime(false, above) >= 0
                ? PhysicalPlanner.byOwnTime()
                : EventTimes.LateTest.NEVER;
    }

    /**
     * The event time by which a side's rows are late, also if the other side has none. As in Spark, which does not carry a
     * column that nothing needs, and so cannot tell that a row is late.
     */
    private int lateTime(boolean isLeft, BitSet above) {
        BitSet carried = carried(isLeft, new BatchColumns(above));
        List<Attribute> output = (isLeft ? node.left() : node.right()).output();
        for (int i = carried.nextSetBit(0); i >= 0; i = carried.nextSetBit(i + 1)) {
            if (output.get(i).eventTime()) {
                return i;
            }
        }
        return -1;
    }

    private JoinPairs pairs(BitSet above) {
        var read = new BitSet();
        node.residual().ifPresent(r -> TypedColumns.collect(r, read));
        return new JoinPairs(
                node.residual().map(options::compile).orElse(null),
                read,
                above,
                left.size(),
                both,
                options.vectorSize());
    }

    private String name() {
        return "Join " + node.type().name().toLowerCase(java.util.Locale.ROOT);
    }

    Operator hash(Operator leftChild, Operator rightChild, BitSet above) {
        boolean buildLeft = node.right().streaming();
        var shape = new HashJoinOperator.Shape(node.type(), buildLeft, keys(true), keys(false), left, right);
        return new HashJoinOperator(name() + " (hash)", leftChild, rightChild, shape, apart(), () -> pairs(above));
    }

    Operator streams(Operator leftChild, Operator rightChild, BitSet above, String stateName, TimeText text) {
        int timeKey = timeKey();
        Optional<TimeRange> range = bothTimed() && timeKey < 0 ? node.range() : Optional.empty();
        var times = new StreamJoinOperator.Times(
                range.map(TimeRange::leftTime).orElseGet(() -> lateTime(true, above)),
                range.map(TimeRange::rightTime).orElseGet(() -> lateTime(false, above)),
                range.map(TimeRange::lowMicros).orElse(Long.MIN_VALUE),
                range.map(TimeRange::highMicros).orElse(Long.MAX_VALUE),
                range.isPresent(),
                timeKey >= 0,
                range.isPresent() && (TimeRanges.never(node, true) || TimeRanges.never(node, false)));
        var index = new JoinIndex(keys(true));
        return new StreamJoinOperator(
                name() + " (streams)",
                leftChild,
                rightChild,
                node.type(),
                apart(),
                times,
                index,
                side(stateName + "-left", true, index, range, timeKey),
                side(stateName + "-right", false, index, range, timeKey),
                () -> pairs(above),
                own(true),
                own(false),
                left,
                right,
                text,
                options.vectorSize());
    }

    /** What the condition asks of one side alone. */
    private List<Evaluator> own(boolean isLeft) {
        var own = new ArrayList<Evaluator>();
        node.residual()
                .ifPresent(residual -> conjuncts(residual, conjunct -> {
                    var read = new BitSet();
                    TypedColumns.collect(conjunct, read);
                    int first = read.nextSetBit(0);
                    if (first >= 0 && (isLeft ? read.length() <= left.size() : first >= left.size())) {
                        own.add(options.compile(conjunct));
                    }
                }));
        return own;
    }

    private static void conjuncts(Typed condition, Consumer<Typed> each) {
        if (condition instanceof Typed.Apply apply && apply.function().name().equals("and")) {
            apply.arguments().forEach(argument -> conjuncts(argument, each));
        } else {
            each.accept(condition);
        }
    }

    private JoinKeys keys(boolean isLeft) {
        // Of a full join no side's NULLs are dropped before, and Spark's table of waiting rows finds NULL under NULL.
        boolean nullsMeet = streams() && node.type() == JoinType.FULL;
        List<Boolean> nullSafe = nullsMeet ? Collections.nCopies(node.nullSafe().size(), true) : node.nullSafe();
        return new JoinKeys(isLeft ? node.leftKeys() : node.rightKeys(), nullSafe, options);
    }

    /** Whether keys and condition follow from the rows alone. */
    private boolean apart() {
        return node.residual().map(Traits::deterministic).orElse(true)
                && node.leftKeys().stream().allMatch(Traits::deterministic)
                && node.rightKeys().stream().allMatch(Traits::deterministic);
    }

    private JoinSide side(String stateName, boolean isLeft, JoinIndex index, Optional<TimeRange> range, int timeKey) {
        JoinSide.Leaving leaving = range.map(r -> new JoinSide.Leaving(isLeft ? r.leftTime() : r.rightTime(), -1))
                .orElse(timeKey >= 0 ? new JoinSide.Leaving(-1, timeKey) : JoinSide.Leaving.NEVER);
        boolean stays = range.isPresent() && TimeRanges.never(node, isLeft);
        return new JoinSide(
                stateName, keys(isLeft), index, isLeft ? left : right, stays ? JoinSide.Leaving.NEVER : leaving);
    }
}
