package org.tailrace.function;

import java.util.List;

/** Values of one key, in the order in which they were added. */
public interface ListState<S> {
    /** A copy. */
    List<S> get();

    default boolean exists() {
        return !get().isEmpty();
    }

    void add(S value);

    default void addAll(Iterable<? extends S> values) {
        values.forEach(this::add);
    }

    /** Replaces all values. */
    default void set(Iterable<? extends S> values) {
        clear();
        addAll(values);
    }

    void clear();
}
