package org.tailrace.dstream;

import java.util.List;

/** A function with state for {@code mapWithState}, what it starts with, and how long a key may be silent. */
public final class StateSpec<K, V, S, R> {
    final StateFunction<K, V, S, R> function;
    final List<Pair<K, S>> initial;
    final long timeoutMs;

    private StateSpec(StateFunction<K, V, S, R> function, List<Pair<K, S>> initial, long timeoutMs) {
        this.function = function;
        this.initial = List.copyOf(initial);
        this.timeoutMs = timeoutMs;
    }

    public static <K, V, S, R> StateSpec<K, V, S, R> function(StateFunction<K, V, S, R> function) {
        return new StateSpec<>(function, List.of(), 0);
    }

    public StateSpec<K, V, S, R> initialState(List<Pair<K, S>> states) {
        return new StateSpec<>(function, states, timeoutMs);
    }

    /** A key without values for this long is called once more, with {@code state.isTimingOut()}, and forgotten. */
    public StateSpec<K, V, S, R> timeout(String length) {
        return new StateSpec<>(function, initial, Lengths.millis("timeout", length));
    }
}
