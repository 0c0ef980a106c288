package org.tailrace.exec;

import java.util.List;

/**
 * The steps of a batch. Their order is what makes a crash between any two of them harmless: nothing is done that is not
 * logged, and nothing counts as done that is not durable. It is data so that tests can prove that a wrong order is caught.
 */
enum BatchStep {
    /** Chooses the end of each source's range, batch time and seed. */
    PLAN,
    /** Writes that to the write-ahead log; this also makes the commit of the batch before durable. */
    LOG,
    /** Runs the operators; result rows go to the sink, where nobody sees them yet. */
    RUN,
    /** Makes the changes of the state durable. */
    SAVE,
    /** Makes the sink's rows visible, under the batch id. */
    WRITE,
    /** Logs that the batch is done. */
    COMMIT,
    /** Tells views and listeners. */
    REPORT;

    static final List<BatchStep> ORDER = List.of(values());
}
