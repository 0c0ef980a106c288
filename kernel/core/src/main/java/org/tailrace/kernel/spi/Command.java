package org.tailrace.kernel.spi;

import java.io.PrintStream;
import java.util.List;

/** A command of {@code tailrace.jar} that a plugin brings along, found by {@link java.util.ServiceLoader}. */
public interface Command {

    /** The word that calls it. */
    String name();

    /** What follows the name, for one line of help: {@code "checkpoint DIR"} without the name is {@code "DIR"}. */
    String operands();

    /** Runs it and returns whether all is well. */
    boolean run(List<String> arguments, PrintStream out, PrintStream err) throws WrongUse;

    /** The arguments are not what the command takes; the message says so in words. */
    final class WrongUse extends Exception {
        private static final long serialVersionUID = 1L;

        public WrongUse(String message) {
            super(message);
        }
    }
}
