package org.tailrace.kernel.output;

import java.io.IOException;

/** Asks the person in front of the notebook for a line. */
@FunctionalInterface
public interface InputSource {

    /**
     * Blocks until a line was typed, without its newline.
     *
     * @param password whether the front end should hide what is typed
     * @throws NoInputException if the front end allows no input for this cell
     * @throws IOException if it went away
     * @throws InterruptedException if the cell was interrupted meanwhile
     */
    String read(CellContext cell, String prompt, boolean password) throws IOException, InterruptedException;
}
