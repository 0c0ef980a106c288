package org.tailrace.plan;

import java.util.List;
import java.util.Optional;
import org.tailrace.data.Batch;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.GeneratorFunction;
import org.tailrace.expr.Typed;

/**
 * A query with names bound to ordinals and every expression typed: the only form that a backend in this process reads.
 * Expressions of a node count the columns of its child; of a join, those of the left child and then of the right.
 */
public sealed interface ResolvedPlan {

    List<Attribute> output();

    List<ResolvedPlan> children();

    default Schema schema() {
        return new Schema(output().stream()
                .map(a -> new Field(a.name(), a.type(), a.nullable()))
                .toList());
    }

    /** Whether any source below is unbounded. */
    default boolean streaming() {
        return children().stream().anyMatch(ResolvedPlan::streaming);
    }

    record Source(SourceSpec spec, List<Attribute> output) implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of();
        }

        @Override
        public boolean streaming() {
            return spec.streaming();
        }
    }

    record Values(Batch rows, List<Attribute> output) implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of();
        }
    }

    record Filter(ResolvedPlan child, Typed condition) implements ResolvedPlan {
        @Override
        public List<Attribute> output() {
            return child.output();
        }

        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    record Project(ResolvedPlan child, List<Typed> expressions, List<Attribute> output) implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /** The child's columns, then the generated ones. */
    record Generate(
            ResolvedPlan child,
            GeneratorFunction generator,
            List<Typed> arguments,
            boolean outer,
            List<Attribute> output)
            implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /** Each row once per projection: grouping sets. */
    record Expand(ResolvedPlan child, List<List<Typed>> projections, List<Attribute> output) implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /** @param column ordinal of the timestamp in the child */
    record Watermark(ResolvedPlan child, int column, long delayMs, List<Attribute> output) implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /**
     * Output: the keys in order, then the aggregates. If {@code window} is present, key {@code window.key()} is the
     * struct {@code <start timestamp, end timestamp>} of the window, and its entry in {@code keys} is the timestamp that
     * is put into windows.
     */
    record Aggregate(
            ResolvedPlan child,
            List<Typed> keys,
            Optional<GroupWindow> window,
            List<AggregateCall> aggregates,
            List<Attribute> output)
            implements ResolvedPlan {
        /** Which key is a window, and how its time is cut. */
        public record GroupWindow(int key, WindowSpec spec) {}

        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /** Analytic functions over a bounded table: the child's columns, then one per call. */
    record Window(
            ResolvedPlan child,
            List<Typed> partition,
            List<SortKey> order,
            Optional<Frame> frame,
            List<AnalyticCall> calls,
            List<Attribute> output)
            implements ResolvedPlan {
        /** A function of ranks or of other rows, or an aggregate, by name. */
        public record AnalyticCall(
                String name, List<Typed> arguments, Optional<AggregateCall> aggregate, boolean ignoresNulls) {}

        /** @param rows edges count rows; else they are peers of the row, or values of the order */
        public record Frame(boolean rows, Edge start, Edge end) {}

        /**
         * @param rows for {@code ROWS}: how far from the row, negative before it
         * @param value for {@code VALUE}: the limit, over the child, of the type of the one key of the order
         */
        public record Edge(Kind kind, long rows, Optional<Typed> value) {
            public enum Kind {
                FIRST,
                CURRENT,
                LAST,
                ROWS,
                VALUE
            }
        }

        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /**
     * Output: left columns, then right columns (left only for SEMI and ANTI).
     *
     * @param type how it runs
     * @param written how it was written: rules are about that one, and a condition above may have made it another
     * @param leftKeys equality keys over the left child
     * @param rightKeys over the right child, of the same types
     * @param nullSafe per key: whether NULL matches NULL
     * @param residual further condition over left columns, then right columns
     */
    record Join(
            ResolvedPlan left,
            ResolvedPlan right,
            JoinType type,
            JoinType written,
            List<Typed> leftKeys,
            List<Typed> rightKeys,
            List<Boolean> nullSafe,
            Optional<Typed> residual,
            Optional<TimeRange> range,
            List<Attribute> output)
            implements ResolvedPlan {
        /**
         * What the condition implies for the two watermarked times: {@code low <= right − left <= high}, in
         * microseconds; Long.MIN_VALUE or MAX_VALUE where there is no bound.
         */
        public record TimeRange(int leftTime, int rightTime, long lowMicros, long highMicros) {}

        @Override
        public List<ResolvedPlan> children() {
            return List.of(left, right);
        }
    }

    /** @param keys ordinals in the child */
    record Deduplicate(ResolvedPlan child, List<Integer> keys, boolean withinWatermark) implements ResolvedPlan {
        @Override
        public List<Attribute> output() {
            return child.output();
        }

        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /** @param keys over the child; empty if the spec's function makes the key */
    record Stateful(ResolvedPlan child, StatefulSpec spec, List<Typed> keys, List<Attribute> output)
            implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /** All rows of all children, whose columns have equal types. */
    record Union(List<ResolvedPlan> children, List<Attribute> output) implements ResolvedPlan {}

    record SetOperation(ResolvedPlan left, ResolvedPlan right, boolean intersect, boolean all) implements ResolvedPlan {
        @Override
        public List<Attribute> output() {
            return left.output();
        }

        @Override
        public List<ResolvedPlan> children() {
            return List.of(left, right);
        }
    }

    record Sort(ResolvedPlan child, List<SortKey> keys) implements ResolvedPlan {
        @Override
        public List<Attribute> output() {
            return child.output();
        }

        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    record SortKey(Typed expression, boolean ascending, boolean nullsFirst) {}

    record Limit(ResolvedPlan child, long rows) implements ResolvedPlan {
        @Override
        public List<Attribute> output() {
            return child.output();
        }

        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    record Offset(ResolvedPlan child, long rows) implements ResolvedPlan {
        @Override
        public List<Attribute> output() {
            return child.output();
        }

        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /** Adds, as its last columns, the values of scalar subqueries over bounded tables, computed once per batch. */
    record ScalarSubqueries(ResolvedPlan child, List<ResolvedPlan> subqueries, List<Attribute> output)
            implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /**
     * The child's columns, then aggregates for each of its rows over the rows of a bounded table that match it.
     *
     * @param childKeys equality keys over the child
     * @param tableKeys over the table, of the same types
     * @param residual further condition over the child's columns, then the table's
     * @param calls over the child's columns, then the table's
     * @param single more than one match is an error
     */
    record Lookup(
            ResolvedPlan child,
            ResolvedPlan table,
            List<Typed> childKeys,
            List<Typed> tableKeys,
            List<Boolean> nullSafe,
            Optional<Typed> residual,
            List<AggregateCall> calls,
            boolean single,
            List<Attribute> output)
            implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of(child, table);
        }
    }

    record MapBatches(ResolvedPlan child, MapSpec spec, List<Attribute> output) implements ResolvedPlan {
        @Override
        public List<ResolvedPlan> children() {
            return List.of(child);
        }
    }

    /** One total function over all cases: a new case does not compile until each visitor is taught. */
    interface Visitor<R> {
        R visit(Source node);

        R visit(Values node);

        R visit(Filter node);

        R visit(Project node);

        R visit(Generate node);

        R visit(Expand node);

        R visit(Watermark node);

        R visit(Aggregate node);

        R visit(Window node);

        R visit(Join node);

        R visit(Deduplicate node);

        R visit(Stateful node);

        R visit(Union node);

        R visit(SetOperation node);

        R visit(Sort node);

        R visit(Limit node);

        R visit(Offset node);

        R visit(ScalarSubqueries node);

        R visit(Lookup node);

        R visit(MapBatches node);
    }

    default <R> R accept(Visitor<R> visitor) {
        if (this instanceof Source node) {
            return visitor.visit(node);
        } else if (this instanceof Values node) {
            return visitor.visit(node);
        } else if (this instanceof Filter node) {
            return visitor.visit(node);
        } else if (this instanceof Project node) {
            return visitor.visit(node);
        } else if (this instanceof Generate node) {
            return visitor.visit(node);
        } else if (this instanceof Expand node) {
            return visitor.visit(node);
        } else if (this instanceof Watermark node) {
            return visitor.visit(node);
        } else if (this instanceof Aggregate node) {
            return visitor.visit(node);
        } else if (this instanceof Window node) {
            return visitor.visit(node);
        } else if (this instanceof Join node) {
            return visitor.visit(node);
        } else if (this instanceof Deduplicate node) {
            return visitor.visit(node);
        } else if (this instanceof Stateful node) {
            return visitor.visit(node);
        } else if (this instanceof Union node) {
            return visitor.visit(node);
        } else if (this instanceof SetOperation node) {
            return visitor.visit(node);
        } else if (this instanceof Sort node) {
            return visitor.visit(node);
        } else if (this instanceof Limit node) {
            return visitor.visit(node);
        } else if (this instanceof Offset node) {
            return visitor.visit(node);
        } else if (this instanceof ScalarSubqueries node) {
            return visitor.visit(node);
        } else if (this instanceof Lookup node) {
            return visitor.visit(node);
        }
        return visitor.visit((MapBatches) this);
    }
}
