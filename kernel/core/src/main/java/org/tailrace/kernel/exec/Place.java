package org.tailrace.kernel.exec;

/**
 * A position that an error points at.
 *
 * @param line from 1
 * @param column from 0
 * @param sourceLine the whole line
 */
record Place(Origin origin, int line, int column, String sourceLine) {

    @Override
    public String toString() {
        return origin.name() + ", line " + line;
    }
}
