package org.tailrace.spi;

/**
 * How much state a query may keep before it stops: rows of all its stateful operators together, and about how many bytes
 * of memory they take. Warnings come at 50 and 80 per cent.
 */
public record StateBudget(long maxRows, long maxBytes) {
    public static final StateBudget UNLIMITED = new StateBudget(Long.MAX_VALUE, Long.MAX_VALUE);

    public StateBudget {
        if (maxRows <= 0 || maxBytes <= 0) {
            throw new IllegalArgumentException("a budget is positive");
        }
    }
}
