package org.tailrace.exec;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.Clock;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/**
 * What other threads want of a query's thread. Every field is guarded by this object's monitor, on which the query's
 * thread parks and the others wait.
 *
 * <p>Work is handed over: it runs on the query's thread between two batches while the caller waits, so that an interrupt
 * of the caller ends the wait and never hits a batch.
 */
final class QueryControl {
    /** A batch may go on so long after {@link #stop} before its thread is interrupted … */
    private static final long GRACE_NANOS = 1_500_000_000L;
    /** … and so long after that before the thread is left behind. */
    private static final long LAST_NANOS = 400_000_000L;

    /** Runs on the query's thread; ends early once {@code cancelled}. */
    interface Work {
        void run(Request request) throws Exception;
    }

    /** Work that was handed over. */
    final class Request {
        private final Work work;
        /** Answers about the query, which it gives even while it is failed. */
        final boolean question;

        private boolean done;
        private boolean cancelled;
        private @Nullable Throwable failure;

        Request(Work work, boolean question) {
            this.work = work;
            this.question = question;
        }

        /** Nobody waits for it any more, or the query is to end. */
        boolean cancelled() {
            synchronized (QueryControl.this) {
                return cancelled || stopping;
            }
        }

        /** Does the work; the one who waits goes on after {@link #finish}. */
        void run() throws Exception {
            work.run(this);
        }

        /** @param cause thrown to the one who waits */
        void finish(@Nullable Throwable cause) {
            synchronized (QueryControl.this) {
                failure = cause;
                done = true;
                QueryControl.this.notifyAll();
            }
        }
    }

    private final Clock clock;
    private final Deque<Request> requests = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean woken;
    private boolean stopping;
    private boolean givenUp;
    private boolean abandoned;
    private boolean ended;
    private boolean writing;
    private boolean paused;
    private boolean retry;
    private boolean skip;
    private String why = "";
    private @Nullable String replacedBy;

    QueryControl(Clock clock) {
        this.clock = clock;
    }

    // ---- the query's thread

    /** Called first by the query's thread. */
    synchronized void begin(Thread own) {
        thread = own;
    }

    /** Waits until something is asked or a source wakes the query, at most {@code nanos}; 0 or less for no limit. */
    synchronized void park(long nanos) throws InterruptedException {
        long end = clock.nanoTime() + nanos;
        while (!woken && !stopping && requests.isEmpty() && !retry && !skip) {
            long left = nanos <= 0 ? 0 : end - clock.nanoTime();
            if (nanos > 0 && left <= 0) {
                break;
            }
            clock.await(this, left);
        }
        woken = false;
    }

    /** As {@link #park}, but only {@link #stop} and {@link #retry} end it early. */
    synchronized void awaitRepair(long nanos) throws InterruptedException {
        if (!stopping && !retry) {
            clock.await(this, nanos);
        }
    }

    synchronized @Nullable Request poll() {
        return requests.poll();
    }

    /** Answers questions; all other work is refused with {@code failure}. */
    void refuseWork(Throwable failure) throws Exception {
        for (Request request = poll(); request != null; request = poll()) {
            if (request.question) {
                request.run();
                request.finish(null);
            } else {
                request.finish(failure);
            }
        }
    }

    synchronized boolean stopping() {
        return stopping;
    }

    synchronized boolean paused() {
        return paused;
    }

    synchronized String why() {
        return why;
    }

    synchronized @Nullable String replacedBy() {
        return replacedBy;
    }

    synchronized boolean takeRetry() {
        boolean was = retry;
        retry = false;
        return was;
    }

    synchronized boolean takeSkip() {
        boolean was = skip;
        skip = false;
        return was;
    }

    /** Throws if the running batch is not to go on. */
    synchronized void check() {
        if (givenUp || abandoned) {
            throw new GivenUp();
        }
    }

