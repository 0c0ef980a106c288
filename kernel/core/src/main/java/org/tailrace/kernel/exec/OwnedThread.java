package org.tailrace.kernel.exec;

import org.jspecify.annotations.Nullable;

/**
 * A thread that knows by itself when the notebook's code on it has to end. {@link StopCheck} asks it and nothing else, so
 * an interrupt of a cell reaches only the threads it is meant for. Public because each notebook's own copy of
 * {@code StopCheck} lives in another loader.
 */
public abstract class OwnedThread extends Thread {

    /** @param group null for that of the calling thread */
    OwnedThread(@Nullable ThreadGroup group, Runnable body, String name) {
        super(group, body, name);
        setDaemon(true);
    }

    /** Asked at every method entry and backward jump of notebook code: cheap, and never blocks. */
    public abstract boolean mustStop();
}
