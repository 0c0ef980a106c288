package org.tailrace.dstream;

import org.jspecify.annotations.Nullable;

/** A key and a value. The value is null only where an outer join found none. */
public record Pair<K, V extends @Nullable Object>(K key, V value) {
    public static <K, V> Pair<K, V> of(K key, V value) {
        return new Pair<>(key, value);
    }

    @Override
    public String toString() {
        return "(" + key + "," + value + ")";
    }
}
