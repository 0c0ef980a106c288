package org.tailrace.report;

/**
 * A record that could not be used, or that was set aside.
 *
 * @param position such as {@code trades.csv line 17}
 * @param raw its text, at most 4 KB
 * @param reason a whole clause
 */
public record BadRow(long batchId, String source, String position, String raw, String reason) {}
