package org.tailrace.report;

/** Hears of a query, on the query's thread: it must return quickly and not throw. */
public interface QueryListener {
    default void started(QueryInfo query) {}

    /** After the commit of a batch. */
    default void progressed(QueryInfo query, BatchReport report) {}

    default void changed(QueryInfo query, QueryStatus status) {}
}
