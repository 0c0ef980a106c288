package org.tailrace.exec;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.QueryStatus.State;

/**
 * A query's status and those who hear of it. The status is written by the query's thread (once by the one who stops the
 * query, if its thread had to be left behind) and read by any.
 */
final class StatusBoard {
    private final QueryInfo info;
    private final List<QueryListener> listeners;
    private volatile QueryStatus status;

    StatusBoard(QueryInfo info, List<QueryListener> listeners) {
        this.info = info;
        this.listeners = new CopyOnWriteArrayList<>(listeners);
        this.status = new QueryStatus(State.STARTING, "", -1, 0, null);
    }

    /** Where the query starts from; called before its thread runs. */
    void begin(long batchId, long timeMs) {
        status = new QueryStatus(State.STARTING, "", batchId, timeMs, null);
    }

    QueryStatus status() {
        return status;
    }

    void add(QueryListener listener) {
        listeners.add(listener);
    }

    void remove(QueryListener listener) {
        listeners.remove(listener);
    }

    void started() {
        tell(listener -> listener.started(info));
    }

    /** Changes state or detail; the same ones again change nothing. Once replaced or stopped, a query stays so. */
    void to(State state, String detail, long timeMs, @Nullable Throwable failure) {
        QueryStatus was = status;
        boolean over = was.state() == State.STOPPED || was.state() == State.REPLACED || was.state() == State.FINISHED;
        if (over || was.state() == state && was.detail().equals(detail) && was.failure() == failure) {
            return;
        }
        QueryStatus now = new QueryStatus(state, detail, was.batchId(), timeMs, failure);
        status = now;
        tell(listener -> listener.changed(info, now));
    }

    void progressed(BatchReport report) {
        QueryStatus was = status;
        status = new QueryStatus(was.state(), was.detail(), report.batchId(), report.batchTimeMs(), was.failure());
        tell(listener -> listener.progressed(info, report));
    }

    /** A listener that throws breaks its contract and hears no more: it must not fail a batch that is committed. */
    private void tell(Consumer<QueryListener> message) {
        for (QueryListener listener : listeners) {
            try {
                message.accept(listener);
            } catch (RuntimeException e) {
                listeners.remove(listener);
            }
        }
    }
}
