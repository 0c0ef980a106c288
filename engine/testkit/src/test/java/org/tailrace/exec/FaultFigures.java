package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a part of the campaign has done, as a line of a table. {@code -Dtailrace.faults.share=10} runs a tenth of it, chosen
 * by number and not by chance.
 */
final class FaultFigures {
    private static final int SHARE = Integer.getInteger("tailrace.faults.share", 100);
    private static final int SHOWN = 10;
    /** Runs after which a long part says how far it is. */
    private static final int PROGRESS = 5_000;

    private final String name;
    private final long startNanos = System.nanoTime();
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long runs;

    FaultFigures(String name) {
        this.name = name;
    }

    /** Whether run {@code number} is in the share that is asked for. */
    static boolean chosen(long number) {
        return Math.floorMod(number * 0x9E3779B97F4A7C15L >>> 32, 100) < SHARE;
    }

    /** So many of {@code runs} as the share asks for, at least one. */
    static int share(int runs) {
        return Math.max(1, runs * SHARE / 100);
    }

    /** A run that came to {@code verdict}; what is not empty is wrong. */
    void add(String verdict, String what) {
        if (++runs % PROGRESS == 0) {
            System.out.printf(Locale.ROOT, "%s … %,d, %.0f s%n", name, runs, (System.nanoTime() - startNanos) / 1e9);
        }
        if (!verdict.isEmpty()) {
            wrong.add(what + ": " + verdict);
        }
    }

    /** One more of a kind of outcome. */
    void count(String outcome) {
        counts.merge(outcome, 1L, Long::sum);
    }

    /** Prints the line, and fails if anything was wrong. */
    void close() {
        var line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "%-34s %,9d runs %,6d wrong", name, runs, wrong.size()));
        line.append(String.format(Locale.ROOT, " %6.0f s", (System.nanoTime() - startNanos) / 1e9));
        counts.forEach((outcome, n) -> line.append(String.format(Locale.ROOT, "  %s %,d", outcome, n)));
        System.out.println(line);
        assertEquals(List.of(), wrong.subList(0, Math.min(SHOWN, wrong.size())), wrong.size() + " of " + runs);
    }
}
