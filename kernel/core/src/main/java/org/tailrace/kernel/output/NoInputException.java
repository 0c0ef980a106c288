package org.tailrace.kernel.output;

/**
 * Code reads what nobody can type. No {@code IOException}, as which {@code Scanner} would swallow it and say only that there
 * is no line.
 */
public final class NoInputException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public NoInputException() {
        super(
                "this code reads input, and nobody can type it: whoever runs this cell allows none (allow_stdin is false), as "
                        + "nbconvert, papermill and tailrace's own run do.\n"
                        + "Put the value into a variable, which papermill -p and run --param can set, or run the cell in JupyterLab "
                        + "or jupyter console.");
    }
}
