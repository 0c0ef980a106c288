package org.tailrace.report;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a query is doing.
 *
 * @param detail a clause for people, such as {@code paused by ■}; may be empty
 * @param batchId last committed batch, −1 before the first
 * @param timeMs when it came to be: wall time, or virtual time for a replay; milliseconds since the epoch
 */
public record QueryStatus(
        State state,
        String detail,
        long batchId,
        long timeMs,
        @Nullable Throwable failure) {

    public enum State {
        STARTING,
        RUNNING,
        PAUSED,
        /** A source or sink is away; tried again after a while. */
        RETRYING,
        STOPPED,
        /** A bounded query has read all. */
        FINISHED,
        FAILED,
        /** Another query has taken its name. */
        REPLACED;

        public boolean ended() {
            return ordinal() >= STOPPED.ordinal();
        }
    }

    public Optional<Throwable> cause() {
        return Optional.ofNullable(failure);
    }
}
