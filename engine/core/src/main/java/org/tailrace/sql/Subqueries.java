package org.tailrace.sql;

import org.tailrace.expr.Expr;

/** What the expression parser asks of the query parser. */
interface Subqueries {
    /** Whether a query begins here. */
    boolean starts();

    /** Parses the query here, without its parentheses, and numbers it. */
    int parse();

    /** The next value for a {@code ?}, as a literal. */
    Expr.Literal parameter();
}
