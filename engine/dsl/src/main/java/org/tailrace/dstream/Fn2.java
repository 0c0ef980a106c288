package org.tailrace.dstream;

import java.io.Serializable;

/** A function of two that may throw. */
@FunctionalInterface
public interface Fn2<A, B, R> extends Serializable {
    R apply(A first, B second) throws Exception;
}
