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

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "run-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    /** @param limit none: never */
    Watch watch(Optional<Duration> limit, Runnable action) {
        return new Watch(clock, limit, action);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
