package org.tailrace.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.Nearest;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/**
 * The one list of what a stream cannot run: output mode by shape of the plan, as Spark refuses it, also where Spark
 * notices only when the first batch has started. A query that breaks several rules is refused for the one that Spark
 * names: first the sink, then the output mode, then operators from the sources up, at last what they are in a chain. One
 * code per rule:
 *
 * <pre>
 * TR-201 no such output mode                      TR-218 a second watermark above a first
 * TR-202 complete without an aggregate            TR-219 dropDuplicatesWithinWatermark without watermark
 * TR-203 update of session windows                TR-220 an event-time timeout without watermark
 * TR-204 append of groups that never finish       TR-221 a stream and a table in one outer join, the table kept whole
 * TR-205 ORDER BY of a stream that goes on        TR-222 full outer join of a stream and a table
 * TR-206 LIMIT in update mode                     TR-223 semi or anti join of a table with a stream
 * TR-207 OFFSET                                   TR-224 streams joined without equality
 * TR-208 INTERSECT                                TR-225 outer or semi join of streams without watermark and range
 * TR-209 EXCEPT                                   TR-226 outer join of streams in update mode
 * TR-210 a stream in a subquery (resolver)        TR-227 anti join of streams
 * TR-211 UNION of a stream and a table            TR-228 join of streams in complete mode
 * TR-212 analytic functions                       TR-229 a stateful function in a mode that is not its own
 * TR-213 aggregates with DISTINCT                 TR-230 a stateful function and aggregates
 * TR-214 TABLESAMPLE (parser)                     TR-231 a sink that only appends
 * TR-215 PIVOT (parser)                           TR-232 a bounded table is not started
 * TR-216 stateful operators in a chain            TR-233 a stream is not shown or collected
 * TR-217 a session window without another key     TR-234 a replay and a live source in one query
 *                                                 TR-235 several functions of groups, not all in append mode
 * </pre>
 */
public final class PlanRules {
    private static final Set<String> FILES = Set.of("csv", "json", "text", "parquet", "avro", "orc");

    private PlanRules() {}

    /** As {@link #check(ResolvedPlan, OutputMode, SinkSpec, Trigger, Place)}, with no place in a text. */
    public static void check(ResolvedPlan plan, OutputMode mode, SinkSpec sink, Trigger trigger) {
        check(plan, mode, sink, trigger, null);
    }

    /**
     * Judges a whole query before its first batch.
     *
     * @param start where the query was started, for the error
     * @throws PlanException with the code of the first rule that it breaks
     */
    public static void check(
            ResolvedPlan plan, OutputMode mode, SinkSpec sink, Trigger trigger, @Nullable Place start) {
        try {
            if (!plan.streaming()) {
                throw refused(
                        "TR-232",
                        "this table is bounded: there is nothing to start",
                        "a query is started on a stream; a bounded table is read at once",
                        ".show(), or use it in a join with a stream");
            }
            sink(mode, sink);
            AggregateRules.mode(plan, mode);
            for (ResolvedPlan node : PlanNodes.upwards(plan)) {
                if (node.streaming() || node instanceof ResolvedPlan.Offset) {
                    ShapeRules.check(node, mode);
                }
                if (node.streaming()) {
                    AggregateRules.check(node);
                    JoinRules.check(node, mode);
                    StatefulRules.check(node, mode, plan);
                }
            }
            chain(plan, mode);
            AggregateRules.sessions(plan, mode);
            sources(plan);
        } catch (PlanException e) {
            throw e.place().isPresent() || start == null
                    ? e
                    : new PlanException(e.problem().at(start), e.getCause());
        }
    }

    /** The output mode of that name. @throws PlanException TR-201 if there is none */
    public static OutputMode mode(String name) {
        for (OutputMode mode : OutputMode.values()) {
            if (mode.name().equalsIgnoreCase(name)) {
                return mode;
            }
        }
        throw new PlanException(Problem.of("TR-201", "no output mode '" + name + "'")
                .have("append, update, complete")
                .fix(Nearest.question(name.toLowerCase(Locale.ROOT), List.of("append", "update", "complete"))));
    }

