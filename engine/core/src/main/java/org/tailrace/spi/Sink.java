package org.tailrace.spi;

import java.util.OptionalLong;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.plan.OutputMode;

/** Takes the result rows of batches. Called by the query's thread only. */
public interface Sink extends AutoCloseable {

    /** @param idempotent the same batch id written twice has the effect of once */
    record Capabilities(boolean idempotent) {}

    /** The rows of one batch on their way in. */
    interface Writer {
        void append(Batch rows) throws Exception;

        /** Makes the batch visible. */
        void commit() throws Exception;

        /** Leaves no trace. Not called once another process has taken the query over: the batch is its then. */
        void abort() throws Exception;
    }

    Capabilities capabilities();

    /**
     * @param queryId stable across restarts
     * @param epoch grows with each start from the same checkpoint; an older one's may still run for a moment, in a process that
     *     was stopped and does not know yet that it was taken over from
     * @param upsertKeys ordinals that identify a row in update mode; empty if there is no key
     */
    void open(String queryId, long epoch, Schema schema, java.util.List<Integer> upsertKeys) throws Exception;

    /** The last batch id that this sink knows to be committed for the query; empty if it keeps none. */
    default OptionalLong lastCommitted() throws Exception {
        return OptionalLong.empty();
    }

    Writer begin(long batchId, OutputMode mode) throws Exception;

    @Override
    default void close() throws Exception {}
}
