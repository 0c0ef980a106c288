package org.tailrace.error;

/** A query's state has outgrown its budget: what keeps it and how to go on are named. */
public final class StateException extends TailraceException {
    private static final long serialVersionUID = 1L;

    public StateException(Problem problem) {
        super(problem, null);
    }
}
