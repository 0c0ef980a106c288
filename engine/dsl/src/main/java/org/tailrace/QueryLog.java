package org.tailrace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The last lines that a query's code printed. Bounded: 200 lines of 500 characters. Safe for threads. */
public final class QueryLog {
    private static final int LINES = 200;
    private static final int LENGTH = 500;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private volatile Runnable onLine = () -> {};

    /** Takes one printed line. */
    public void add(String line) {
        synchronized (this) {
            lines.addLast(line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…");
            if (lines.size() > LINES) {
                lines.removeFirst();
            }
        }
        onLine.run();
    }

    /** Calls {@code action} after each line, on the printing thread; replaces an earlier action. */
    public void onLine(Runnable action) {
        onLine = action;
    }

    /** The newest {@code count} lines, oldest first. */
    public synchronized List<String> last(int count) {
        var all = new ArrayList<>(lines);
        return List.copyOf(all.subList(Math.max(0, all.size() - count), all.size()));
    }
}
