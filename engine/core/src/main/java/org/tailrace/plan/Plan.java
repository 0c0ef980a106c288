package org.tailrace.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.expr.Expr;

/**
 * A query as it was written: names only, no types. The fluent verbs, the SQL parser and the DStreams build these records;
 * the SQL printer and the Spark translator walk them; {@link Resolver} turns them into a {@link ResolvedPlan}.
 */
public sealed interface Plan {

    /** One row without columns: what a SELECT without FROM reads. */
    Plan ONE_ROW = new Values(new Batch(new Schema(List.of()), 1, List.of()));

    record Source(SourceSpec spec) implements Plan {}

    /** A table by name, for the resolver's names to find. */
    record Named(String name) implements Plan {}

    /** Constant rows. */
    record Values(Batch rows) implements Plan {}

    /** {@code VALUES (a, b), ..}: each row has as many expressions. */
    record InlineTable(List<List<Expr>> rows) implements Plan {
        public InlineTable {
            rows = List.copyOf(rows);
        }
    }

    /** {@code child AS name}, or {@code AS name(c1, c2)} with column names. */
    record Alias(Plan child, String name, List<String> columns) implements Plan {
        public Alias {
            columns = List.copyOf(columns);
        }
    }

    record Filter(Plan child, Expr condition) implements Plan {}

    record Project(Plan child, List<Expr> outputs) implements Plan {
        public Project {
            outputs = List.copyOf(outputs);
        }
    }

    /** {@code LATERAL VIEW [OUTER] generator name AS columns}: the child's columns, then the generated ones. */
    record Generate(Plan child, Expr.Call generator, boolean outer, String name, List<String> columns) implements Plan {
        public Generate {
            columns = List.copyOf(columns);
        }
    }

    /** {@code WATERMARK column DELAY OF delay}; {@code delay} is interval text as Spark takes it. */
    record Watermark(Plan child, Expr column, Optional<String> name, String delay) implements Plan {}

    /**
     * GROUP BY. Keys may be {@code window(..)} or {@code session_window(..)} calls. Outputs are a select list over keys
     * and aggregates.
     *
     * @param groupingSets for ROLLUP, CUBE and GROUPING SETS: which keys, by number, each set has; empty for plain groups
     */
    record Aggregate(
            Plan child, List<Expr> keys, List<List<Integer>> groupingSets, List<Expr> outputs, Optional<Expr> having)
            implements Plan {
        public Aggregate {
            keys = List.copyOf(keys);
            groupingSets = List.copyOf(groupingSets);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * @param using column names of a USING clause; then {@code on} is empty
     * @param natural joined by the columns that both sides have; then {@code on} and {@code using} are empty
     */
    record Join(Plan left, Plan right, JoinType type, Optional<Expr> on, List<String> using, boolean natural)
            implements Plan {
        public Join {
            using = List.copyOf(using);
        }

        public Join(Plan left, Plan right, JoinType type, Optional<Expr> on, List<String> using) {
            this(left, right, type, on, using, false);
        }
    }

    /**
     * {@code left [type] JOIN LATERAL query [ON on]}.
     *
     * @param type INNER, LEFT or CROSS
     */
    record Lateral(Plan left, Plan query, JoinType type, Optional<Expr> on) implements Plan {}

    /** {@code QUALIFY condition}: keeps rows of the query below, which is a Project or Aggregate, by its analytic calls. */
    record Qualify(Plan child, Expr condition) implements Plan {}

    /** SELECT DISTINCT. */
    record Distinct(Plan child) implements Plan {}

    /** {@code dropDuplicates}: no columns means all of them. */
    record Deduplicate(Plan child, List<String> columns, boolean withinWatermark) implements Plan {
        public Deduplicate {
            columns = List.copyOf(columns);
        }
    }

    /** Keyed state with a user's function. */
    record Stateful(Plan child, StatefulSpec spec) implements Plan {}

    /** @param byName columns are matched by name, not by position */
    record Union(List<Plan> children, boolean byName, boolean all) implements Plan {
        public Union {
            children = List.copyOf(children);
        }
    }

    /** INTERSECT and EXCEPT, for bounded tables. */
    record SetOperation(Plan left, Plan right, boolean intersect, boolean all) implements Plan {}

    record Sort(Plan child, List<Expr.Order> keys) implements Plan {
        public Sort {
            keys = List.copyOf(keys);
        }
    }

    record Limit(Plan child, long rows) implements Plan {}

    record Offset(Plan child, long rows) implements Plan {}

    /** CTEs by name; a later one may use an earlier one. */
    record With(List<Map.Entry<String, Plan>> tables, Plan body) implements Plan {
        public With {
            tables = List.copyOf(tables);
        }
    }

    /** The plans of the subqueries in {@code body}'s expressions, by number. */
    record WithSubqueries(Plan body, List<Plan> subqueries) implements Plan {
        public WithSubqueries {
            subqueries = List.copyOf(subqueries);
        }
    }

    /** A user's function from the rows of a batch to other rows. */
    record MapBatches(Plan child, MapSpec spec) implements Plan {}
}
