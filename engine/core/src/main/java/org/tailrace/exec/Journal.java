package org.tailrace.exec;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.error.CheckpointException;
import org.tailrace.report.BatchReport;
import org.tailrace.state.CommitRecord;
import org.tailrace.state.OffsetRecord;

/** Where a query writes down what it does. */
interface Journal extends AutoCloseable {

    /** Whether rows of a source that cannot give them again after a restart must be handed to {@link #log}. */
    boolean durable();

    /**
     * Makes a batch's plan durable, and with it the commit before.
     *
     * @param input by streaming source, the rows of those that cannot be read again after a restart; null for others
     */
    void log(OffsetRecord offsets, List<? extends @Nullable List<Batch>> input) throws IOException;

    /** Makes the state after a batch durable; the plan has handed it to its logs. */
    void saved(long batchId) throws IOException;

    /** The batch failed: what its plan handed to the state logs is void. */
    void forget();

    /** The query has failed and perhaps never goes on: others may have the files until {@link #repair}. */
    void release() throws IOException;

    /**
     * After a failure, makes this usable again from what is durable, if it has to be.
     *
     * @return false if nothing had to be done; else the state has to be loaded again
     */
    boolean repair() throws IOException;

    /** Whether {@code offsets} are in the log. */
    boolean logged(OffsetRecord offsets);

    /**
     * Makes sure that no other process has taken the query over. What the sink is given after this is what a successor gives
     * it too.
     */
    void fence() throws IOException;

    /** Whether, and in which words, another process has taken the query over. Asked when anything has failed. */
    Optional<CheckpointException> takenOver();

    /** Notes that a batch is done; durable with the next {@link #log} or {@link #settle}. */
    void committed(CommitRecord commit) throws IOException;

    /** Keeps a batch that is done for those who ask for it later, also after a restart. */
    void keep(BatchReport report) throws IOException;

    /** A batch that {@link #keep} was given, perhaps by an earlier start. Any thread. */
    Optional<BatchReport> kept(long batchId);

    /** The batches that {@link #kept} has. Any thread. */
    SortedSet<Long> keptBatches();

    /**
     * Hands on the state after an earlier batch, operator by operator.
     *
     * @param enough asked now and then; ends it early
     * @return false if it cannot be had any more
     */
    boolean past(long batchId, BooleanSupplier enough, ObjIntConsumer<Batch> rows) throws IOException;

    /** Makes durable what is not yet so. Called when the query has nothing to do. */
    void settle() throws IOException;

    /** The last batch whose commit is durable, −1 if there is none: its input will never be asked for again. */
    long settledBatch();

    @Override
    void close() throws IOException;

    /** Of a query without a checkpoint: a batch is settled once it is committed. */
    final class None implements Journal {
        private long settled = -1;

        @Override
        public boolean durable() {
            return false;
        }

        @Override
        public void log(OffsetRecord offsets, List<? extends @Nullable List<Batch>> input) {}

        @Override
        public void saved(long batchId) {}

        @Override
        public void forget() {}

        @Override
        public void release() {}

        @Override
        public boolean repair() {
            return false;
        }

        @Override
        public boolean logged(OffsetRecord offsets) {
            return true;
        }

        @Override
        public void fence() {}

        @Override
        public Optional<CheckpointException> takenOver() {
            return Optional.empty();
        }

        @Override
        public void committed(CommitRecord commit) {
            settled = commit.batchId();
        }

        @Override
        public void keep(BatchReport report) {}

        @Override
        public Optional<BatchReport> kept(long batchId) {
            return Optional.empty();
        }

        @Override
        public SortedSet<Long> keptBatches() {
            return new TreeSet<>();
        }

        @Override
        public boolean past(long batchId, BooleanSupplier enough, ObjIntConsumer<Batch> rows) {
            return false;
        }

        @Override
        public void settle() {}

        @Override
        public long settledBatch() {
            return settled;
        }

        @Override
        public void close() {}
    }
}
