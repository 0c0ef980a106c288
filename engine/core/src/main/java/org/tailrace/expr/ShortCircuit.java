package org.tailrace.expr;

import org.tailrace.data.Vector;

/**
 * A function whose later arguments matter only for the rows that the earlier ones leave open: {@code and}, {@code or},
 * {@code coalesce}. Its kernel takes any number of leading arguments, and of a later one looks only at open rows.
 */
public interface ShortCircuit extends ScalarFunction {

    /** Whether an argument's value settles its row. */
    boolean settles(Vector argument, int row);
}
