package org.tailrace.report;

import java.time.ZoneId;
import java.util.List;
import org.tailrace.data.Schema;

/**
 * What does not change while a query runs.
 *
 * @param run identity of this start
 * @param mode {@code append}, {@code update} or {@code complete}
 * @param trigger as a status card says it, such as {@code every 1 s}
 * @param fold how a batch's result rows join those before
 * @param durable has a checkpoint
 * @param virtualTime reads replays only, so that no wall clock may be shown
 * @param bounded ends by itself
 * @param delayMs the watermark's delay, −1 if there is none
 * @param warnings what the query may do that its author does not expect, a sentence each
 * @param resumedAt batch that a checkpoint resumed at, −1 if it started empty
 */
public record QueryInfo(
        String name,
        String run,
        String mode,
        String trigger,
        long intervalMs,
        Fold fold,
        List<String> sources,
        String sink,
        boolean durable,
        boolean virtualTime,
        boolean bounded,
        long delayMs,
        List<String> warnings,
        long resumedAt,
        long seed,
        Schema result,
        Roles roles,
        ZoneId zone) {

    public QueryInfo {
        warnings = List.copyOf(warnings);
    }

    /** How a batch's rows join the result so far. */
    public enum Fold {
        /** They come after the others. */
        ADD,
        /** They replace the row of the same key. */
        UPSERT,
        /** They replace all rows. */
        REPLACE
    }

    /**
     * What the columns of the result are, by ordinal; −1 and empty lists where there is none.
     *
     * @param window a struct of start and end
     * @param windowStart flat start of a window
     * @param windowEnd flat end of a window
     * @param keys group keys other than the window; with the window they identify a row of an UPSERT
     * @param measures aggregates
     */
    public record Roles(int window, int windowStart, int windowEnd, List<Integer> keys, List<Integer> measures) {
        public static final Roles NONE = new Roles(-1, -1, -1, List.of(), List.of());

        public Roles {
            keys = List.copyOf(keys);
            measures = List.copyOf(measures);
        }

        public boolean windowed() {
            return window >= 0 || windowStart >= 0 || windowEnd >= 0;
        }
    }
}
