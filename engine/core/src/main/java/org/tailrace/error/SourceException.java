package org.tailrace.error;

import org.jspecify.annotations.Nullable;

/** The outside world failed to give rows; {@link #retries} says whether it is worth trying again. */
public final class SourceException extends TailraceException {
    private static final long serialVersionUID = 1L;

    private final boolean retries;

    public SourceException(Problem problem) {
        this(problem, null);
    }

    public SourceException(Problem problem, @Nullable Throwable cause) {
        this(problem, cause, false);
    }

    /** @param retries the same call may succeed after a while */
    public SourceException(Problem problem, @Nullable Throwable cause, boolean retries) {
        super(problem, cause);
        this.retries = retries;
    }

    public boolean retries() {
        return retries;
    }
}
