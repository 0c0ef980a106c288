package org.tailrace.kernel.spi;

import java.util.Optional;

/** Says in the user's terms what an exception of a cell means. The first advisor that answers wins. */
public interface ErrorAdvisor {

    /**
     * Where the exception left the notebook's own code.
     *
     * @param cell number of the cell
     * @param line number of the line in that cell, from 1; 0 if no frame is the user's
     * @param source text of that cell
     */
    record Site(int cell, int line, String source) {}

    /**
     * @param name stands in the error's place of a class name, such as {@code TR-101}
     * @param text one or more lines, the first a whole sentence
     */
    record Advice(String name, String text) {}

    Optional<Advice> advise(Throwable failure, Site site);
}
