package org.tailrace.dstream;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code updateStateByKey} calls for every key in every batch: from new values and the state to the next state. */
@FunctionalInterface
public interface UpdateFunction<V, S> extends Serializable {
    /**
     * @param values of the key in this batch; empty for a key that has only a state
     * @param state null for a key that has none yet
     * @return null to forget the key
     */
    @Nullable
    S apply(List<V> values, @Nullable S state) throws Exception;
}
