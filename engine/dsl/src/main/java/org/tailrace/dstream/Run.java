package org.tailrace.dstream;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tailrace.data.Row;

/** One output operation's graph while it runs: the RDDs of the tick that goes on, and what its nodes keep. */
final class Run {
    private final Node<?> output;
    private final List<Node<?>> graph;
    private final Map<Node<?>, Slots<?, ?>> slots = new IdentityHashMap<>();
    private final Map<Node<?>, List<?>> rdds = new IdentityHashMap<>();
    private final Map<Node<?>, List<?>> remembered = new IdentityHashMap<>();
    private Map<Node<?>, List<Row>> inputs = new HashMap<>();
    private boolean first;

    Run(Node<?> output) {
        this.output = output;
        graph = output.graph();
    }

    List<Node<?>> graph() {
        return graph;
    }

    /**
     * The output's RDD of a tick; null if it has none there.
     *
     * @param rows of the sources
     * @param begins whether it is the first tick of a new query
     */
    @org.jspecify.annotations.Nullable
    List<?> tick(long tickMs, Map<Node<?>, List<Row>> rows, boolean begins) throws Exception {
        rdds.clear();
        remembered.clear();
        inputs = rows;
        first = begins;
        for (Node<?> node : graph) {
            node.advance(this, tickMs);
        }
        return output.due(tickMs) ? of(output, tickMs) : null;
    }

    boolean first() {
        return first;
    }

    List<Row> input(Node<?> source) {
        return inputs.getOrDefault(source, List.of());
    }

    /** The RDD of a node at the tick that goes on; empty where it has none. */
    @SuppressWarnings("unchecked")
    <T> List<T> of(Node<T> node, long tickMs) throws Exception {
        List<?> known = rdds.get(node);
        if (known == null) {
            known = node.due(tickMs) ? List.copyOf(node.compute(this, tickMs)) : List.of();
            rdds.put(node, known);
        }
        return (List<T>) known;
    }

    void remember(Node<?> node, List<?> results) {
        remembered.put(node, results);
    }

    @SuppressWarnings("unchecked")
    <R> List<R> remembered(Node<R> node) {
        return (List<R>) remembered.getOrDefault(node, List.of());
    }

    @SuppressWarnings("unchecked")
    <K, V> Slots<K, V> slots(Node<?> node) {
        return (Slots<K, V>) slots.computeIfAbsent(node, n -> new Slots<>());
    }

    void settle() {
        slots.values().forEach(Slots::settle);
    }

    void takeBack() {
        slots.values().forEach(Slots::takeBack);
    }
}
