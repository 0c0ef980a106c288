package org.tailrace.function;

import java.io.Serializable;
import java.util.Iterator;

/**
 * From the rows of one key in a batch, and its state, to any number of rows.
 *
 * @param <K> the key
 * @param <T> the row, a record
 * @param <S> the state kept per key
 * @param <R> what it emits, a record
 */
@FunctionalInterface
public interface FlatMapGroupsFunction<K, T, S, R> extends Serializable {
    /** Called once for each key with rows in the batch, and without rows for a key whose timeout has come. */
    void apply(K key, Iterator<T> rows, GroupState<S> state, Emitter<R> out) throws Exception;
}
