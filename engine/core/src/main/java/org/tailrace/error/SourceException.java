package org.tailrace.error;

import org.jspecify.annotations.Nullable;

/** The outside world failed to give rows. */
public final class SourceException extends TailraceException {
    private static final long serialVersionUID = 1L;

    public SourceException(Problem problem) {
        this(problem, null);
    }

    public SourceException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
