package org.tailrace.dstream;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What {@code mapWithState} calls for each value of a key, and with null when the key times out. */
@FunctionalInterface
public interface StateFunction<K, V, S, R> extends Serializable {
    R apply(K key, @Nullable V value, State<S> state) throws Exception;
}
