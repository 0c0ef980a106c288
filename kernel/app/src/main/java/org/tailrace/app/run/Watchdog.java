package org.tailrace.app.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does something once if a piece of work takes longer than it may. */
final class Watchdog implements AutoCloseable {

    /** One piece of work under watch; closing it ends the watch. */
    static final class Watch implements AutoCloseable {
        private final AtomicBoolean expired = new AtomicBoolean();
        private final Optional<ScheduledFuture<?>> bite;

        private Watch(ScheduledExecutorService clock, Optional<Duration> limit, Runnable action) {
            bite = limit.map(l -> clock.schedule(
                    () -> {
                        expired.set(true);
                        action.run();
                    },
                    l.toMillis(),
                    TimeUnit.MILLISECONDS));
        }

        boolean expired() {
            return expired.get();
        }

        @Override
        public void close() {
            bite.ifPresent(b -> b.cancel(false));
        }
    }

    /** Something that is done again and again until it is closed: after a second, then at distances that grow to half a minute. */
    final class Reminder implements AutoCloseable {
        private final Runnable action;
        private long seconds = 1;
        private boolean closed;

        private Reminder(Runnable action) {
            this.action = action;
        }

        private synchronized void goOn() {
            if (!closed) {
                clock.schedule(this::remind, seconds, TimeUnit.SECONDS);
                seconds = Math.min(2 * seconds, LONGEST_SECONDS);
            }
        }

        private synchronized void remind() {
            if (!closed) {
                action.run();
                goOn();
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
        }
    }

    private static final long LONGEST_SECONDS = 30;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "run-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    /** @param limit none: never */
    Watch watch(Optional<Duration> limit, Runnable action) {
        return new Watch(clock, limit, action);
    }

    Reminder remind(Runnable action) {
        var reminder = new Reminder(action);
        reminder.goOn();
        return reminder;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
