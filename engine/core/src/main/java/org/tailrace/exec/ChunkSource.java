package org.tailrace.exec;

import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;

/** A leaf whose rows lie in columns that never change, so that several threads can read them. */
interface ChunkSource {

    @FunctionalInterface
    interface Batches {
        void accept(Batch rows) throws Exception;
    }

    Schema schema();

    /** Hands all rows of the batch on, as they are read. */
    void read(BatchRun batch, Batches out) throws Exception;

    /** Counts rows that were run outside {@code run}; −1 starts from 0. */
    void count(int rows);

    /** The next run of this operator gives these rows, which {@link #read} has read, and reads nothing. */
    void replay(List<Batch> rows);
}
