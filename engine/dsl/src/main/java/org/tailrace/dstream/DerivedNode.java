package org.tailrace.dstream;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** An RDD made of its parents' RDDs of the same tick, and of nothing else. */
final class DerivedNode<T> extends Node<T> {
    private final Function<T> function;

    @FunctionalInterface
    interface Function<T> extends Serializable {
        List<T> apply(List<List<?>> parents, long tickMs) throws Exception;
    }

    DerivedNode(List<Node<?>> parents, Function<T> function) {
        super(parents, parents.get(0).slideMs);
        this.function = function;
    }

    @Override
    List<T> compute(Run run, long tickMs) throws Exception {
        var inputs = new ArrayList<List<?>>();
        for (Node<?> parent : parents) {
            inputs.add(run.of(parent, tickMs));
        }
        return function.apply(inputs, tickMs);
    }
}
