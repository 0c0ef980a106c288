package org.tailrace.error;

import org.jspecify.annotations.Nullable;

/** The outside world failed to take rows. */
public final class SinkException extends TailraceException {
    private static final long serialVersionUID = 1L;

    public SinkException(Problem problem) {
        this(problem, null);
    }

    public SinkException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
