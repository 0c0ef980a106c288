package org.tailrace.connect;

import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/** Sources whose columns are given. */
final class Fixed {
    private Fixed() {}

    /** @throws PlanException TR-407 if other columns were declared */
    static void schema(String kind, Schema columns, Schema declared) {
        if (declared.size() > 0 && !declared.names().equals(columns.names())) {
            throw new PlanException(Problem.of("TR-407", kind + " has columns of its own")
                    .have(columns.toString())
                    .fix("declare no schema, and select what you need"));
        }
    }
}
