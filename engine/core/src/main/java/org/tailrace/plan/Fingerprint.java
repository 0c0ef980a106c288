package org.tailrace.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Typed;

/**
 * What a checkpoint depends on, one line each: the sources, the sink, and the stateful operators from the sources up with
 * the shape of their state. Filters, projections, aliases, delays, the output mode and the size of a limit may change
 * between a stop and a start, so they are not in it; a lambda counts only by its schemas.
 */
public final class Fingerprint {
    private static final Set<String> PATHS = Set.of("csv", "json", "text", "parquet", "avro", "orc");

    private Fingerprint() {}

    public static List<String> of(ResolvedPlan plan, SinkSpec sink) {
        var lines = new ArrayList<String>();
        sources(plan, lines);
        lines.add(PATHS.contains(sink.kind()) ? "sink " + sink.identity() : "sink " + sink.kind());
        operators(plan, lines);
        return List.copyOf(lines);
    }

    /** How two lists differ, one difference a line; empty if they do not. */
    public static String difference(List<String> before, List<String> now) {
        var out = new ArrayList<String>();
        int common = common(before, now);
        List<String> old = before.subList(common, before.size());
        List<String> fresh = now.subList(common, now.size());
        for (int i = 0; i < Math.max(old.size(), fresh.size()); i++) {
            if (i >= old.size()) {
                out.add("new: " + fresh.get(i));
            } else if (i >= fresh.size()) {
                out.add("gone: " + old.get(i));
            } else if (!old.get(i).equals(fresh.get(i))) {
                out.add("was: " + old.get(i) + "\nis:  " + fresh.get(i));
            }
        }
        return String.join("\n", out);
    }

    private static int common(List<String> before, List<String> now) {
        int i = 0;
        while (i < before.size() && i < now.size() && before.get(i).equals(now.get(i))) {
            i++;
        }
        return i;
    }

    /** Streams in the order of the plan, one line for a source that is read more than once. */
    private static void sources(ResolvedPlan plan, List<String> lines) {
        var seen = new HashSet<String>();
        for (ResolvedPlan node : PlanNodes.all(plan)) {
            if (node instanceof ResolvedPlan.Source source && source.streaming()) {
                String line =
                        "source " + source.spec().kind() + " " + source.spec().identity();
                if (seen.add(line)) {
                    lines.add(line);
                }
            }
        }
    }

    private static void operators(ResolvedPlan node, List<String> lines) {
        node.children().forEach(child -> operators(child, lines));
        if (!node.streaming()) {
            return;
        }
        if (node instanceof ResolvedPlan.Aggregate aggregate) {
            lines.add(aggregate(aggregate));
        } else if (node instanceof ResolvedPlan.Deduplicate deduplicate) {
            String keys = deduplicate.keys().stream()
                    .map(key -> column(node.output().get(key)))
                    .collect(Collectors.joining(", "));
            lines.add((deduplicate.withinWatermark() ? "duplicates within watermark by " : "duplicates by ") + keys);
        } else if (node instanceof ResolvedPlan.Join join && JoinRules.ofStreams(join)) {
            lines.add(join(join));
        } else if (node instanceof ResolvedPlan.Stateful stateful) {
            StatefulSpec spec = stateful.spec();
            String kept = spec.transform().map(t -> t.variables().toString()).orElse(schema(spec.state()));
            lines.add((spec.transform().isPresent() ? "processor by " : "function by ") + schema(spec.key()) + "; rows "
                    + schema(stateful.child().schema()) + "; state "
                    + kept + "; makes " + schema(spec.output()) + "; timeout "
                    + spec.timeout().name().toLowerCase(Locale.ROOT));
        } else if (node instanceof ResolvedPlan.Limit) {
            lines.add("limit");
        }
    }

    private static String aggregate(ResolvedPlan.Aggregate node) {
        String keys = node.output().subList(0, node.keys().size()).stream()
                .map(Fingerprint::column)
                .collect(Collectors.joining(", "));
        String calls = node.aggregates().stream().map(Fingerprint::call).collect(Collectors.joining(", "));
        String window = node.window().map(w -> "; window " + window(w.spec())).orElse("");
        return "groups by " + (keys.isEmpty() ? "nothing" : keys) + window + "; values "
                + (calls.isEmpty() ? "none" : calls);
    }

    private static String window(WindowSpec spec) {
        if (spec instanceof WindowSpec.Tumbling tumbling) {
            return "tumbling " + tumbling.sizeMicros() + " from " + tumbling.startMicros();
        } else if (spec instanceof WindowSpec.Sliding sliding) {
            return "sliding " + sliding.sizeMicros() + " by " + sliding.slideMicros() + " from "
                    + sliding.startMicros();
        }
        return "session";
    }

    private static String call(AggregateCall call) {
        String arguments = call.arguments().stream()
                .map(Typed::type)
                .map(type -> type.ddl())
                .collect(Collectors.joining(", "));
        return call.function().name() + "(" + (call.distinct() ? "distinct " : "") + arguments + ") "
                + call.type().ddl();
    }

    private static String join(ResolvedPlan.Join node) {
        String keys = node.leftKeys().stream().map(key -> key.type().ddl()).collect(Collectors.joining(", "));
        return node.written().name().toLowerCase(Locale.ROOT) + " join on " + keys + "; left "
                + schema(node.left().schema()) + "; right "
                + schema(node.right().schema());
    }

    private static String column(Attribute column) {
        return Field.quoted(column.name()) + " " + column.type().ddl() + (column.eventTime() ? " event time" : "");
    }

    private static String schema(Schema schema) {
        return "(" + schema + ")";
    }
}
