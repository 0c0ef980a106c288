package org.tailrace.plan;

import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.expr.Positions;

/** Makes errors that point at a node of the query's text. */
record Problems(Positions positions) {

    PlanException error(String code, String what, Object node, String fix) {
        return new PlanException(problem(code, what, node).fix(fix));
    }

    Problem problem(String code, String what, Object node) {
        return Problem.of(code, what).at(positions.of(node).orElse(null));
    }

    /** {@code copy} takes the place of {@code node} and stands where it stood. */
    <T> T moved(Object node, T copy) {
        if (node != copy && positions.of(copy).isEmpty()) {
            positions.of(node).ifPresent(place -> positions.put(copy, place));
        }
        return copy;
    }
}
