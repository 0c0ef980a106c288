package org.tailrace.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import org.tailrace.report.BadRow;
import org.tailrace.report.BatchReport;
import org.tailrace.report.PastRows;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.ResultSnapshot;

/** A started query. Every method may be called from any thread; those that wait are interruptible and hand over to the query's thread. */
public interface RunningQuery {
    QueryInfo info();

    QueryStatus status();

    /** The last reports, oldest first; at most 100. */
    List<BatchReport> reports();

    /** A kept batch's report, with a checkpoint also one of an earlier start; empty if it is too old or never was. */
    Optional<BatchReport> batch(long batchId);

    /** The batches that {@link #batch} has. */
    SortedSet<Long> keptBatches();

    /**
     * What a kept batch read, or the one that has failed: some rows of each source, read from it once more.
     *
     * @throws org.tailrace.error.TailraceException TR-610, or the source's own error, if they cannot be had
     */
    List<PastRows> input(long batchId) throws InterruptedException;

    /**
     * What each operator remembered after a batch, rebuilt from the log of the state.
     *
     * @throws org.tailrace.error.CheckpointException TR-610 if it cannot be had
     */
    List<PastRows> state(long batchId) throws InterruptedException;

    /** The folded result: the newest {@code limit} rows. */
    ResultSnapshot result(int limit);

    /** Bad and kept rows, newest last; bounded. */
    List<BadRow> badRows();

    /** Totals since the start, also of what the kept reports no longer hold. */
    Totals totals();

    /** @param firstBatchTimeMs when the first batch of this start was, milliseconds since the epoch; empty before it */
    record Totals(
            long batches,
            long inputRows,
            long outputRows,
            long lateInputRows,
            long droppedByWatermark,
            long badRows,
            OptionalLong firstBatchTimeMs) {}

    /** Finishes the current batch, then ends; within two seconds a batch is given up. */
    void stop() throws InterruptedException;

    /** As {@link #stop}, and the last status says that another query has taken the name. */
    void replace(String by) throws InterruptedException;

    void pause(String why);

    void resume();

    /** Runs {@code batches} data batches, each with the no-data batch that it makes due; returns their reports. */
    List<BatchReport> step(int batches) throws InterruptedException;

    /** Waits for the end; false if the time ran out first. A failed query throws its failure. */
    boolean await(Duration timeout) throws InterruptedException;

    /** Waits until all that sources held when this was called is in the sink. A failed query throws its failure. */
    void processAllAvailable() throws InterruptedException;

    /** Plan with rows, time and state per operator of the last batch. */
    String explain();

    void addListener(QueryListener listener);

    void removeListener(QueryListener listener);

    /** Runs a failed batch again. */
    void retry();

    /** Passes over a failed batch: its input is committed and gives no rows. */
    void skip();

    /** Changes the pace of a replay: batches a second of wall time; 0 for as fast as possible. */
    void speed(double batchesPerSecond);
}
