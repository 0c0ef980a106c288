package org.tailrace.plan;

import java.util.List;
import java.util.Locale;

/** Keyed state with functions, and duplicates. */
final class StatefulRules {
    private StatefulRules() {}

    static void check(ResolvedPlan node, OutputMode mode, ResolvedPlan whole) {
        if (node instanceof ResolvedPlan.Deduplicate deduplicate && deduplicate.withinWatermark()) {
            duplicates(deduplicate);
        } else if (node instanceof ResolvedPlan.Stateful stateful) {
            stateful(stateful, mode, PlanNodes.all(whole));
        }
    }

    private static void duplicates(ResolvedPlan.Deduplicate node) {
        if (node.child().output().stream().noneMatch(Attribute::eventTime)) {
            throw PlanRules.refused(
                    "TR-219",
                    "dropDuplicatesWithinWatermark needs a watermark",
                    "the watermark's delay says how long a key is remembered",
                    ".withWatermark(\"ts\", \"10 minutes\") before it, or .dropDuplicates(..), which never forgets");
        }
    }

    /** Functions of groups in a chain: the upper one would take rows that the lower one sends again for new ones. */
    private static void several(List<ResolvedPlan> all, OutputMode mode) {
        List<StatefulSpec> functions = all.stream()
                .filter(n -> n instanceof ResolvedPlan.Stateful && n.streaming())
                .map(n -> ((ResolvedPlan.Stateful) n).spec())
                .filter(spec -> spec.map() || spec.mode().isPresent())
                .toList();
        boolean appends = mode == OutputMode.APPEND
                && functions.stream()
                        .allMatch(spec ->
                                spec.mode().filter(m -> m == OutputMode.APPEND).isPresent());
        if (functions.size() > 1 && !appends) {
            throw PlanRules.refused(
                    "TR-235",
                    functions.get(0).name() + " and " + functions.get(1).name() + " in one query",
                    "rows that the lower one updates would be new rows for the upper one",
                    "flatMapGroupsWithState in append mode for both, or two queries with a sink between them");
        }
    }

    private static void stateful(ResolvedPlan.Stateful node, OutputMode mode, List<ResolvedPlan> all) {
        StatefulSpec spec = node.spec();
        String name = spec.name();
        several(all, mode);
        boolean aggregates = all.stream().anyMatch(n -> n instanceof ResolvedPlan.Aggregate && n.streaming());
        boolean updates = spec.mode().filter(m -> m == OutputMode.UPDATE).isPresent();
        if (aggregates && !spec.map() && updates) {
            throw PlanRules.refused(
                    "TR-230",
                    name + " and an aggregate in one query",
                    "rows that it updates would be counted as new ones",
                    "a function in append mode, or two queries");
        }
        OutputMode wanted = spec.map() ? OutputMode.UPDATE : spec.mode().orElse(mode);
        if (wanted != mode && (!aggregates || spec.map())) {
            String own = wanted.name().toLowerCase(Locale.ROOT);
            throw PlanRules.refused(
                    "TR-229",
                    name + " cannot be sent in " + mode.name().toLowerCase(Locale.ROOT) + " mode",
                    "it gives rows for " + own + " mode",
                    "." + own + "()");
        }
        boolean time = node.child().output().stream().anyMatch(Attribute::eventTime);
        // A processor runs without one too, as in Spark; its timers never come.
        if (spec.transform().isEmpty() && spec.timeout() == StatefulSpec.Timeout.EVENT_TIME && !time) {
            throw PlanRules.refused(
                    "TR-220",
                    "an event-time timeout of " + name + " needs a watermark",
                    "without one event time never advances",
                    ".withWatermark(\"ts\", \"...\") before it");
        }
    }
}
