package org.tailrace.exec;

import java.io.IOException;
import java.util.List;
import org.tailrace.report.BatchReport.WindowSummary;
import org.tailrace.state.StateLog;

/**
 * An operator that remembers rows from batch to batch. Rows are late by the watermark that the previous batch used, and
 * state leaves by that of this batch; both are those of its own input, which an operator below may hold back.
 */
abstract class StatefulOperator extends Operator {
    final LateRows late = new LateRows();

    /** Rows that a window cannot take because their event time is NULL. */
    long nullTimes;

    private long lateWatermarkMs;
    private long watermarkMs;

    StatefulOperator(String name, List<Operator> children) {
        super(name, children);
    }

    /** Sets the watermarks of the operator's input, before a batch. */
    void begin(long lateInputMs, long inputMs) {
        lateWatermarkMs = lateInputMs;
        watermarkMs = inputMs;
        late.clear();
        nullTimes = 0;
    }

    final long lateWatermarkMs() {
        return lateWatermarkMs;
    }

    final long watermarkMs() {
        return watermarkMs;
    }

    /** Event times at or before this have passed, in microseconds; nothing has before the first watermark. */
    static long passedMicros(long watermarkMs) {
        return watermarkMs <= Long.MIN_VALUE / 1000 ? Long.MIN_VALUE : watermarkMs * 1000;
    }

    /** The watermark of this operator's output, given that of its input. */
    long outputWatermarkMs(long inputMs) {
        return inputMs;
    }

    /** Whether the watermark goes on to the operators above. */
    boolean passesWatermark() {
        return true;
    }

    /** Whether a batch without rows could emit or evict something once the watermark has moved. */
    abstract boolean wantsNoDataBatch();

    /** Batch time at which a processing-time timeout comes; {@code Long.MAX_VALUE} for never. */
    long nextTimeoutMs() {
        return Long.MAX_VALUE;
    }

    /** Columns of the state in its log; one log per layout. */
    abstract List<StateLog.Layout> layouts();

    abstract void load(List<StateLog> logs, long version) throws IOException;

    /** Writes what changed since the last {@link #commit}. */
    abstract void save(List<StateLog> logs, long version) throws IOException;

    abstract void commit();

    abstract void rollback();

    abstract long stateRows();

    abstract long stateBytes();

    /** State rows that the batch wrote. */
    abstract long updatedRows();

    /** State rows that left in the batch. */
    abstract long removedRows();

    /** Called when the query ends. */
    void close() throws Exception {}

    /** Why it gave no rows in this batch, and what would make it: a whole clause, or nothing. */
    String nothing(Explanations words) {
        return "";
    }

    /** Windows by end, oldest first; bounded. */
    List<WindowSummary> windows(long nextWatermarkMs) {
        return List.of();
    }
}
