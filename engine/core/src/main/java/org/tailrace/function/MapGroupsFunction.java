package org.tailrace.function;

import java.io.Serializable;
import java.util.Iterator;

/** As {@link FlatMapGroupsFunction}, but with one row for each call. */
@FunctionalInterface
public interface MapGroupsFunction<K, T, S, R> extends Serializable {
    R apply(K key, Iterator<T> rows, GroupState<S> state) throws Exception;
}
