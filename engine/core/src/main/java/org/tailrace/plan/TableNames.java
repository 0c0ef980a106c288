package org.tailrace.plan;

import java.util.List;
import java.util.Optional;

/** Finds tables by the names that a query uses: registered tables, then whatever the session adds. */
@FunctionalInterface
public interface TableNames {
    Optional<Plan> find(String name);

    /** The names that there are, for error texts. */
    default List<String> known() {
        return List.of();
    }
}
