package org.tailrace.error;

import org.jspecify.annotations.Nullable;

/** The query is wrong: thrown by the verb that made it so, at the latest by {@code start}, never by a batch. */
public final class PlanException extends TailraceException {
    private static final long serialVersionUID = 1L;

    public PlanException(Problem problem) {
        this(problem, null);
    }

    public PlanException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
