package org.tailrace.exec;

import org.tailrace.env.Clock;
import org.tailrace.plan.Trigger;

/**
 * When the next batch may start. Only {@link #speed} is touched by a second thread.
 *
 * <p>An interval is aligned to its multiples on the wall, but measured in monotonic time, so that a jump of the wall
 * clock moves no batch. A batch that took longer than its interval is followed at once; ticks that were missed are not
 * made up for.
 */
final class Pace {
    private final Clock clock;
    private final long intervalMs;
    private final double replaySpeed;
    private final boolean virtual;
    private long dueNanos;
    private boolean started;

    /** Batches a second that a user asked for while a replay was running; negative if nobody did. */
    private volatile double asked = -1;

    private long startNanos;

    /** @param replaySpeed batches a second that a replay wants if the trigger says nothing */
    Pace(Clock clock, Trigger trigger, boolean virtual, double replaySpeed) {
        this.clock = clock;
        this.virtual = virtual;
        this.intervalMs = trigger instanceof Trigger.Every every ? every.intervalMs() : 0;
        this.replaySpeed = virtual && trigger instanceof Trigger.Default ? replaySpeed : 0;
    }

    /** From any thread. */
    void speed(double batchesPerSecond) {
        if (virtual) {
            asked = Math.max(0, batchesPerSecond);
        }
    }

    /** Nanoseconds until a batch may start; 0 if it may. */
    long nanosUntilDue() {
        if (!started) {
            return 0;
        }
        double wish = asked >= 0 ? asked : replaySpeed;
        long due =
                asked >= 0 || intervalMs == 0 ? (wish > 0 ? startNanos + (long) (1e9 / wish) : startNanos) : dueNanos;
        return Math.max(0, due - clock.nanoTime());
    }

    /** A batch starts, or finds nothing to do. */
    void start() {
        started = true;
        startNanos = clock.nanoTime();
        if (intervalMs > 0) {
            long wallMs = clock.currentTimeMs();
            long next = (Math.floorDiv(wallMs, intervalMs) + 1) * intervalMs;
            dueNanos = startNanos + (next - wallMs) * 1_000_000L;
        }
    }
}
