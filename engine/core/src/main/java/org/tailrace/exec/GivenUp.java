package org.tailrace.exec;

/** The batch is not to go on: the query is being stopped and has no time left. Not a failure. */
final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
        super("given up", null, false, false);
    }
}
