package org.tailrace.exec;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.TailraceException;
import org.tailrace.plan.Warnings;
import org.tailrace.report.BadRow;
import org.tailrace.report.BatchReport;
import org.tailrace.report.PastRows;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.report.ResultSnapshot;
import org.tailrace.spi.RunningQuery;

/** The handle of a query that a {@link MicroBatchLoop} runs. Holds nothing that is not safe for any thread. */
final class LocalQuery implements RunningQuery {
    private final QueryInfo info;
    private final LoopParts parts;
    private final MicroBatchLoop loop;
    private final QueryControl control;

    LocalQuery(QueryInfo info, LoopParts parts, MicroBatchLoop loop) {
        this.info = info;
        this.parts = parts;
        this.loop = loop;
        this.control = parts.control();
    }

    @Override
    public QueryInfo info() {
        return info;
    }

    @Override
    public QueryStatus status() {
        return parts.board().status();
    }

    @Override
    public List<BatchReport> reports() {
        return parts.kept().reports();
    }

    @Override
    public Optional<BatchReport> batch(long batchId) {
        return TimeTravel.kept(parts, batchId);
    }

    @Override
    public SortedSet<Long> keptBatches() {
        SortedSet<Long> kept = parts.journal().keptBatches();
        parts.kept().reports().forEach(report -> kept.add(report.batchId()));
        return kept;
    }

    @Override
    public List<PastRows> input(long batchId) throws InterruptedException {
        return past(past -> past.input(batchId), "what batch #" + batchId + " read");
    }

    @Override
    public List<PastRows> state(long batchId) throws InterruptedException {
        return past(past -> past.state(batchId), "the state after batch #" + batchId);
    }

    private interface Question {
        List<PastRows> answer(TimeTravel past) throws Exception;
    }

    /** A question that cannot be answered is the asker's trouble and not the query's. */
    private List<PastRows> past(Question question, String what) throws InterruptedException {
        var rows = new ArrayList<PastRows>();
        var refusal = new AtomicReference<TailraceException>();
        boolean asked = control.handOver(
                request -> {
                    try {
                        rows.addAll(question.answer(loop.past()));
                    } catch (TailraceException e) {
                        refusal.set(e);
                    }
                },
                true);
        if (!asked) {
            throw TimeTravel.refused(what, "the query has ended, and with it its sources and logs are closed");
        }
        if (refusal.get() != null) {
            throw refusal.get();
        }
        return List.copyOf(rows);
    }

    @Override
    public ResultSnapshot result(int limit) {
        return parts.results().snapshot(limit);
    }

    @Override
    public List<BadRow> badRows() {
        return parts.kept().badRows();
    }

    @Override
    public Totals totals() {
        return parts.kept().totals();
    }

    @Override
    public void stop() throws InterruptedException {
        end(null);
    }

    @Override
    public void replace(String by) throws InterruptedException {
        end(by);
    }

    private void end(@Nullable String by) throws InterruptedException {
        control.stop(by, () -> {
            String hung = "its batch did not end in time and was given up";
            parts.board()
                    .to(
                            by == null ? State.STOPPED : State.REPLACED,
                            by == null ? hung : "replaced by " + by + "; " + hung,
                            status().timeMs(),
                            null);
            try {
                parts.journal().close();
            } catch (IOException e) {
                // Nothing unsaved is in it: a batch that was given up is run again after a restart.
            }
        });
    }

    @Override
    public void pause(String why) {
        control.pause(why);
    }

    @Override
    public void resume() {
        control.resume();
    }

    @Override
    public List<BatchReport> step(int batches) throws InterruptedException {
        throwFailure();
        var reports = new ArrayList<BatchReport>();
        boolean done = control.handOver(request -> loop.step(batches, reports, request), false);
        if (!done) {
            throwFailure();
        }
        return List.copyOf(reports);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        boolean ended = control.await(timeout, () -> status().state().ended());
        throwFailure();
        return ended;
    }

    @Override
    public void processAllAvailable() throws InterruptedException {
        throwFailure();
        if (!control.handOver(loop::drain, false)) {
            throwFailure();
        }
    }

    private void throwFailure() {
        if (status().failure() instanceof RuntimeException failure) {
            throw failure;
        }
    }

    @Override
    public String explain() {
        var text = new AtomicReference<String>();
        try {
            if (control.handOver(request -> text.set(explanation()), true)) {
                return text.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while waiting for the running batch";
        }
        // The thread has ended, and no one else touches the plan.
        return explanation();
    }

    private String explanation() {
        return parts.plan().explain() + Warnings.notes(info().warnings());
    }

    @Override
    public void addListener(QueryListener listener) {
        parts.board().add(listener);
    }

    @Override
    public void removeListener(QueryListener listener) {
        parts.board().remove(listener);
    }

    @Override
    public void retry() {
        State state = status().state();
        if (state == State.FAILED || state == State.RETRYING) {
            control.retry();
        }
    }

    @Override
    public void skip() {
        if (status().state() == State.FAILED) {
            control.skip();
        }
    }

    @Override
    public void speed(double batchesPerSecond) {
        parts.pace().speed(batchesPerSecond);
        control.wake();
    }
}
