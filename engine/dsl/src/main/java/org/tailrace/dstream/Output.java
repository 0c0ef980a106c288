package org.tailrace.dstream;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.expr.Expr;
import org.tailrace.function.Emitter;
import org.tailrace.plan.Plan;
import org.tailrace.plan.StatefulSpec;
import org.tailrace.plan.TransformSpec;

/**
 * Turns a DStream and what is done with its RDDs into a plan: the rows of all sources, each beside the number of its source,
 * and a processor over all of them, with one key, that evaluates the graph once for each batch. A timer of processing time
 * makes a batch for an interval without rows.
 *
 * @param rows of the result for each RDD; emitted for its effect too
 */
record Output<T>(Node<T> node, Schema schema, Each<T> rows, Host host) {
    static final String TICK = "tick";
    static final Schema TICK_SCHEMA = Schema.of(new Field("tick_ms", DataType.BIGINT));
    static final Schema SLOT_KEY = Schema.of(new Field("node", DataType.INT), new Field("slot", DataType.BINARY));
    static final Schema SLOT = Schema.of(new Field("number", DataType.BIGINT), new Field("value", DataType.BINARY));
    private static final String SOURCE = "dstream_source";

    /** What is emitted for an RDD. */
    @FunctionalInterface
    interface Each<T> extends Serializable {
        void accept(Rdd<T> rdd, Instant time, Emitter<Row> out) throws Exception;
    }

    Plan plan() {
        List<SourceNode<?>> sources = sources();
        String kept = kept();
        var variables = new ArrayList<TransformSpec.Variable>();
        variables.add(new TransformSpec.Variable(TICK, TransformSpec.Kind.VALUE, Schema.of(), TICK_SCHEMA, 0));
        variables.add(new TransformSpec.Variable(kept, TransformSpec.Kind.MAP, SLOT_KEY, SLOT, 0));
        var transform = new TransformSpec(variables, found -> new OutputProcessor<>(this, sources, found, kept));
        var spec = new StatefulSpec(
                "dstream",
                List.of(new Expr.Literal(0, DataType.INT)),
                Optional.empty(),
                Schema.of(new Field("all", DataType.INT)),
                Schema.of(),
                schema,
                StatefulSpec.Timeout.PROCESSING_TIME,
                Optional.empty(),
                false,
                (key, input, state, out) -> {
                    throw new IllegalStateException("a processor is no function of groups");
                },
                Optional.of(transform),
                Optional.empty());
        return new Plan.Stateful(input(sources), spec);
    }

    private List<SourceNode<?>> sources() {
        var found = new ArrayList<SourceNode<?>>();
        for (Node<?> each : node.graph()) {
            if (each instanceof SourceNode<?> source) {
                found.add(source);
            }
        }
        return found;
    }

    /** The name of what is kept says how, so that another graph does not take up the checkpoint of this one. */
    private String kept() {
        String all = node.graph().stream()
                .map(Node::keeps)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "nothing" : all;
    }

    private static Plan input(List<SourceNode<?>> sources) {
        var all = new ArrayList<Plan>();
        for (int i = 0; i < sources.size(); i++) {
            var outputs = new ArrayList<Expr>();
            outputs.add(new Expr.Alias(new Expr.Literal(i, DataType.INT), SOURCE));
            for (int j = 0; j < sources.size(); j++) {
                Schema schema = sources.get(j).schema;
                Expr row = new Expr.Call("struct", references(schema));
                Expr none = new Expr.Cast(
                        new Expr.Literal(null, DataType.VOID), new DataType.Struct(nullable(schema)), false);
                outputs.add(new Expr.Alias(i == j ? row : none, "source" + j));
            }
            all.add(new Plan.Project(sources.get(i).plan, outputs));
        }
        return all.size() == 1 ? all.get(0) : new Plan.Union(all, true, true);
    }

    private static List<Expr> references(Schema schema) {
        var references = new ArrayList<Expr>();
        schema.names().forEach(name -> references.add(new Expr.Ref(name)));
        return references;
    }

    private static Schema nullable(Schema schema) {
        return new Schema(schema.fields().stream()
                .map(f -> new Field(f.name(), f.type(), true))
                .toList());
    }

    /** The rows of each source. */
    static Map<Node<?>, List<Row>> bySource(Iterable<Row> rows, List<SourceNode<?>> sources) {
        var inputs = new HashMap<Node<?>, List<Row>>();
        for (Row row : rows) {
            int source = (Integer) row.get(0);
            inputs.computeIfAbsent(sources.get(source), s -> new ArrayList<>()).add((Row) row.get(1 + source));
        }
        return inputs;
    }

    /** Text for an element that is printed. */
    static String text(@Nullable Object element) {
        return String.valueOf(element);
    }
}
