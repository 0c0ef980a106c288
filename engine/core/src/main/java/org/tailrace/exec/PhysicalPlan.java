package org.tailrace.exec;

import java.io.IOException;
import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.plan.SourceSpec;
import org.tailrace.report.BatchReport.OperatorProgress;
import org.tailrace.spi.BatchReader;
import org.tailrace.state.StateLog;

/**
 * A query as operators, with the live state of those that keep any. One thread at a time, the query's.
 *
 * <p>The life of a batch: {@link #run}, then {@link #save} of the new state, then {@link #commit}; or, after a failure in
 * any of them or in between, {@link #rollback}, after which the live state is what it was before {@code run}. Before the
 * first batch: {@link #open}, and {@link #load} and {@link #restoreWatermarks} if there is a checkpoint.
 */
interface PhysicalPlan {

    /** A leaf of the plan that reads a source. Leaves with equal specs are different nodes, each with its own position. */
    record SourceNode(int id, SourceSpec spec) {
        /** Unbounded: the loop plans a range of it for every batch. Otherwise each batch reads the whole of it again. */
        boolean streaming() {
            return spec.streaming();
        }
    }

    /** Takes rows on their way through the operators; they are only valid during the call. */
    @FunctionalInterface
    interface Rows {
        void accept(VectorBatch rows) throws Exception;
    }

    /** Takes result rows, which never change: they may be kept, but hold on to the memory of the rows they come from. */
    @FunctionalInterface
    interface Results {
        void accept(Batch rows) throws Exception;
    }

    /** Opens what a batch reads. Called at most once per batch and node; the plan closes the reader. */
    @FunctionalInterface
    interface Inputs {
        /** The planned range of a streaming source, empty if nothing is new; all rows of a static one. */
        BatchReader open(SourceNode node) throws Exception;
    }

    /** All source leaves, left to right. */
    List<SourceNode> sources();

    /** Columns of the result. */
    Schema schema();

    /** One layout for each store of each stateful operator, in the order of the plan; stable across restarts. */
    List<StateLog.Layout> layouts();

    /** Where {@link #load} and {@link #save} find state: one log per layout, or none at all for a query without any. */
    void open(List<StateLog> logs);

    /** Replaces the live state by that after batch {@code version}. */
    void load(long version) throws IOException;

    /** Whether there is a watermark in the query. */
    boolean hasWatermark();

    /** The watermark of each watermarked input, milliseconds, left to right; goes into the commit record. */
    long[] watermarks();

    /** Takes up {@link #watermarks} of the last commit; entries beyond those of this plan are ignored. */
    void restoreWatermarks(long[] watermarksMs);

    /** The watermark for the batch after the one that ran, given the one that ran used; never smaller. */
    long nextWatermarkMs(long watermarkMs);

    /**
     * Whether a batch without input is due: it could emit or evict something since the watermark moved, or a
     * processing-time timeout has come.
     */
    boolean needsNoDataBatch(long usedWatermarkMs, long nextWatermarkMs, long nowMs);

    /**
     * Batch time at which a key's processing-time timeout comes, milliseconds; {@code Long.MAX_VALUE} if none is set.
     */
    long nextTimeoutMs();

    /** Runs one batch and sends its result rows to {@code toSink}. Leaves the state changed but neither saved nor committed. */
    BatchResult run(BatchContext context, Inputs inputs, Results toSink) throws Exception;

    /** Writes what the batch changed to the state logs, as version {@code version}. */
    void save(long version) throws IOException;

    /** Makes the batch's changes of the live state final. */
    void commit();

    /** Takes the changes of the batch that ran out of the live state again. */
    void rollback();

    /** The operators, with rows and state as they are now; asked by the query's thread, also within a batch. */
    List<OperatorProgress> operators();

    /** Ends the users' processors. */
    void close() throws Exception;

    /** The operators as an indented text, with rows, state and time of the last batch. */
    String explain();
}
