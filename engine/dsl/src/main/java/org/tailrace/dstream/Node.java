package org.tailrace.dstream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One DStream of a graph: how its RDD of a tick is made of those of its parents. Nodes are immutable and belong to no query:
 * what they keep from tick to tick is in a {@link Run}.
 *
 * @param <T> the elements
 */
abstract class Node<T> {
    final List<Node<?>> parents;
    /** Milliseconds between two RDDs; there is one at each multiple since the epoch. */
    final long slideMs;

    Node(List<Node<?>> parents, long slideMs) {
        this.parents = List.copyOf(parents);
        this.slideMs = slideMs;
    }

    /** The RDD of a tick at which there is one. */
    abstract List<T> compute(Run run, long tickMs) throws Exception;

    /** Takes note of a tick, whether or not there is an RDD; parents first. */
    void advance(Run run, long tickMs) throws Exception {}

    /** How far back it looks, in milliseconds. */
    long rememberMs() {
        return 0;
    }

    /** What it keeps, as a checkpoint names it; empty for nothing. */
    String keeps() {
        return "";
    }

    final boolean due(long tickMs) {
        return tickMs % slideMs == 0;
    }

    /** All nodes that this one is made of, parents first, itself last. */
    final List<Node<?>> graph() {
        Set<Node<?>> all = new LinkedHashSet<>();
        collect(this, all);
        return List.copyOf(all);
    }

    private static void collect(Node<?> node, Set<Node<?>> all) {
        if (!all.contains(node)) {
            node.parents.forEach(parent -> collect(parent, all));
            all.add(node);
        }
    }
}
