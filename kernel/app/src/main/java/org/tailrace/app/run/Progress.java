package org.tailrace.app.run;

import java.io.PrintStream;
import java.util.Locale;

/** The lines that a person sees in the terminal while a notebook runs: one for each code cell. */
final class Progress {

    private static final int TITLE = 56;

    private final PrintStream terminal;
    private final int cells;
    private int cell;
    private long startNanos;

    Progress(PrintStream terminal, int cells) {
        this.terminal = terminal;
        this.cells = cells;
    }

    void begin(String title) {
        cell++;
        startNanos = System.nanoTime();
        int width = Integer.toString(cells).length();
        String cut = title.length() > TITLE ? title.substring(0, TITLE - 3) + "..." : title;
        terminal.printf(Locale.ROOT, "[%" + width + "d/%d] %-" + TITLE + "s ", cell, cells, cut);
        terminal.flush();
    }

    void end(String word) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        terminal.printf(Locale.ROOT, "%6.1f s%s%n", seconds, word.isEmpty() ? "" : "  " + word);
    }

    void say(String line) {
        terminal.println(line);
    }

    /** An error below its cell, without the colours of a traceback. */
    void error(Output.Failure failure) {
        if (failure.traceback().isEmpty()) {
            terminal.println("  " + failure.name() + ": " + failure.value());
        }
        for (String frame : failure.traceback()) {
            Ansi.strip(frame).lines().forEach(line -> terminal.println("  " + line));
        }
    }
}
