package org.tailrace.dstream;

import java.io.Serializable;
import java.time.Instant;

/** What is done with each RDD, for its effect. */
@FunctionalInterface
public interface RddAction<T> extends Serializable {
    /** @param time the end of the batch interval */
    void accept(Rdd<T> rdd, Instant time) throws Exception;
}
