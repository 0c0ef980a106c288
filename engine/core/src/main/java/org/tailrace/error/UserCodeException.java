package org.tailrace.error;

import org.jspecify.annotations.Nullable;

/** A lambda of the user threw: the batch, the row and the cause are named. */
public final class UserCodeException extends TailraceException {
    private static final long serialVersionUID = 1L;

    public UserCodeException(Problem problem) {
        this(problem, null);
    }

    public UserCodeException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
