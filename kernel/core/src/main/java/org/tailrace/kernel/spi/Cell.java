package org.tailrace.kernel.spi;

import java.util.Map;
import java.util.function.Supplier;

/** One execution of a cell: where its output goes, also long after it has finished. */
public interface Cell {

    /** The front end's identity of the cell if it sends one, else a hash of its text: the same when it runs again. */
    String id();

    /** The number in brackets beside the cell. */
    int number();

    String source();

    /** Writes to the cell's standard output. */
    void print(String text);

    /** Shows a bundle (MIME type to text) once. */
    void display(Map<String, String> bundle);

    /**
     * Opens a display that can change after the cell has ended.
     *
     * @param displayId identity on the wire; showing the same one again mirrors it
     * @param first the first picture
     */
    LiveDisplay live(String displayId, Supplier<Map<String, String>> first);
}
