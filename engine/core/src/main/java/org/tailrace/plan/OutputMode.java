package org.tailrace.plan;

/** Which rows of the result a batch sends to the sink. */
public enum OutputMode {
    /** Rows that will not change any more. */
    APPEND,
    /** Rows that were touched by the batch. */
    UPDATE,
    /** All rows. */
    COMPLETE
}
