package org.tailrace.function;

/** Which time wakes a key: timeouts of groups, timers of processors. */
public enum TimeMode {
    NONE,
    /** The time of the batch. */
    PROCESSING_TIME,
    /** The watermark. */
    EVENT_TIME
}
