package org.tailrace.connect;

import org.tailrace.env.Clock;
import org.tailrace.env.Environment;
import org.tailrace.env.SystemEnvironment;

/** A clock that a test sets. */
final class ManualClock implements Clock {
    volatile long nowMs;

    ManualClock(long nowMs) {
        this.nowMs = nowMs;
    }

    /** The real environment with this clock. */
    Environment environment() {
        Environment real = SystemEnvironment.create();
        return new Environment(real.files(), this, real.scheduler(), real.randomness());
    }

    @Override
    public long currentTimeMs() {
        return nowMs;
    }

    @Override
    public long nanoTime() {
        return nowMs * 1_000_000;
    }

    @Override
    public void await(Object monitor, long nanos) throws InterruptedException {
        monitor.wait();
    }
}
