package org.tailrace.testkit;

/** The machine stops here. Everything that is tried on its disk afterwards throws this again. */
public final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(long operation) {
        super("crash at operation " + operation, null, false, false);
    }
}
