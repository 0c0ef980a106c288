package org.tailrace.kernel.output;

import java.util.List;
import java.util.Map;

/**
 * The last step of every output: the Jupyter wire, or a notebook being executed without one. {@code parent} is the cell
 * that the output belongs to. The router calls one at a time, in order, from any thread; an implementation never blocks on a
 * slow reader and never calls the router back.
 */
public interface OutputSink {

    /** @param name {@code stdout} or {@code stderr} */
    void stream(CellContext parent, String name, String text);

    /** @param displayId what {@link #updateDisplay} names later; empty if it never will */
    void display(CellContext parent, Map<String, String> bundle, String displayId);

    /** Replaces every display of that id; {@code parent} is the running cell if there is one. */
    void updateDisplay(CellContext parent, Map<String, String> bundle, String displayId);

    void result(CellContext parent, int executionCount, Map<String, String> bundle);

    void error(CellContext parent, String name, String value, List<String> traceback);

    void clear(CellContext parent, boolean wait);

    /** Offers something to read beside the notebook, such as help; where there is no such place it is displayed. */
    default void page(CellContext parent, Map<String, String> bundle) {
        display(parent, bundle, "");
    }
}
