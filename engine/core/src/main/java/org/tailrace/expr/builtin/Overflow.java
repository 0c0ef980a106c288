package org.tailrace.expr.builtin;

import org.tailrace.expr.EvalContext;

/** What an operation does where its result does not exist. */
enum Overflow {
    /** An error, in ANSI mode. */
    FAIL,
    /** NULL: the {@code try_} functions, and divisions out of ANSI mode. */
    NULL,
    /** The low bits, as Java has them, out of ANSI mode. */
    WRAP;

    static Overflow of(EvalContext context, boolean attempt) {
        return attempt ? NULL : context.ansi() ? FAIL : WRAP;
    }
}
