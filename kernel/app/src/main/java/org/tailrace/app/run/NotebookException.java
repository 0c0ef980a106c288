package org.tailrace.app.run;

/** The file is no notebook that can be run, or a parameter does not fit it; the message says why. */
public final class NotebookException extends Exception {
    private static final long serialVersionUID = 1;

    NotebookException(String message) {
        super(message);
    }
}
