package org.tailrace.error;

import org.jspecify.annotations.Nullable;

/** A checkpoint is missing, damaged, in use, or of another plan or version. */
public final class CheckpointException extends TailraceException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(Problem problem) {
        this(problem, null);
    }

    public CheckpointException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