    /** Begins a stretch in which the engine's files are written and no interrupt comes. */
    synchronized void beginWriting() {
        if (abandoned) {
            throw new GivenUp();
        }
        writing = true;
    }

    synchronized void endWriting() {
        writing = false;
        notifyAll();
    }

    /** The thread is about to end: nobody waits for it after this. False if it had been left behind. */
    synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        requests.clear();
        notifyAll();
        return first;
    }

    // ---- any thread

    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    synchronized void pause(String reason) {
        paused = true;
        why = reason;
        wake();
    }

    synchronized void resume() {
        paused = false;
        why = "";
        wake();
    }

    synchronized void retry() {
        retry = true;
        notifyAll();
    }

    synchronized void skip() {
        skip = true;
        notifyAll();
    }

    synchronized boolean ended() {
        return ended;
    }

    /**
     * Has {@code work} done by the query's thread; false if the query ended before it was. A failure of the work is thrown.
     */
    boolean handOver(Work work, boolean question) throws InterruptedException {
        refuseOwnThread();
        var request = new Request(work, question);
        synchronized (this) {
            requests.add(request);
            notifyAll();
            try {
                while (!request.done && !ended) {
                    clock.await(this, 0);
                }
            } finally {
                request.cancelled = true;
                requests.remove(request);
            }
        }
        if (request.failure instanceof RuntimeException e) {
            throw e;
        } else if (request.failure instanceof Error e) {
            throw e;
        } else if (request.failure != null) {
            throw new IllegalStateException(request.failure);
        }
        return request.done;
    }

    /** Waits until {@code condition}, which only a notification can change; false if the time ran out first. */
    synchronized boolean await(Duration timeout, BooleanSupplier condition) throws InterruptedException {
        refuseOwnThread();
        // Long durations such as that of Long.MAX_VALUE seconds do not fit into nanoseconds.
        long nanos = timeout.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE / 2 : timeout.toNanos();
        long end = clock.nanoTime() + nanos;
        while (!condition.getAsBoolean()) {
            long left = end - clock.nanoTime();
            if (left <= 0) {
                return false;
            }
            clock.await(this, left);
        }
        return true;
    }

    synchronized void changed() {
        notifyAll();
    }

    private void refuseOwnThread() {
        synchronized (this) {
            if (Thread.currentThread() == thread) {
                throw new PlanException(Problem.of("TR-701", "a query cannot wait for itself")
                        .because("its own function or listener asked for it")
                        .fix("ask from another cell, or stop the query with stop()"));
            }
        }
    }

    /**
     * Asks the query to end after its batch; a batch that does not end in time is interrupted, and in the last resort
     * left behind.
     *
     * @param leave frees what the query holds, if its thread is left behind
     */
    void stop(@Nullable String by, Runnable leave) throws InterruptedException {
        boolean free;
        synchronized (this) {
            if (ended) {
                return;
            }
            stopping = true;
            replacedBy = by;
            notifyAll();
            if (Thread.currentThread() == thread) {
                return;
            }
            if (awaitEnd(GRACE_NANOS)) {
                return;
            }
            givenUp = true;
            long end = clock.nanoTime() + LAST_NANOS;
            while (writing && clock.nanoTime() < end) {
                clock.await(this, Math.max(1, end - clock.nanoTime()));
            }
            if (thread != null && !writing) {
                thread.interrupt();
            }
            if (awaitEnd(LAST_NANOS)) {
                return;
            }
            // A thread that hangs in a write still uses the files: it closes them itself once it gets out.
            free = !writing;
            abandoned = true;
            ended = true;
            notifyAll();
        }
        if (free) {
            leave.run();
        }
    }

    private boolean awaitEnd(long nanos) throws InterruptedException {
        long end = clock.nanoTime() + nanos;
        while (!ended) {
            long left = end - clock.nanoTime();
            if (left <= 0) {
                return false;
            }
            clock.await(this, left);
        }
        return true;
    }
}
