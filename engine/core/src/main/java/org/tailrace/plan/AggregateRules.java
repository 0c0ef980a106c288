package org.tailrace.plan;

import java.util.List;
import java.util.stream.Collectors;
import org.tailrace.expr.AggregateCall;

/** What aggregates over streams can be, and in which output modes. */
final class AggregateRules {
    private AggregateRules() {}

    /** What the output mode asks of the aggregates of the whole plan. */
    static void mode(ResolvedPlan plan, OutputMode mode) {
        List<ResolvedPlan.Aggregate> aggregates = PlanNodes.all(plan).stream()
                .filter(node -> node instanceof ResolvedPlan.Aggregate && node.streaming())
                .map(ResolvedPlan.Aggregate.class::cast)
                .toList();
        if (mode == OutputMode.COMPLETE && aggregates.isEmpty()) {
            throw PlanRules.refused(
                    "TR-202",
                    "complete needs an aggregate",
                    "it sends the whole result in every batch, and without groups that would be every row so far",
                    ".append() to send each row once, or group the rows");
        } else if (mode == OutputMode.APPEND) {
            aggregates.forEach(AggregateRules::finishes);
        }
    }

    static void sessions(ResolvedPlan plan, OutputMode mode) {
        boolean any = PlanNodes.all(plan).stream()
                .anyMatch(node ->
                        node instanceof ResolvedPlan.Aggregate aggregate && node.streaming() && session(aggregate));
        if (mode == OutputMode.UPDATE && any) {
            throw PlanRules.refused(
                    "TR-203",
                    "sessions cannot be sent in update mode",
                    "a row may join two sessions into one, and what was sent of them could not be taken back",
                    ".append() to send finished sessions, .complete() to send all of them");
        }
    }

    static void check(ResolvedPlan node) {
        if (node instanceof ResolvedPlan.Aggregate aggregate) {
            calls(aggregate);
            if (session(aggregate) && aggregate.keys().size() == 1) {
                throw PlanRules.refused(
                        "TR-217",
                        "a session window needs another key",
                        "sessions of a stream belong to someone, such as a user or a device",
                        ".groupBy(\"user\").session(..)");
            }
        }
    }

    private static void calls(ResolvedPlan.Aggregate aggregate) {
        for (AggregateCall call : aggregate.aggregates()) {
            if (call.distinct()) {
                throw PlanRules.refused(
                        "TR-213",
                        call.function().name() + "(DISTINCT ..) needs every value that a stream ever had",
                        PlanNodes.describe(aggregate) + " would keep all of them",
                        "approx_count_distinct(..), or dropDuplicates(..) before it");
            }
        }
    }

    private static boolean session(ResolvedPlan.Aggregate aggregate) {
        return aggregate
                .window()
                .filter(w -> w.spec() instanceof WindowSpec.Session)
                .isPresent();
    }

    /** Append sends a group once, when the watermark says that it is finished. */
    private static void finishes(ResolvedPlan.Aggregate aggregate) {
        int keys = aggregate.keys().size();
        if (aggregate.output().subList(0, keys).stream().anyMatch(Attribute::eventTime)) {
            return;
        }
        List<String> times = PlanNodes.below(aggregate).stream()
                .filter(ResolvedPlan.Watermark.class::isInstance)
                .map(node -> node.output()
                        .get(((ResolvedPlan.Watermark) node).column())
                        .name())
                .toList();
        boolean window = aggregate.window().isPresent();
        String why;
        if (times.isEmpty()) {
            why = window
                    ? " has a window but no watermark: no window ever ends"
                    : " has no window and no watermark: its rows can change for ever";
        } else {
            String time = times.stream().distinct().collect(Collectors.joining(", "));
            why = " does not group by the event time " + time + ", so that its watermark finishes no group";
        }
        String windows = window && times.isEmpty()
                ? "or .withWatermark(\"ts\", \"...\") before the window for finished windows"
                : times.isEmpty()
                        ? "or .withWatermark(\"ts\", \"...\") with .tumbling/.sliding/.session for finished windows"
                        : "or .tumbling/.sliding/.session on \"" + times.get(0) + "\" for finished windows";
        throw PlanRules.refused(
                "TR-204",
                "append needs to know when a group is finished",
                PlanNodes.describe(aggregate) + why,
                ".update() to send each change, .complete() to send the whole table,\n" + windows);
    }
}
