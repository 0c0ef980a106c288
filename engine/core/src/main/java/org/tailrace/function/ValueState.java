package org.tailrace.function;

import java.util.Optional;

/** One value per key. */
public interface ValueState<S> {
    Optional<S> get();

    default S orElse(S other) {
        return get().orElse(other);
    }

    void set(S value);

    void clear();
}
