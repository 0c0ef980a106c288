package org.tailrace.function;

import java.util.Map;
import java.util.Optional;

/** Values of one key by a key of their own. */
public interface MapState<M, S> {
    Optional<S> get(M key);

    default S orElse(M key, S other) {
        return get(key).orElse(other);
    }

    default boolean contains(M key) {
        return get(key).isPresent();
    }

    void put(M key, S value);

    void remove(M key);

    /** A copy, in the order of the keys. */
    Map<M, S> entries();

    default boolean exists() {
        return !entries().isEmpty();
    }

    void clear();
}
