package org.tailrace;

import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/** How fast a replay runs, as people write it. */
final class Pace {
    private Pace() {}

    /** {@code "10x"} and {@code "10"} are ten batches a second, {@code "max"} is 0. */
    static double batchesPerSecond(String verb, String text) {
        String pace = text.trim().toLowerCase(java.util.Locale.ROOT);
        if (pace.equals("max")) {
            return 0;
        }
        String digits = pace.endsWith("x") ? pace.substring(0, pace.length() - 1) : pace;
        if (digits.matches("[0-9]{1,6}(\\.[0-9]{1,6})?") && Double.parseDouble(digits) > 0) {
            return Double.parseDouble(digits);
        }
        throw new PlanException(Problem.of("TR-122", "no pace '" + text + "'")
                .at(new Place(verb, text, 0, text.length()))
                .fix("write \"10x\" for ten batches a second, or \"max\""));
    }
}
