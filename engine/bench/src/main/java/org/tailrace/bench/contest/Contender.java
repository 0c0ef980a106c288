package org.tailrace.bench.contest;

import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;

/** A system that takes part. An instance lives as long as its JVM. */
public interface Contender {

    /** Whether the system has a way to say the query. */
    boolean can(Query query);

    /** Whether distinct counts are approximate, see {@link Query#distinctFrom}. */
    default boolean approximates() {
        return false;
    }

    /** What is not measured: brings the data into the form from which the system reads. */
    default void prepare(Query query, Data data) throws Exception {}

    /**
     * Runs the prepared query over all the data; this is measured.
     *
     * @param answer if it keeps rows, every row of the answer goes there; else the result is made and dropped
     * @return how many rows the system has read, but for those that only close windows
     */
    long run(Query query, Data data, Answer answer) throws Exception;

    /** A measurement repeats the run for so long; more than no time where a single run would measure the clock. */
    default double leastSeconds() {
        return 0;
    }
}
