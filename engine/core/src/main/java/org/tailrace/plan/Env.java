package org.tailrace.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the names and subquery numbers in a part of a query stand for.
 *
 * @param tables common tables, by name in lower case
 * @param subqueries of the nearest {@code WithSubqueries} around
 */
record Env(Map<String, Bound> tables, List<Plan> subqueries) {
    static final Env EMPTY = new Env(Map.of(), List.of());

    /** A common table, with what its own names stand for. */
    record Bound(Plan plan, Env env) {}

    Env with(List<Map.Entry<String, Plan>> added) {
        Env env = this;
        for (Map.Entry<String, Plan> table : added) {
            var tables = new HashMap<>(env.tables);
            tables.put(table.getKey().toLowerCase(Locale.ROOT), new Bound(table.getValue(), env));
            env = new Env(tables, subqueries);
        }
        return env;
    }

    Env with(Plan.WithSubqueries node) {
        return new Env(tables, node.subqueries());
    }

    Optional<Bound> table(String name) {
        return Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
    }

    List<String> names() {
        return new ArrayList<>(tables.keySet());
    }
}
