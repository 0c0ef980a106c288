package org.tailrace.kernel.exec;

/**
 * Ends notebook code at a woven stop check. An error, so that {@code catch (Exception e)} does not see it; code that
 * catches {@code Throwable} meets it again at its next backward jump.
 */
public final class Stopped extends Error {

    private static final long serialVersionUID = 1L;

    public Stopped() {
        super("stopped by an interrupt");
    }
}
