package org.tailrace.error;

import org.jspecify.annotations.Nullable;

/** A record or a value is bad: its source, position and field, or the operation that it broke. */
public final class DataException extends TailraceException {
    private static final long serialVersionUID = 1L;

    public DataException(Problem problem) {
        this(problem, null);
    }

    public DataException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
