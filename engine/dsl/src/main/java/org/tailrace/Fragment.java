package org.tailrace;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.plan.Plan;
import org.tailrace.sql.SqlParser;

/**
 * Parsed text of a verb with what belongs to it: its subqueries, numbered from 0, and where its nodes stood.
 *
 * @param subqueries referred to by {@code Expr.Subquery}
 */
record Fragment<T>(T tree, List<Plan> subqueries, Positions positions) {

    static <T> Fragment<T> of(SqlParser.Parsed<T> parsed) {
        return new Fragment<>(parsed.tree(), parsed.subqueries(), parsed.positions());
    }

    static Fragment<List<Expr>> of(Col... columns) {
        var all = new ArrayList<Expr>();
        for (Col column : columns) {
            all.add(column.expr());
        }
        return new Fragment<>(List.copyOf(all), List.of(), new Positions());
    }

    /** This tree, with the positions of both. Only one of the two may have subqueries, as numbers would clash. */
    Fragment<T> and(Fragment<?> other) {
        var both = new Positions();
        both.putAll(positions);
        both.putAll(other.positions);
        return new Fragment<>(tree, subqueries.isEmpty() ? other.subqueries : subqueries, both);
    }
}
