package org.tailrace.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.Clock;
import org.tailrace.env.Environment;
import org.tailrace.env.Scheduler;

/**
 * Makes a snapshot out of files of changes that no longer grow, on a thread of its own; at most one at a time. The fields
 * are guarded by this object's monitor, through which the result is handed to the query's thread.
 */
final class Compaction implements AutoCloseable {
    /** Starts its thread's name, by which a simulated scheduler knows it. */
    static final String THREAD = "tailrace-snapshot-";

    private final Clock clock;
    private final Scheduler scheduler;
    private boolean running;
    private boolean closing;
    private long done = -1;
    private @Nullable Throwable failure;

    Compaction(Environment environment) {
        clock = environment.clock();
        scheduler = environment.scheduler();
    }

    synchronized boolean idle() {
        return !running;
    }

    void start(StateFiles files, long version) {
        synchronized (this) {
            running = true;
        }
        scheduler.start(THREAD + version, () -> run(files, version));
    }

    private void run(StateFiles files, long version) {
        try {
            finish(files.compact(version, this::closing) ? version : -1, null);
        } catch (Throwable t) {
            finish(-1, t);
        }
    }

    private synchronized boolean closing() {
        return closing;
    }

    private synchronized void finish(long version, @Nullable Throwable cause) {
        running = false;
        done = version;
        failure = cause;
        notifyAll();
    }

    /** Version of a snapshot that has been finished since the last call; −1 if there is none. */
    synchronized long take() throws IOException {
        Throwable cause = failure;
        failure = null;
        if (cause instanceof RuntimeException e) {
            throw e;
        } else if (cause instanceof Error e) {
            throw e;
        } else if (cause != null) {
            throw new IOException("a snapshot could not be written: " + cause.getMessage(), cause);
        }
        long version = done;
        done = -1;
        return version;
    }

    /** Waits for the thread: no file may be touched once the checkpoint's lock is free. */
    @Override
    public synchronized void close() {
        closing = true;
        boolean interrupted = false;
        while (running) {
            try {
                clock.await(this, 0);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
