package org.tailrace.kernel.protocol;

import java.util.concurrent.CompletableFuture;

/**
 * The wish that one cell ends. It may be given at any time from before the cell's busy status on, from any thread: also
 * while the cell still waits for its interpreter or its compiler, and it is not lost then.
 */
public final class StopSignal {

    private final CompletableFuture<Void> given = new CompletableFuture<>();

    /** Gives the signal; a second time does nothing. What waits for it runs on the calling thread. */
    public void give() {
        given.complete(null);
    }

    public boolean isGiven() {
        return given.isDone();
    }

    /** Does something when the signal is given; now, if it was. */
    public void then(Runnable action) {
        given.thenRun(action);
    }

    /**
     * Waits for something, or for the signal.
     *
     * @return whether the other is there, well or badly; false if the signal came first
     */
    public boolean await(CompletableFuture<?> other) {
        CompletableFuture.anyOf(given, other.handle((value, failure) -> null)).join();
        return other.isDone();
    }
}
