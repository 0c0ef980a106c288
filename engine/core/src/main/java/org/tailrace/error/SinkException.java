package org.tailrace.error;

import org.jspecify.annotations.Nullable;

/** The outside world failed to take rows; {@link #retries} says whether it is worth trying again. */
public final class SinkException extends TailraceException {
    private static final long serialVersionUID = 1L;

    private final boolean retries;

    public SinkException(Problem problem) {
        this(problem, null);
    }

    public SinkException(Problem problem, @Nullable Throwable cause) {
        this(problem, cause, false);
    }

    /** @param retries the same call may succeed after a while */
    public SinkException(Problem problem, @Nullable Throwable cause, boolean retries) {
        super(problem, cause);
        this.retries = retries;
    }

    public boolean retries() {
        return retries;
    }
}
