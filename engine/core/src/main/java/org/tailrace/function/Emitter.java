package org.tailrace.function;

/** Takes what a user's function makes. */
@FunctionalInterface
public interface Emitter<T> {
    void emit(T value);
}
