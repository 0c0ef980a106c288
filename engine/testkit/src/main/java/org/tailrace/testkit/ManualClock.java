package org.tailrace.testkit;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.env.Clock;

/**
 * A clock that stands still until it is moved. Whoever waits for a time on it is woken by the move that reaches it. Any
 * thread.
 */
public final class ManualClock implements Clock {
    private record Waiter(Object monitor, long untilNanos) {}

    private final List<Waiter> waiters = new ArrayList<>();
    private long wallMs;
    private long nanos;
    private long waits;

    /** @param startMs wall time, milliseconds since the epoch */
    public ManualClock(long startMs) {
        wallMs = startMs;
    }

    @Override
    public synchronized long currentTimeMs() {
        return wallMs;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public void await(Object monitor, long timeoutNanos) throws InterruptedException {
        if (timeoutNanos <= 0) {
            monitor.wait();
            return;
        }
        Waiter waiter;
        synchronized (this) {
            waiter = new Waiter(monitor, nanos + timeoutNanos);
            waiters.add(waiter);
            waits++;
            notifyAll();
        }
        try {
            // The caller holds the monitor until it waits, so a move in between cannot get lost.
            monitor.wait();
        } finally {
            synchronized (this) {
                waiters.remove(waiter);
                notifyAll();
            }
        }
    }

    /** Moves wall time and monotonic time on. */
    public void advanceMs(long ms) {
        List<Waiter> due;
        synchronized (this) {
            wallMs += ms;
            nanos += ms * 1_000_000L;
            due = waiters.stream().filter(w -> w.untilNanos <= nanos).toList();
        }
        for (Waiter waiter : due) {
            synchronized (waiter.monitor) {
                waiter.monitor.notifyAll();
            }
        }
    }

    /** Sets the clock on the wall; monotonic time does not notice. */
    public synchronized void jumpTo(long ms) {
        wallMs = ms;
    }

    /** Returns once some thread waits for a time on this clock. */
    public synchronized void awaitWaiter() throws InterruptedException {
        while (waiters.isEmpty()) {
            wait();
        }
    }

    /** How many times a thread has begun to wait for a time on this clock. */
    public synchronized long waits() {
        return waits;
    }

    /** Returns once threads have begun to wait so many times. */
    public synchronized void awaitWaits(long count) throws InterruptedException {
        while (waits < count) {
            wait();
        }
    }

    /** How long the thread that waits for the nearest time still has to, milliseconds; −1 if none does. */
    public synchronized long nearestWaitMs() {
        return waiters.stream()
                .mapToLong(w -> Math.max(0, w.untilNanos - nanos) / 1_000_000L)
                .min()
                .orElse(-1);
    }
}
