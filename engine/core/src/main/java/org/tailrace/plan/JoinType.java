package org.tailrace.plan;

/** Which rows without a partner a join keeps. */
public enum JoinType {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    SEMI,
    ANTI,
    CROSS
}
