package org.tailrace.kernel.exec;

import org.tailrace.kernel.output.CellContext;

/**
 * Where a piece of Java was written.
 *
 * @param cell number of the cell that ran it
 * @param name how an error calls the text, such as {@code cell [3]}
 * @param text all of it, whose lines are counted
 * @param offset where in {@code text} the piece begins
 */
record Origin(int cell, String name, String text, int offset) {

    static Origin of(CellContext cell, int offset) {
        return new Origin(cell.number(), "cell [" + cell.number() + "]", cell.source(), offset);
    }

    /** Text that a magic or plug-in runs for a cell: counted in the cell's lines if it stands there. */
    static Origin within(CellContext cell, String source) {
        int found = cell.source().indexOf(source);
        return found >= 0
                ? of(cell, found)
                : new Origin(cell.number(), "text run by cell [" + cell.number() + "]", source, 0);
    }

    Origin plus(int further) {
        return new Origin(cell, name, text, offset + further);
    }

    /** The line that holds the character at {@code position} of the piece. */
    Place at(int position) {
        int at = Math.max(0, Math.min(offset + position, text.length()));
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = text.indexOf('\n', at);
        int line = (int) text.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new Place(this, line, at - lineStart, text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd));
    }
}
