package org.tailrace.dstream;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.plan.Plan;
import org.tailrace.spi.RunningQuery;

/** What DStreams need of the session that made them. */
public interface Host {
    /**
     * Starts a query for one output operation, with a batch for each interval.
     *
     * @param name null for one that the session chooses
     * @param print whether its rows are printed; else they go nowhere
     */
    RunningQuery start(@Nullable String name, Plan plan, boolean print);

    /** Whether batches come by time, so that an interval without rows has one too. */
    boolean byTime();

    /** Whether the queries have a checkpoint, so that what they keep must be written down. */
    boolean durable();

    /** The class of that name, for what a checkpoint holds. */
    Optional<Class<?>> type(String name);
}
