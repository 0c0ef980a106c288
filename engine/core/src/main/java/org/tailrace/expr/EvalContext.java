package org.tailrace.expr;

import java.time.ZoneId;

/**
 * What an evaluation may depend on besides its rows. Batch time and seed are those in the write-ahead log, so that a
 * batch run again gives the same answer.
 *
 * @param zone session zone, for casts, parsers and date functions
 * @param ansi errors on overflow, bad casts and the like; otherwise NULL or wraparound
 * @param dictionaries what the expressions of a query have made of dictionaries
 */
public record EvalContext(ZoneId zone, boolean ansi, BatchClock clock, DictionaryResults dictionaries) {

    /** The current batch's time and seed; set by the loop before each batch. */
    public static final class BatchClock {
        /** Microseconds since the epoch. */
        public volatile long batchTimeMicros;

        public volatile long seed;

        /** Counts runs of batches, the same one run again too: what was begun for one run is not gone on with in the next. */
        public volatile long run;
    }

    public static EvalContext of(ZoneId zone, boolean ansi) {
        return new EvalContext(zone, ansi, new BatchClock(), new DictionaryResults());
    }
}
