package org.tailrace.function;

import java.io.Serializable;

/**
 * A user's function of keyed state: called for each row of a key, in order.
 *
 * @param <T> the row, a record
 * @param <S> the state kept per key, a record
 * @param <R> what it emits, a record
 */
@FunctionalInterface
public interface ProcessFunction<T, S, R> extends Serializable {
    void process(T row, ValueState<S> state, Emitter<R> out) throws Exception;
}
