package org.tailrace.kernel.exec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.protocol.StopSignal;

/**
 * Runs each cell on a thread of its own and ends it, in the worst case without the thread's help.
 *
 * <p>An interrupt does three things: it raises the flag that woven checks ask, so loops and recursion of the notebook end;
 * it interrupts the thread, so waiting library calls end; and after {@link #PATIENCE_NANOS} it leaves the thread behind,
 * so that a call which obeys neither does not hold the notebook. A thread left behind keeps its flag and ends at its next
 * check.
 */
final class CellRunner {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long NUDGE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How a cell ended. */
    sealed interface End<T> {
        record Done<T>(@Nullable T value) implements End<T> {}

        record Failed<T>(Throwable failure) implements End<T> {}

        /** @param failure what the code ended with; null if it ended as if nothing had happened */
        record Interrupted<T>(Reason reason, @Nullable Throwable failure) implements End<T> {}

        /** @param stack where the call stood when its thread was left behind */
        record LeftBehind<T>(Reason reason, StackTraceElement[] stack) implements End<T> {}
    }

    enum Reason {
        INTERRUPT,
        TIMEOUT
    }

    private final class Run<T> {
        private final CellThread thread;
        // guarded by this
        private @Nullable End<T> end;
        private @Nullable Reason reason;
        private long stoppedAtNanos;
        private long nextNudgeNanos;

        Run(CellContext cell, Callable<@Nullable T> body) {
            thread = new CellThread(threads, () -> finish(end(body)), cell);
        }

        private End<T> end(Callable<@Nullable T> body) {
            try {
                return new End.Done<>(body.call());
            } catch (Throwable failure) {
                return new End.Failed<>(failure);
            }
        }

        private synchronized void finish(End<T> how) {
            end = how;
            notifyAll();
        }

        synchronized void stop(Reason why) {
            if (reason == null && end == null) {
                reason = why;
                stoppedAtNanos = System.nanoTime();
                nextNudgeNanos = stoppedAtNanos + NUDGE_NANOS;
                thread.askToStop();
                notifyAll();
            }
        }

        synchronized End<T> await(long timeoutNanos) {
            boolean interrupted = false;
            long deadline = System.nanoTime() + timeoutNanos;
            try {
                while (end == null) {
                    long now = System.nanoTime();
                    if (reason == null && timeoutNanos > 0 && now >= deadline) {
                        stop(Reason.TIMEOUT);
                    }
                    if (reason != null && now - stoppedAtNanos >= PATIENCE_NANOS) {
                        leftBehind.add(thread);
                        return new End.LeftBehind<>(reason, thread.getStackTrace());
                    }
                    if (reason != null && now >= nextNudgeNanos) {
                        thread.interrupt();
                        nextNudgeNanos = now + NUDGE_NANOS;
                    }
                    try {
                        TimeUnit.NANOSECONDS.timedWait(this, nanosToWait(now, deadline, timeoutNanos));
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (reason != null) {
                    return new End.Interrupted<>(reason, end instanceof End.Failed<T> failed ? failed.failure() : null);
                }
                return end;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private long nanosToWait(long now, long deadline, long timeoutNanos) {
            long nanos = TimeUnit.HOURS.toNanos(1);
            if (reason != null) {
                nanos = Math.min(nextNudgeNanos, stoppedAtNanos + PATIENCE_NANOS) - now;
            } else if (timeoutNanos > 0) {
                nanos = deadline - now;
            }
            // a wait of less than a millisecond would return at once, and busily
            return Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private final ClassLoader loader;
    private final Consumer<Boolean> stopOthers;
    private final ThreadGroup threads = new NotebookThreads();
    private final Set<Run<?>> running = new LinkedHashSet<>();
    private final List<CellThread> leftBehind = new CopyOnWriteArrayList<>();
    private long lastEndNanos = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    private long lastUseNanos = lastEndNanos;

    /** @param stopOthers raises or lowers the flag for threads that are neither cells' nor plug-ins' */
    CellRunner(ClassLoader loader, Consumer<Boolean> stopOthers) {
        this.loader = loader;
        this.stopOthers = stopOthers;
    }

    /**
     * @param timeoutNanos 0 for none
     * @param stop may have been given before
     */
    <T> End<T> run(CellContext cell, long timeoutNanos, StopSignal stop, Callable<@Nullable T> body) {
        var run = new Run<T>(cell, body);
        run.thread.setContextClassLoader(loader);
        synchronized (running) {
            if (running.isEmpty()) {
                stopOthers.accept(false);
            }
            running.add(run);
        }
        try {
            run.thread.start();
            stop.then(() -> interrupt(List.of(run)));
            return run.await(timeoutNanos);
        } finally {
            synchronized (running) {
                running.remove(run);
                lastEndNanos = System.nanoTime();
                lastUseNanos = lastEndNanos;
                running.notifyAll();
            }
        }
    }

    /** Stops what runs; false if nothing does. */
    boolean interrupt() {
        List<Run<?>> runs;
        synchronized (running) {
            runs = List.copyOf(running);
        }
        return interrupt(runs);
    }

    /** What has ended meanwhile is left alone, and so are the threads that it has started. */
    private boolean interrupt(List<Run<?>> runs) {
        boolean any = false;
        for (var run : runs) {
            synchronized (running) {
                if (!running.contains(run)) {
                    continue;
                }
                stopOthers.accept(true);
            }
            run.stop(Reason.INTERRUPT);
            any = true;
        }
        return any;
    }

    long nanosSinceLastEnd() {
        synchronized (running) {
            return System.nanoTime() - lastEndNanos;
        }
    }

    /** Somebody uses the notebook: what is done for later can wait. */
    void used() {
        synchronized (running) {
            lastUseNanos = System.nanoTime();
        }
    }

    /** Returns when no cell has run and nobody has {@link #used} the notebook for that long. */
    void awaitQuiet(long nanos) throws InterruptedException {
        synchronized (running) {
            while (true) {
                long left = lastUseNanos + nanos - System.nanoTime();
                if (!running.isEmpty()) {
                    running.wait();
                } else if (left > 0) {
                    // a wait of less than a millisecond would return at once, and busily
                    TimeUnit.NANOSECONDS.timedWait(running, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
                } else {
                    return;
                }
            }
        }
    }

    /** Threads of cells that were left behind and still go on. */
    List<CellThread> leftBehind() {
        leftBehind.removeIf(thread -> !thread.isAlive());
        return List.copyOf(leftBehind);
    }
}
