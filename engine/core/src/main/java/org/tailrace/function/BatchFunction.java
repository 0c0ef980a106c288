package org.tailrace.function;

import java.io.Serializable;

/** Takes a whole batch and its id; {@code T} is {@code data.Batch} below the DSL, which wraps it as a table. */
@FunctionalInterface
public interface BatchFunction<T> extends Serializable {
    void accept(T rows, long batchId) throws Exception;
}
