package org.tailrace.env;

import java.util.concurrent.ThreadFactory;

/** The real world: this machine's disk, clocks, dice and threads. */
public final class SystemEnvironment {
    private SystemEnvironment() {}

    /** With threads of its own. */
    public static Environment create() {
        return create(Thread::new);
    }

    /** @param threads makes every thread of the engine; they are made daemons and named here */
    public static Environment create(ThreadFactory threads) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Environment(
                new SystemFileSystem(), new SystemClock(), new SystemScheduler(threads, cores), new SystemRandomness());
    }
}
