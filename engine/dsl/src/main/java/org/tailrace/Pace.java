package org.tailrace;

import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/** How fast a replay runs, as people write it. */
final class Pace {
    private Pace() {}

    /**
     * {@code "10x"} is ten times as fast as it was, {@code "max"} is 0.
     *
     * @param intervalMs the replay's batch interval in its own time
     */
    static double batchesPerSecond(String verb, String text, long intervalMs) {
        String pace = text.trim().toLowerCase(java.util.Locale.ROOT);
        if (pace.equals("max")) {
            return 0;
        }
        if (pace.matches("[0-9]{1,9}(\\.[0-9]{1,9})?x")) {
            double times = Double.parseDouble(pace.substring(0, pace.length() - 1));
            if (times > 0) {
                return times * 1000 / intervalMs;
            }
        }
        throw new PlanException(Problem.of("TR-156", "no pace '" + text + "'")
                .at(new Place(verb, text, 0, text.length()))
                .fix("write \"10x\" for ten times as fast as it was, or \"max\""));
    }
}
