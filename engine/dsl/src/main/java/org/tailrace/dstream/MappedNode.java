package org.tailrace.dstream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code mapWithState}: one element for each value of a key, and for each key that times out. */
final class MappedNode<K, V, S, R> extends Node<R> {
    private final Node<Pair<K, V>> parent;
    private final StateSpec<K, V, S, R> spec;

    MappedNode(Node<Pair<K, V>> parent, StateSpec<K, V, S, R> spec) {
        super(List.of(parent), parent.slideMs);
        this.parent = parent;
        this.spec = spec;
    }

    /** A key's state and when it last had a value. */
    record Held(Object state, long sinceMs) {}

    @Override
    void advance(Run run, long tickMs) throws Exception {
        if (!due(tickMs)) {
            return;
        }
        Slots<K, Held> states = run.slots(this);
        if (run.first()) {
            for (Pair<K, S> each : spec.initial) {
                states.put(each.key(), new Held(each.value(), tickMs));
            }
        }
        var results = new ArrayList<R>();
        var seen = new LinkedHashSet<K>();
        for (Pair<K, V> pair : run.of(parent, tickMs)) {
            seen.add(pair.key());
            results.add(call(states, pair.key(), pair.value(), tickMs, false));
        }
        for (K key : spec.timeoutMs > 0 ? states.keys() : List.<K>of()) {
            Held held = states.get(key);
            if (held != null && !seen.contains(key) && tickMs - held.sinceMs() >= spec.timeoutMs) {
                results.add(call(states, key, null, tickMs, true));
                states.remove(key);
            }
        }
        run.remember(this, results);
    }

    @SuppressWarnings("unchecked")
    private R call(Slots<K, Held> states, K key, @Nullable V value, long tickMs, boolean timingOut) throws Exception {
        Held held = states.get(key);
        var state = new State<>(held == null ? null : (S) held.state(), timingOut);
        R result = spec.function.apply(key, value, state);
        if (state.removed()) {
            states.remove(key);
        } else if (state.exists() && !timingOut) {
            states.put(key, new Held(state.get().get(), tickMs));
        }
        return result;
    }

    @Override
    List<R> compute(Run run, long tickMs) {
        return run.remembered(this);
    }

    @Override
    String keeps() {
        return "mapped state";
    }
}
