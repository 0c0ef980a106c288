package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a query may do that its author does not expect, for {@code explain()} and the status card. One sentence each. */
public final class Warnings {
    private Warnings() {}

    public static List<String> of(ResolvedPlan plan, OutputMode mode) {
        var warnings = new ArrayList<String>();
        if (!plan.streaming()) {
            return warnings;
        }
        long watermarks = PlanNodes.all(plan).stream()
                .filter(ResolvedPlan.Watermark.class::isInstance)
                .count();
        if (watermarks > 1) {
            warnings.add("The watermark is the lowest of its " + watermarks
                    + " sources', unless the policy is max: a source that is silent holds all results back.");
        }
        for (ResolvedPlan node : PlanNodes.all(plan)) {
            if (!node.streaming()) {
                continue;
            }
            if (node instanceof ResolvedPlan.Join join && JoinRules.ofStreams(join)) {
                join(join, warnings);
            } else if (node instanceof ResolvedPlan.Deduplicate deduplicate) {
                deduplicate(deduplicate, warnings);
            } else if (node instanceof ResolvedPlan.Aggregate aggregate && mode == OutputMode.UPDATE) {
                aggregate(aggregate, warnings);
            } else if (node instanceof ResolvedPlan.Stateful stateful
                    && stateful.spec().timeout() == StatefulSpec.Timeout.EVENT_TIME
                    && !hasTime(stateful.child())) {
                warnings.add("The timers of " + stateful.spec().name()
                        + " never come: there is no watermark that could reach them.");
            }
        }
        return warnings;
    }

    /** As they stand below an explained plan, a line each. */
    public static String notes(List<String> warnings) {
        return warnings.stream().map(warning -> "note: " + warning + "\n").collect(Collectors.joining());
    }

    private static void join(ResolvedPlan.Join join, List<String> warnings) {
        boolean left = hasTime(join.left());
        boolean right = hasTime(join.right());
        boolean keys = JoinRules.timeInKeys(join.leftKeys(), join.left())
                || JoinRules.timeInKeys(join.rightKeys(), join.right());
        for (boolean isLeft : new boolean[] {true, false}) {
            if (join.range().isPresent() && !keys && TimeRanges.never(join, isLeft)) {
                warnings.add("Rows of the " + (isLeft ? "left" : "right") + " side never leave the state of the "
                        + JoinRules.name(join.type())
                        + " join, and none comes out without a partner: Spark takes the lower"
                        + " bound of a number in its condition for one of its time. Compute that comparison as a column below"
                        + " the join, and name the column in the condition.");
            }
        }
        if (join.type() == JoinType.FULL && join.nullSafe().contains(false)) {
            warnings.add(
                    "The full join of two streams takes NULL for equal to NULL in its keys, as Spark does: give it rows"
                            + " whose keys are not NULL, or say k IS NOT NULL in its condition.");
        }
        boolean outer = join.type() == JoinType.LEFT || join.type() == JoinType.RIGHT || join.type() == JoinType.FULL;
        if (outer && !(left && right)) {
            warnings.add("Only one side of the " + JoinRules.name(join.type())
                    + " join has a watermark: no row is ever sent without a partner, and none leaves the state."
                    + " Give the other side a watermark too.");
        } else if (!(left && right) || join.range().isEmpty() && !keys) {
            warnings.add("Rows of the join of two streams never leave its state: give both sides a watermark and the"
                    + " condition a time range.");
        }
    }

    private static boolean hasTime(ResolvedPlan side) {
        return side.output().stream().anyMatch(Attribute::eventTime);
    }

    private static void deduplicate(ResolvedPlan.Deduplicate node, List<String> warnings) {
        String verb = PlanNodes.describe(node);
        if (!node.withinWatermark()
                && node.keys().stream().noneMatch(key -> node.output().get(key).eventTime())) {
            warnings.add(verb + " remembers every key for ever: dropDuplicatesWithinWatermark forgets them,"
                    + " and so does an event time among the keys.");
        } else if (node.withinWatermark() && node.output().stream().anyMatch(a -> a.eventTime() && a.nullable())) {
            warnings.add(verb + " sends every row whose event time is NULL and remembers none of them.");
        }
    }

    private static void aggregate(ResolvedPlan.Aggregate node, List<String> warnings) {
        int keys = node.keys().size();
        if (keys > 0 && node.output().subList(0, keys).stream().noneMatch(Attribute::eventTime)) {
            warnings.add(PlanNodes.describe(node)
                    + " keeps every group for ever: none of its keys is an event time with a" + " watermark.");
        }
    }
}
