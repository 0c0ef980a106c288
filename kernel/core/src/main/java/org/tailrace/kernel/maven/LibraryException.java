package org.tailrace.kernel.maven;

import java.io.IOException;

/** A library cannot be had. The message says all; where in the resolver that came out helps nobody. */
public final class LibraryException extends IOException {

    private static final long serialVersionUID = 1L;

    public LibraryException(String message) {
        super(message);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
