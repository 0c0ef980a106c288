package org.tailrace.error;

import org.jspecify.annotations.Nullable;

/** Our own defect; never the user's fault. */
public final class InternalException extends TailraceException {
    private static final long serialVersionUID = 1L;

    public InternalException(Problem problem) {
        this(problem, null);
    }

    public InternalException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
