package org.tailrace.expr;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;

/**
 * An expression as it was written: names and structure, no types. Operators are calls of the function of that name, so
 * that one function table types and evaluates all. Where in a text a node stood is kept in {@link Positions}, outside
 * equality.
 *
 * <p>The parser makes these calls of operators and no others:
 *
 * <pre>
 * or and not                              a or b, a and b, not a
 * = &lt;=&gt; &lt; &lt;= &gt; &gt;=                        a != b and a &lt;&gt; b are not(=); is [not] distinct from is [not(]&lt;=&gt;[)]
 * + - * / % div || &amp; | ^ &lt;&lt; &gt;&gt; &gt;&gt;&gt;        two arguments
 * negative positive ~                     one argument; a minus before a number is part of the literal
 * "is null" "is not null"                 one argument; is [not] true is [not(] a &lt;=&gt; true [)]
 * in(a, x, y, ..) between(a, low, high)   "not in" and "not between" are not(..)
 * like ilike rlike                        (text, pattern[, escape]); like any/all are or/and of them
 * [](array or map, index)  .(struct, name literal)
 * count(1)                                count(*)
 * struct array map named_struct           as functions; a struct's names are aliases of its arguments
 * </pre>
 */
public sealed interface Expr {

    /** A constant in its external form (see {@code Vector.get}). */
    record Literal(@Nullable Object value, DataType type) implements Expr {}

    /** {@code a}, {@code t.a}, {@code s.field}: parts without quotes, at least one. */
    record Ref(List<String> parts) implements Expr {
        public Ref {
            parts = List.copyOf(parts);
        }

        public Ref(String name) {
            this(List.of(name));
        }
    }

    /** {@code *} or {@code t.*}, without some columns. */
    record Star(Optional<String> qualifier, List<String> except) implements Expr {
        public Star {
            except = List.copyOf(except);
        }

        public Star(Optional<String> qualifier) {
            this(qualifier, List.of());
        }
    }

    /** @param within {@code WITHIN GROUP (ORDER BY ..)} of an aggregate; empty if it has none */
    record Call(String function, List<Expr> arguments, boolean distinct, List<Order> within, Optional<Expr> filter)
            implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
            within = List.copyOf(within);
        }

        public Call(String function, List<Expr> arguments, boolean distinct, Optional<Expr> filter) {
            this(function, arguments, distinct, List.of(), filter);
        }

        public Call(String function, List<Expr> arguments) {
            this(function, arguments, false, Optional.empty());
        }

        public Call(String function, Expr... arguments) {
            this(function, List.of(arguments));
        }
    }

    /** @param attempt {@code try_cast}: NULL instead of an error */
    record Cast(Expr child, DataType type, boolean attempt) implements Expr {}

    /** {@code CASE WHEN}; a simple {@code CASE x WHEN v} is written with {@code =} by the parser. */
    record Case(List<When> branches, Optional<Expr> otherwise) implements Expr {
        public record When(Expr condition, Expr value) {}

        public Case {
            branches = List.copyOf(branches);
        }
    }

    /** {@code (x, y) -> body}. */
    record Lambda(List<String> parameters, Expr body) implements Expr {
        public Lambda {
            parameters = List.copyOf(parameters);
        }
    }

    record Alias(Expr child, String name) implements Expr {}

    /**
     * An analytic call {@code f(..) OVER (..)}.
     *
     * @param ignoresNulls {@code IGNORE NULLS}, of the functions that look at other rows
     */
    record Over(Call call, List<Expr> partition, List<Order> order, Optional<Frame> frame, boolean ignoresNulls)
            implements Expr {
        public Over {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
        }
    }

    /** Which rows around its own an analytic call looks at: {@code ROWS} counts them, {@code RANGE} compares their order. */
    record Frame(boolean rows, Bound start, Bound end) {
        public enum Side {
            PRECEDING,
            CURRENT_ROW,
            FOLLOWING
        }

        /** @param offset empty for the current row, and for {@code UNBOUNDED} */
        public record Bound(Side side, Optional<Expr> offset) {
            public static final Bound FIRST = new Bound(Side.PRECEDING, Optional.empty());
            public static final Bound CURRENT = new Bound(Side.CURRENT_ROW, Optional.empty());
            public static final Bound LAST = new Bound(Side.FOLLOWING, Optional.empty());

            public boolean unbounded() {
                return side != Side.CURRENT_ROW && offset.isEmpty();
            }
        }
    }

    /** A subquery, by its number in {@code Plan.WithSubqueries}. */
    record Subquery(int number, Kind kind, Optional<Expr> left) implements Expr {
        public enum Kind {
            SCALAR,
            EXISTS,
            IN
        }
    }

    /** One sort key. */
    record Order(Expr expr, boolean ascending, boolean nullsFirst) {}
}
