package org.tailrace.dstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a node keeps in one query, by key, in the order in which the keys came; a batch can be taken back. */
final class Slots<K, V> {
    private Map<K, Slot<V>> slots = new LinkedHashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final Set<K> changed = new LinkedHashSet<>();
    private long next;

    /** @param number says the place among the keys */
    record Slot<V>(V value, long number) {}

    @Nullable
    V get(K key) {
        Slot<V> slot = slots.get(key);
        return slot == null ? null : slot.value();
    }

    @Nullable
    Slot<V> slot(K key) {
        return slots.get(key);
    }

    void put(K key, V value) {
        Slot<V> before = slots.get(key);
        slots.put(key, new Slot<>(value, before == null ? next++ : before.number()));
        changed.add(key);
        undo.push(() -> {
            if (before == null) {
                slots.remove(key);
            } else {
                slots.put(key, before);
            }
        });
    }

    void remove(K key) {
        Slot<V> before = slots.remove(key);
        if (before != null) {
            changed.add(key);
            undo.push(() -> slots.put(key, before));
        }
    }

    /** A copy. */
    List<K> keys() {
        return List.copyOf(slots.keySet());
    }

    List<V> values() {
        return slots.values().stream().map(Slot::value).toList();
    }

    void restore(K key, Slot<V> slot) {
        slots.put(key, slot);
        next = Math.max(next, slot.number() + 1);
    }

    /** Keys changed since {@link #settle}. */
    Set<K> changed() {
        return changed;
    }

    void settle() {
        undo.clear();
        changed.clear();
    }

    void takeBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
        changed.clear();
        inOrder();
    }

    /** Keys that were put back, or read from a checkpoint, take their old places. */
    void inOrder() {
        Map<K, Slot<V>> sorted = new LinkedHashMap<>();
        slots.entrySet().stream()
                .sorted(java.util.Comparator.comparingLong(e -> e.getValue().number()))
                .forEach(e -> sorted.put(e.getKey(), e.getValue()));
        slots = sorted;
    }
}
