package org.tailrace.kernel.exec;

/** A declaration was used before what it needs was declared. */
final class UnresolvedName extends Exception {

    private static final long serialVersionUID = 1L;

    UnresolvedName(String message, StackTraceElement[] where) {
        super(message);
        setStackTrace(where);
    }
}
