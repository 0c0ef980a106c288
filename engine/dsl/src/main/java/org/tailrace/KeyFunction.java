package org.tailrace;

import java.io.Serializable;

/** From a record to its key. The type of the key is read off the lambda, as it is part of a checkpoint. */
@FunctionalInterface
public interface KeyFunction<T, K> extends Serializable {
    K apply(T row);
}
