package org.tailrace.kernel.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One extension of the kernel, found by {@link java.util.ServiceLoader}. A plug-in is made once per kernel and keeps its
 * state in itself, never in a static field: several kernels live in one JVM.
 */
public interface KernelPlugin {

    /** Registers magics, renderers and variables with the host. Called once, before the first cell. */
    void start(KernelHost host) throws Exception;

    /**
     * Waits until the plug-in's bounded background work has ended, as a notebook runner does before it saves: however
     * long that takes, since the caller may interrupt.
     *
     * @param liveFor how long from now unbounded work goes on before it is stopped
     * @return one sentence per piece of work that failed; empty if all is well
     */
    default List<String> awaitQuiet(Duration liveFor) throws InterruptedException {
        return List.of();
    }

    /** How far the bounded work has come that {@link #awaitQuiet} waits for; empty if there is none, or nobody can say. */
    default Optional<WorkDone> workDone() {
        return Optional.empty();
    }
}
