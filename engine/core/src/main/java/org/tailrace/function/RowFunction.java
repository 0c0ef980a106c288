package org.tailrace.function;

import java.io.Serializable;

/** Takes one row. */
@FunctionalInterface
public interface RowFunction<T> extends Serializable {
    void accept(T row) throws Exception;
}
