package org.tailrace.plan;

import java.util.Locale;

/** Operators that need the whole of their input, which a stream never has. */
final class ShapeRules {
    private ShapeRules() {}

    static void check(ResolvedPlan node, OutputMode mode) {
        if (node instanceof ResolvedPlan.Sort sort && !(mode == OutputMode.COMPLETE && PlanRules.aggregated(sort))) {
            throw PlanRules.refused(
                    "TR-205",
                    "a stream can be sorted only when all of it is sent",
                    PlanRules.aggregated(sort)
                            ? "in " + mode.name().toLowerCase(Locale.ROOT) + " mode only a part of the groups is sent"
                            : "rows that come later may belong before those already sent",
                    PlanRules.aggregated(sort)
                            ? ".complete()"
                            : "sort what the sink has kept, such as streams.table(\"name\")");
        } else if (node instanceof ResolvedPlan.Limit && mode == OutputMode.UPDATE) {
            throw PlanRules.refused(
                    "TR-206",
                    "a limit cannot be sent in update mode",
                    "which rows are the first ones would change",
                    ".append() for the first rows of the stream, .complete() with an order for the top of all groups");
        } else if (node instanceof ResolvedPlan.Offset) {
            throw PlanRules.refused(
                    "TR-207",
                    "OFFSET is not for streams" + (node.streaming() ? "" : ", nor for a table that is joined with one"),
                    "rows skipped once would have to be counted for ever",
                    "a condition on the rows");
        } else if (node instanceof ResolvedPlan.SetOperation operation && operation.intersect()) {
            throw PlanRules.refused(
                    "TR-208",
                    "INTERSECT is not for streams",
                    "it needs all rows of both sides",
                    "a semi join on the columns");
        } else if (node instanceof ResolvedPlan.SetOperation) {
            throw PlanRules.refused(
                    "TR-209",
                    "EXCEPT is not for streams",
                    "a row that is sent today could be taken away tomorrow",
                    "an anti join with a bounded table");
        } else if (node instanceof ResolvedPlan.Union union
                && !union.children().stream().allMatch(ResolvedPlan::streaming)) {
            throw PlanRules.refused(
                    "TR-211",
                    "a stream and a bounded table in one UNION",
                    "the table's rows would come again with every batch",
                    "two queries into one sink");
        } else if (node instanceof ResolvedPlan.Window window) {
            throw PlanRules.refused(
                    "TR-212",
                    window.calls().get(0).name() + "(..) OVER (..) is not for streams",
                    "it needs all rows of a partition",
                    "windows of time with .tumbling/.sliding/.session, or keyed state with .keyBy(..).process(..)");
        } else if (node instanceof ResolvedPlan.Watermark watermark) {
            watermark(watermark);
        }
    }

    private static void watermark(ResolvedPlan.Watermark node) {
        for (Attribute column : node.child().output()) {
            if (column.eventTime()) {
                throw PlanRules.refused(
                        "TR-218",
                        "a watermark on '" + node.output().get(node.column()).name() + "' above one on '"
                                + column.name() + "'",
                        "a stream has one watermark, and the operators between them would be on the first",
                        "keep one of them");
            }
        }
    }
}
