package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.InternalException;
import org.tailrace.error.Problem;
import org.tailrace.error.SinkException;
import org.tailrace.error.SourceException;
import org.tailrace.error.TailraceException;
import org.tailrace.error.UserCodeException;
import org.tailrace.exec.BatchRunner.Kind;
import org.tailrace.exec.BatchRunner.Want;
import org.tailrace.plan.Trigger;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.spi.Offset;

/**
 * The body of a query's thread: decides when which batch runs.
 *
 * <p>One thread owns everything in here: operators, sources, sink, logs. Other threads leave their wishes in
 * {@link QueryControl}, where this thread looks between batches and parks when there is nothing to do; what it tells the
 * outside ({@link StatusBoard}, {@link KeptBatches}, {@code ResultTable}) is immutable or guarded there.
 *
 * <pre>
 *        ┌──────────────▶ between batches ◀──────────────┐
 *        │   stop? requests? finished? paused? due?      │
 *        │                      │ due                    │
 *        │                      ▼          committed     │
 *        │               BatchRunner.run ────────────────┤
 *        │ retry / skip         │ failure                │
 *        │                      ▼                        │
 *        └──── FAILED ◀── retries? ──▶ RETRYING, wait ───┘
 * </pre>
 *
 * A failed query keeps its thread, parked, so that {@code retry()} and {@code skip()} find everything in place.
 */
final class MicroBatchLoop {
    private static final long FIRST_WAIT_NANOS = 1_000_000_000L;
    private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;
    /** A source or sink that is away so long fails the query. */
    private static final long RETRY_TIMEOUT_NANOS = 300_000_000_000L;

    private final LoopParts parts;
    private final BatchRunner batches;
    private final QueryControl control;
    private final Trigger trigger;
    private boolean once;

    MicroBatchLoop(LoopParts parts, BatchRunner batches) {
        this.parts = parts;
        this.batches = batches;
        this.control = parts.control();
        this.trigger = parts.trigger();
    }

    void run() {
        control.begin(Thread.currentThread());
        State end = State.STOPPED;
        String detail = "";
        try {
            parts.board().started();
            parts.sources().forEach(source -> source.onAvailable(control::wake));
            if (trigger instanceof Trigger.AvailableNow) {
                batches.bound(latest());
            }
            to(State.RUNNING, "");
            end = untilEnd();
        } catch (InterruptedException | GivenUp e) {
            detail = "the running batch was given up";
        } catch (Throwable t) {
            parts.board().to(State.FAILED, Words.of(t), batches.nowMs(), typed(t));
        } finally {
            close(end, detail);
        }
    }

    private State untilEnd() throws Exception {
        while (!control.stopping()) {
            try {
                if (!turn()) {
                    return State.FINISHED;
                }
            } catch (InterruptedException e) {
                // Only stop() interrupts this thread on purpose; anyone else's interrupt is not for us.
                if (control.stopping()) {
                    throw e;
                }
            } catch (GivenUp e) {
                throw e;
            } catch (Throwable t) {
                failed(typed(t));
            }
        }
        return State.STOPPED;
    }

    /** One look around, and perhaps a batch; false if the query has come to its end. */
    private boolean turn() throws Exception {
        // Wishes to repair what is not broken.
        control.takeRetry();
        control.takeSkip();
        QueryControl.Request request = control.poll();
        if (request != null) {
            serve(request);
        } else if (over()) {
            return false;
        } else if (control.paused()) {
            to(State.PAUSED, control.why());
            rest(0);
        } else if (trigger instanceof Trigger.Step) {
            to(State.RUNNING, "waits for step()");
            rest(0);
        } else {
            to(State.RUNNING, "");
            long wait = batches.pending() ? 0 : parts.pace().nanosUntilDue();
            if (wait > 0) {
                rest(wait);
            } else {
                unit();
            }
        }
        return true;
    }

    private void serve(QueryControl.Request request) throws Exception {
        try {
            request.run();
            request.finish(null);
        } catch (InterruptedException | GivenUp e) {
            request.finish(null);
            throw e;
        } catch (Throwable t) {
            TailraceException failure = typed(t);
            parts.board().to(State.FAILED, failure.problem().what(), batches.nowMs(), failure);
            request.finish(failure);
            throw failure;
        }
    }

    private boolean over() {
        return batches.finished() || once;
    }

    /** A batch, in virtual time with the batch without input that it makes due. */
    private void unit() throws Exception {
        parts.pace().start();
        Kind kind = run(Want.ANY);
        if (kind == Kind.DATA && parts.virtual().isPresent()) {
            run(Want.NO_INPUT);
        }
        if (trigger instanceof Trigger.Once || kind == Kind.NOTHING && trigger instanceof Trigger.AvailableNow) {
            once = true;
        } else if (kind == Kind.NOTHING && !over()) {
            rest(trigger instanceof Trigger.Every ? Math.max(1, parts.pace().nanosUntilDue()) : untilNews());
        }
    }

    private void rest(long nanos) throws Exception {
        batches.settle();
        control.park(nanos);
    }

    /** How long to wait if no source says that it has something new; 0 for ever. */
    private long untilNews() {
        long ms = Long.MAX_VALUE;
        for (SourceInput source : parts.sources()) {
            ms = source.pollMs() > 0 ? Math.min(ms, source.pollMs()) : ms;
        }
        long timeout = parts.plan().nextTimeoutMs();
        if (parts.noDataBatches()
                && timeout != Long.MAX_VALUE
                && parts.virtual().isEmpty()) {
            ms = Math.min(ms, Math.max(1, timeout - batches.nowMs()));
        }
        return ms == Long.MAX_VALUE ? 0 : ms * 1_000_000L;
    }

