package org.tailrace.report;

import org.tailrace.data.Batch;

/**
 * Rows of a past batch, had once more: what a source gave it, or what an operator kept after it.
 *
 * @param of the source or the operator
 * @param rows at most 10,000 of them or 8 MB
 * @param cut there were more
 */
public record PastRows(String of, Batch rows, boolean cut) {}
