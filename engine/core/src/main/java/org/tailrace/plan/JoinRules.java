package org.tailrace.plan;

import java.util.List;
import java.util.Locale;
import org.tailrace.expr.Typed;

/** Joins with streams: which side may wait for a partner, and until when. */
final class JoinRules {
    private JoinRules() {}

    static boolean ofStreams(ResolvedPlan.Join join) {
        return join.left().streaming() && join.right().streaming();
    }

    static void check(ResolvedPlan node, OutputMode mode) {
        if (node instanceof ResolvedPlan.Join join) {
            if (ofStreams(join)) {
                streams(join, mode);
            } else {
                withTable(join);
            }
        }
    }

    private static void withTable(ResolvedPlan.Join join) {
        boolean streamLeft = join.left().streaming();
        JoinType type = join.written();
        if (type == JoinType.FULL) {
            throw PlanRules.refused(
                    "TR-222",
                    "a full outer join of a stream and a bounded table",
                    "whether a row of the table has no partner in the stream is never known",
                    "a join that keeps the stream: " + (streamLeft ? "leftJoin" : "rightJoin"));
        } else if (type == JoinType.LEFT && !streamLeft || type == JoinType.RIGHT && streamLeft) {
            throw PlanRules.refused(
                    "TR-221",
                    "a " + name(type) + " join that keeps the rows of the bounded table",
                    "whether a row of the table has no partner in the stream is never known",
                    "put the stream on the side that is kept, or use an inner join");
        } else if ((type == JoinType.SEMI || type == JoinType.ANTI) && !streamLeft) {
            throw PlanRules.refused(
                    "TR-223",
                    "a " + name(type) + " join that looks a bounded table up in a stream",
                    "whether a row of the table has a partner in the stream may change for ever",
                    "put the stream on the left");
        }
    }

    /** In the order in which Spark tests them: it finds that there is no equality only when it plans the first batch. */
    private static void streams(ResolvedPlan.Join join, OutputMode mode) {
        JoinType type = join.written();
        boolean outer = type == JoinType.LEFT || type == JoinType.RIGHT || type == JoinType.FULL;
        if (type == JoinType.ANTI) {
            throw PlanRules.refused(
                    "TR-227",
                    "an anti join of two streams",
                    "a partner may always come later",
                    "a left join with a watermark and a time range, and a condition on the NULLs");
        } else if (mode == OutputMode.COMPLETE) {
            throw PlanRules.refused(
                    "TR-228",
                    "a join of two streams in complete mode",
                    "all pairs so far would be sent in every batch",
                    ".append()");
        } else if (outer && mode == OutputMode.UPDATE) {
            throw PlanRules.refused(
                    "TR-226",
                    "a " + name(type) + " join of two streams in update mode",
                    "a row without partner is final only when the watermark has passed",
                    ".append()");
        } else if ((outer || type == JoinType.SEMI) && !ends(join)) {
            throw PlanRules.refused(
                    "TR-225",
                    "a " + name(type) + " join of two streams must know when no partner can come any more",
                    "it has neither a watermark in its keys, nor a watermark on "
                            + (type == JoinType.RIGHT ? "the left" : type == JoinType.FULL ? "a" : "the right")
                            + " side and a time range in its condition",
                    ".withWatermark(..) on both sides and a condition such as\n"
                            + "\"p.ts between o.ts and o.ts + interval 15 minutes\"");
        } else if (join.leftKeys().isEmpty()) {
            throw PlanRules.refused(
                    "TR-224",
                    "two streams joined without an equality",
                    "every row would have to be compared with every row of the other stream",
                    "an equality of columns in the condition, such as \"o.id = p.orderId\"");
        }
    }

    /** Whether rows of the preserved side leave the state: by a watermark in the keys, or by a range. */
    private static boolean ends(ResolvedPlan.Join join) {
        if (timeInKeys(join.leftKeys(), join.left()) || timeInKeys(join.rightKeys(), join.right())) {
            return true;
        }
        boolean left = false;
        boolean right = false;
        for (ResolvedPlan.Join.TimeRange range : ranges(join)) {
            left |= join.right().output().get(range.rightTime()).eventTime() && range.highMicros() != Long.MAX_VALUE;
            right |= join.left().output().get(range.leftTime()).eventTime() && range.lowMicros() != Long.MIN_VALUE;
        }
        return switch (join.written()) {
            case RIGHT -> right;
            case FULL -> left || right;
            default -> left;
        };
    }

    static List<ResolvedPlan.Join.TimeRange> ranges(ResolvedPlan.Join join) {
        List<Typed> conjuncts = join.residual().map(TypedTrees::conjuncts).orElse(List.of());
        return TimeRanges.find(conjuncts, join.left().output(), join.right().output());
    }

    static boolean timeInKeys(List<Typed> keys, ResolvedPlan side) {
        return keys.stream()
                .anyMatch(key -> key instanceof Typed.Input input
                        && side.output().get(input.ordinal()).eventTime());
    }

    static String name(JoinType type) {
        return type.name().toLowerCase(Locale.ROOT)
                + (type == JoinType.LEFT || type == JoinType.RIGHT || type == JoinType.FULL ? " outer" : "");
    }
}