    // ---- a batch, again and again while the outside world is away

    private Kind run(Want want) throws Exception {
        long wait = FIRST_WAIT_NANOS;
        long giveUp = 0;
        boolean threw = false;
        while (true) {
            try {
                Kind kind = batches.run(want);
                if (giveUp != 0) {
                    to(State.RUNNING, "");
                }
                return kind;
            } catch (UserCodeException e) {
                // What threw once need not throw twice: a look-up that timed out, a moment without memory.
                if (threw) {
                    throw e;
                }
                threw = true;
            } catch (SourceException | SinkException e) {
                long now = parts.clock().nanoTime();
                giveUp = giveUp == 0 ? now + RETRY_TIMEOUT_NANOS : giveUp;
                if (!retries(e) || now - giveUp > 0) {
                    throw e;
                }
                to(State.RETRYING, e.problem().what() + "; next try in " + Words.duration(wait / 1_000_000L));
                waitFor(wait);
                wait = Math.min(LONGEST_WAIT_NANOS, wait * 2);
            }
        }
    }

    private static boolean retries(TailraceException e) {
        return e instanceof SourceException source && source.retries()
                || e instanceof SinkException sink && sink.retries();
    }

    /** Waits the whole time unless the query is stopped or told to try at once. */
    private void waitFor(long nanos) throws Exception {
        long end = parts.clock().nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - parts.clock().nanoTime()) {
            control.awaitRepair(left);
            if (control.stopping()) {
                throw new GivenUp();
            }
            if (control.takeRetry()) {
                return;
            }
        }
    }

    // ---- failure

    private void failed(TailraceException cause) throws Exception {
        TailraceException failure = cause;
        parts.board().to(State.FAILED, failure.problem().what(), batches.nowMs(), failure);
        control.changed();
        batches.release();
        while (!control.stopping()) {
            control.refuseWork(failure);
            boolean skip = control.takeSkip();
            if (control.takeRetry() || skip) {
                try {
                    batches.repair();
                    if (skip) {
                        batches.skip();
                    }
                    to(State.RUNNING, "");
                    return;
                } catch (InterruptedException | GivenUp e) {
                    throw e;
                } catch (Throwable t) {
                    failure = typed(t);
                    batches.release();
                    parts.board().to(State.FAILED, failure.problem().what(), batches.nowMs(), failure);
                }
            } else {
                control.park(0);
            }
        }
    }

    static TailraceException typed(Throwable t) {
        return t instanceof TailraceException typed
                ? typed
                : new InternalException(
                        Problem.of("TR-790", "the engine failed: " + Words.of(t))
                                .fix("this is a defect of Tailrace; please report it with the cause below"),
                        t);
    }

    // ---- work that was handed over

    /** Runs {@code count} batches with input, each with the batch without input that it makes due. */
    void step(int count, List<BatchReport> reports, QueryControl.Request request) throws Exception {
        if (batches.noInputDue() && !batches.pending()) {
            add(run(Want.NO_INPUT), reports);
        }
        for (int i = 0; i < count && !request.cancelled(); i++) {
            parts.pace().start();
            Kind kind = run(Want.INPUT);
            if (!add(kind, reports)) {
                break;
            }
            add(run(Want.NO_INPUT), reports);
        }
    }

    private boolean add(Kind kind, List<BatchReport> reports) {
        if (kind != Kind.NOTHING) {
            parts.kept().last().ifPresent(reports::add);
        }
        return kind != Kind.NOTHING;
    }

    /** Runs batches until all that is there now has gone through. */
    void drain(QueryControl.Request request) throws Exception {
        List<@Nullable Offset> before = batches.bounds();
        if (before.isEmpty()) {
            batches.bound(latest());
        }
        try {
            while (!request.cancelled()) {
                Kind kind = run(Want.ANY);
                if (kind == Kind.NOTHING) {
                    break;
                }
            }
        } finally {
            batches.bound(before);
        }
        batches.settle();
    }

    private List<@Nullable Offset> latest() throws InterruptedException {
        List<@Nullable Offset> ends = new ArrayList<>();
        for (SourceInput source : parts.sources()) {
            ends.add(parts.virtual().isPresent() ? null : source.latest());
        }
        return ends;
    }

    TimeTravel past() {
        return new TimeTravel(parts, batches);
    }

    // ---- the end

    private void to(State state, String detail) {
        parts.board().to(state, detail, batches.nowMs(), null);
    }

    private void close(State end, String detail) {
        Throwable failure = new GivenUp();
        for (Outside.Action action : List.<Outside.Action>of(
                batches::settle,
                () -> parts.journal().close(),
                () -> parts.sink().close(),
                () -> parts.plan().close(),
                this::closeSources)) {
            try {
                action.run();
            } catch (Throwable t) {
                failure.addSuppressed(t);
            }
        }
        String by = control.replacedBy();
        boolean keepFailure = parts.board().status().state() == State.FAILED && by == null;
        if (!keepFailure) {
            to(by != null ? State.REPLACED : end, by != null ? "replaced by " + by : detail);
        }
        control.end();
    }

    private void closeSources() throws Exception {
        for (SourceInput source : parts.sources()) {
            source.close();
        }
    }
}
