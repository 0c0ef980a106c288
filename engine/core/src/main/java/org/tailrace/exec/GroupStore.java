package org.tailrace.exec;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.VectorBatch;
import org.tailrace.report.BatchReport.WindowSummary;
import org.tailrace.state.StateLog;

/** Where an aggregation keeps its groups, and when they are late and leave. */
abstract class GroupStore {
    final LateRows late = new LateRows();
    long nullTimes;

    /** Rows whose time has passed this are late; {@code Long.MIN_VALUE} if none ever is. */
    long lateMicros = Long.MIN_VALUE;

    long batchTimeMs;

    void begin(long lateBeforeMicros, long nowMs) {
        lateMicros = lateBeforeMicros;
        batchTimeMs = nowMs;
        late.clear();
        nullTimes = 0;
    }

    /** Adds rows, whose keys and arguments {@code input} has evaluated. */
    abstract void add(AggregateInput input, VectorBatch rows, int block);

    /** Whether a row is added in one place only, so that there is no gain in grouping rows before. */
    boolean addsCheaply() {
        return true;
    }

    /** An empty store for a part of a batch; null if parts cannot be merged. */
    abstract @Nullable GroupStore partial();

    /** Adds what a part collected, after all rows before it; rows of the part are those of source {@code block}. */
    abstract void merge(GroupStore part, int block);

    /** Counts dropped pairs, at the end of a batch. */
    abstract void finish();

    /** Writes the groups that the batch touched. */
    abstract void writeTouched(GroupWriter writer) throws Exception;

    /** Writes all groups. */
    abstract void writeAll(GroupWriter writer) throws Exception;

    /** Removes the groups whose time has passed, writing them if there is a writer. */
    abstract void evict(long passedMicros, @Nullable GroupWriter writer) throws Exception;

    abstract StateLog.Layout layout(String operator);

    abstract void load(StateLog log, long version) throws IOException;

    abstract void save(StateLog log, long version) throws IOException;

    abstract void commit();

    abstract void rollback();

    abstract long rows();

    abstract long bytes();

    abstract long updated();

    abstract long removed();

    /** The earliest event time of a group that leaves by it; {@code Long.MAX_VALUE} for none. */
    long earliestMicros() {
        return Long.MAX_VALUE;
    }

    List<WindowSummary> windows(long nextWatermarkMs) {
        return List.of();
    }
}
