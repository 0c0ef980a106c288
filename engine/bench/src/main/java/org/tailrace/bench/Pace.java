package org.tailrace.bench;

import java.util.Map;
import org.tailrace.bench.data.Query;

/**
 * How many events each system is given, so that a timed run of each takes about one to three seconds: the rate of a peer
 * hardly depends on how many events there are, and rates are what is compared. A system of micro-batches always has at least
 * one whole batch.
 */
final class Pace {
    /** Less would be no whole batch. */
    private static final int LEAST = 1_000_000;

    /** Seconds that a pair's JVM takes from its start to its end, with four runs; from experience, for the plan. */
    private static final Map<String, Integer> TYPICAL =
            Map.of("hand", 4, "tailrace", 7, "duckdb", 7, "jet", 11, "flink", 18, "spark", 27);

    private Pace() {}

    /** @param most what the fastest are given */
    static int events(Rival rival, Query query, int most) {
        int wanted = switch (rival.family()) {
            case "jet" -> jet(query);
            case "flink" -> flink(query);
            case "spark" -> spark(query);
            default -> most;
        };
        return Math.min(wanted, most);
    }

    private static int jet(Query query) {
        return switch (query) {
            case Q0, Q1, Q2, Q7 -> 10_000_000;
            case Q9, Q15, Q16, Q17, Q18, Q19 -> 2_000_000;
            default -> 5_000_000;
        };
    }

    private static int flink(Query query) {
        return switch (query) {
            case Q0, Q1, Q2, Q12, Q14, Q21, Q22, YAHOO -> 5_000_000;
            default -> LEAST;
        };
    }

    private static int spark(Query query) {
        return switch (query) {
            case Q0, Q1, Q2, Q14 -> 5_000_000;
            case Q7, Q12, Q22, YAHOO -> 2_000_000;
            default -> LEAST;
        };
    }

    static int typicalSeconds(Rival rival) {
        return TYPICAL.getOrDefault(rival.family(), 30);
    }
}
