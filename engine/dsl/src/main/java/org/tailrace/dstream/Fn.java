package org.tailrace.dstream;

import java.io.Serializable;

/** A function that may throw. */
@FunctionalInterface
public interface Fn<T, R> extends Serializable {
    R apply(T value) throws Exception;
}
