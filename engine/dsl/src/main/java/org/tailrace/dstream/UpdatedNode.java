package org.tailrace.dstream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code updateStateByKey}: every key's state, updated in every batch. */
final class UpdatedNode<K, V, S> extends Node<Pair<K, S>> {
    private final Node<Pair<K, V>> parent;
    private final UpdateFunction<V, S> function;

    UpdatedNode(Node<Pair<K, V>> parent, UpdateFunction<V, S> function) {
        super(List.of(parent), parent.slideMs);
        this.parent = parent;
        this.function = function;
    }

    @Override
    void advance(Run run, long tickMs) throws Exception {
        if (!due(tickMs)) {
            return;
        }
        Slots<K, S> states = run.slots(this);
        Map<K, List<V>> values = new LinkedHashMap<>();
        for (K key : states.keys()) {
            values.put(key, new ArrayList<>());
        }
        for (Pair<K, V> pair : run.of(parent, tickMs)) {
            values.computeIfAbsent(pair.key(), k -> new ArrayList<>()).add(pair.value());
        }
        for (Map.Entry<K, List<V>> each : values.entrySet()) {
            S next = function.apply(each.getValue(), states.get(each.getKey()));
            if (next == null) {
                states.remove(each.getKey());
            } else {
                states.put(each.getKey(), next);
            }
        }
    }

    @Override
    List<Pair<K, S>> compute(Run run, long tickMs) {
        Slots<K, S> states = run.slots(this);
        var all = new ArrayList<Pair<K, S>>();
        for (K key : states.keys()) {
            all.add(new Pair<>(key, states.get(key)));
        }
        return all;
    }

    @Override
    String keeps() {
        return "updated state";
    }
}
