package org.tailrace.app.run;

import org.tailrace.kernel.protocol.Interpreter;

/**
 * A running interpreter together with what carries its output.
 *
 * @param afterwards closes the latter, once the interpreter has said its last
 */
public record Session(Interpreter interpreter, Runnable afterwards) implements AutoCloseable {

    @Override
    public void close() {
        try {
            interpreter.close();
        } finally {
            afterwards.run();
        }
    }
}