    /** @param action such as {@code show} @throws PlanException TR-233 if the plan is a stream */
    public static void requireBounded(ResolvedPlan plan, String action, @Nullable Place place) {
        if (plan.streaming()) {
            PlanException e = refused(
                    "TR-233",
                    action + " needs a bounded table, and this is a stream",
                    "its rows never end",
                    ".live() draws it, .to(memory(\"name\")).start() keeps its rows in a table");
            throw new PlanException(e.problem().at(place));
        }
    }

    static PlanException refused(String code, String what, String why, String fix) {
        return new PlanException(Problem.of(code, what).because(why).fix(fix));
    }

    /** Whether the operator keeps state from batch to batch. */
    public static boolean stateful(ResolvedPlan node) {
        if (!node.streaming()) {
            return false;
        }
        if (node instanceof ResolvedPlan.Deduplicate deduplicate) {
            return deduplicate.withinWatermark()
                    || deduplicate.keys().stream()
                            .anyMatch(key -> node.output().get(key).eventTime());
        }
        return node instanceof ResolvedPlan.Aggregate
                || node instanceof ResolvedPlan.Stateful
                || node instanceof ResolvedPlan.Join join && JoinRules.ofStreams(join);
    }

    /** Whether a stream is aggregated below the operator: in complete mode its input is then the whole result each time. */
    public static boolean aggregated(ResolvedPlan node) {
        return PlanNodes.below(node).stream().anyMatch(n -> n instanceof ResolvedPlan.Aggregate && n.streaming());
    }

    /** Rows that a changing aggregate sends again would be counted twice by a stateful operator above it. */
    private static void chain(ResolvedPlan plan, OutputMode mode) {
        for (ResolvedPlan upper : PlanNodes.all(plan)) {
            for (ResolvedPlan lower : stateful(upper) ? PlanNodes.below(upper) : List.<ResolvedPlan>of()) {
                boolean changes = lower instanceof ResolvedPlan.Aggregate && mode != OutputMode.APPEND;
                boolean timeout = lower instanceof ResolvedPlan.Stateful s
                        && s.spec().timeout() == StatefulSpec.Timeout.EVENT_TIME;
                if (lower.streaming() && (changes || timeout)) {
                    throw refused(
                            "TR-216",
                            PlanNodes.describe(lower) + " feeds " + PlanNodes.describe(upper)
                                    + ", which keeps state too",
                            changes
                                    ? "in " + mode.name().toLowerCase(Locale.ROOT)
                                            + " mode the lower one sends a group again whenever it changes"
                                    : "its timeouts send rows that are older than the watermark",
                            changes
                                    ? ".append(), which sends each window once, when it is finished;"
                                            + " or two queries with a sink between them"
                                    : "two queries with a sink between them");
                }
            }
        }
    }

    private static void sources(ResolvedPlan plan) {
        List<SourceSpec> streams = PlanNodes.all(plan).stream()
                .filter(ResolvedPlan.Source.class::isInstance)
                .map(node -> ((ResolvedPlan.Source) node).spec())
                .filter(SourceSpec::streaming)
                .toList();
        boolean replays = streams.stream().anyMatch(s -> s.arrivalColumn().isPresent());
        boolean live = streams.stream().anyMatch(s -> s.arrivalColumn().isEmpty());
        if (replays && live) {
            throw refused(
                    "TR-234",
                    "a replay and a live source in one query",
                    "a replay runs on a clock of its own",
                    "replay both, or read both live");
        }
    }

    private static void sink(OutputMode mode, SinkSpec sink) {
        if (FILES.contains(sink.kind()) && mode != OutputMode.APPEND) {
            throw refused(
                    "TR-231",
                    "files can only be appended to",
                    "a " + sink.kind() + " sink cannot take back rows that "
                            + mode.name().toLowerCase(Locale.ROOT) + " mode replaces",
                    ".append(), or .forEachBatch(..) to write files of your own");
        }
    }
}
