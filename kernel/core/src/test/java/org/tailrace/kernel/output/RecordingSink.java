package org.tailrace.kernel.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes down what it is given, as lines such as {@code 3 stdout: text}, the cell's number first. */
final class RecordingSink implements OutputSink {

    private final List<String> lines = new ArrayList<>();

    private synchronized void add(CellContext parent, String what) {
        lines.add(parent.number() + " " + what);
        notifyAll();
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line; the test's own time limit ends a wait for one that never comes. */
    synchronized void await(String line) throws InterruptedException {
        while (!lines.contains(line)) {
            wait();
        }
    }

    /** All text of one stream of one cell, in order. */
    String text(int cell, String name) {
        String prefix = cell + " " + name + ": ";
        var text = new StringBuilder();
        for (String line : lines()) {
            if (line.startsWith(prefix)) {
                text.append(line, prefix.length(), line.length());
            }
        }
        return text.toString();
    }

    @Override
    public void stream(CellContext parent, String name, String text) {
        add(parent, name + ": " + text);
    }

    @Override
    public void display(CellContext parent, Map<String, String> bundle, String displayId) {
        add(parent, "display " + displayId + bundle);
    }

    @Override
    public void updateDisplay(CellContext parent, Map<String, String> bundle, String displayId) {
        add(parent, "update " + displayId + bundle);
    }

    @Override
    public void result(CellContext parent, int executionCount, Map<String, String> bundle) {
        add(parent, "result " + executionCount + bundle);
    }

    @Override
    public void error(CellContext parent, String name, String value, List<String> traceback) {
        add(parent, "error " + name + " " + value);
    }

    @Override
    public void clear(CellContext parent, boolean wait) {
        add(parent, "clear " + wait);
    }
}
