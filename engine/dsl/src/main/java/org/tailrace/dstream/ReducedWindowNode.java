package org.tailrace.dstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reduced window that goes from slide to slide by what comes in and what leaves, where the function has an inverse. Its
 * cost is that of the RDDs that come and go, not of the window.
 */
final class ReducedWindowNode<K, V> extends Node<Pair<K, V>> {
    private final Node<Pair<K, V>> reduced;
    private final Fn2<V, V, V> function;
    private final Fn2<V, V, V> inverse;
    private final @Nullable Fn<Pair<K, V>, Boolean> keep;
    private final long windowMs;

    /** @param reduced with one pair for each key */
    ReducedWindowNode(
            Node<Pair<K, V>> reduced,
            Fn2<V, V, V> function,
            Fn2<V, V, V> inverse,
            @Nullable Fn<Pair<K, V>, Boolean> keep,
            long windowMs,
            long slideMs) {
        super(List.of(reduced), slideMs);
        this.reduced = reduced;
        this.function = function;
        this.inverse = inverse;
        this.keep = keep;
        this.windowMs = windowMs;
    }

    /** Where a slot is: an RDD by its time, or a key's value. */
    private record Slot(boolean value, Object key) {}

    @Override
    void advance(Run run, long tickMs) throws Exception {
        Slots<Slot, Object> slots = run.slots(this);
        for (Slot slot : slots.keys()) {
            if (!slot.value() && (Long) slot.key() <= tickMs - windowMs) {
                for (Pair<K, V> left : this.<List<Pair<K, V>>>at(slots, slot)) {
                    leave(slots, left);
                }
                slots.remove(slot);
            }
        }
        if (reduced.due(tickMs)) {
            List<Pair<K, V>> rdd = run.of(reduced, tickMs);
            if (!rdd.isEmpty()) {
                slots.put(new Slot(false, tickMs), rdd);
            }
            for (Pair<K, V> come : rdd) {
                var slot = new Slot(true, come.key());
                V before = at(slots, slot);
                slots.put(slot, before == null ? come.value() : function.apply(before, come.value()));
            }
        }
    }

    private void leave(Slots<Slot, Object> slots, Pair<K, V> left) throws Exception {
        var slot = new Slot(true, left.key());
        V before = at(slots, slot);
        if (before == null) {
            return;
        }
        V after = inverse.apply(before, left.value());
        if (keep != null && !keep.apply(new Pair<>(left.key(), after))) {
            slots.remove(slot);
        } else {
            slots.put(slot, after);
        }
    }

    @SuppressWarnings("unchecked")
    private <X> X at(Slots<Slot, Object> slots, Slot slot) {
        return (X) slots.get(slot);
    }

    @Override
    @SuppressWarnings("unchecked")
    List<Pair<K, V>> compute(Run run, long tickMs) {
        Slots<Slot, Object> slots = run.slots(this);
        var all = new ArrayList<Pair<K, V>>();
        for (Slot slot : slots.keys()) {
            if (slot.value()) {
                all.add(new Pair<>((K) slot.key(), (V) slots.get(slot)));
            }
        }
        return all;
    }

    @Override
    long rememberMs() {
        return windowMs;
    }

    @Override
    String keeps() {
        return "reduced window " + windowMs;
    }
}
