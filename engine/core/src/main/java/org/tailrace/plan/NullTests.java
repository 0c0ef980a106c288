package org.tailrace.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.TailraceException;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Evaluators;
import org.tailrace.expr.Typed;

/**
 * What conditions say of NULLs, as Spark's optimizer reads it off them: which columns cannot be NULL where they hold, and
 * whether a row of NULLs can pass. On a stream that is part of the meaning: rows that such a test drops below the
 * watermark do not move it, and an outer join whose rows of NULLs no condition lets pass does not wait with them.
 */
final class NullTests {
    private static final Set<String> COMPARISONS = Set.of("=", "<", "<=", ">", ">=", "between");
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");

    private final Calls calls;
    private final EvalContext context;

    /** Types a call over typed arguments. */
    @FunctionalInterface
    interface Calls {
        Typed call(String function, Typed... arguments);
    }

    NullTests(Calls calls, EvalContext context) {
        this.calls = calls;
        this.context = context;
    }

    Typed and(Typed left, Typed right) {
        return calls.call("and", left, right);
    }

    /** The condition that two keys of a join stand for. */
    Typed equal(Typed left, Typed right, boolean nullSafe) {
        return calls.call(nullSafe ? "<=>" : "=", left, right);
    }

    /**
     * Tests of a stream's columns whose NULLs no partner can match.
     *
     * @param conjuncts over both sides
     * @param first where this side's columns begin in them
     */
    List<Typed> present(ResolvedPlan side, List<Attribute> columns, List<Typed> conjuncts, int first) {
        if (!side.streaming()) {
            return List.of();
        }
        BitSet needed = needed(conjuncts);
        var tests = new ArrayList<Typed>();
        for (int i = 0; i < columns.size(); i++) {
            Attribute column = columns.get(i);
            if (needed.get(first + i) && column.nullable()) {
                tests.add(calls.call("is not null", new Typed.Input(i, column.type(), true)));
            }
        }
        return tests;
    }

    /** The columns that are not NULL where all of the conditions are true. */
    BitSet needed(List<Typed> conjuncts) {
        var columns = new BitSet();
        conjuncts.forEach(conjunct -> {
            if (conjunct instanceof Typed.Apply apply) {
                String name = apply.function().name();
                if (COMPARISONS.contains(name)) {
                    apply.arguments().forEach(argument -> needed(argument, columns));
                } else if (name.equals("is not null")) {
                    needed(apply.arguments().get(0), columns);
                }
            }
        });
        return columns;
    }

    /** Columns of which one that is NULL makes the value NULL. */
    private static void needed(Typed value, BitSet columns) {
        if (value instanceof Typed.Input input) {
            columns.set(input.ordinal());
        } else if (value instanceof Typed.Cast cast && !cast.attempt()) {
            needed(cast.child(), columns);
        } else if (value instanceof Typed.Apply apply
                && (ARITHMETIC.contains(apply.function().name())
                        || apply.function().nullIfAnyIsNull())) {
            apply.arguments().forEach(argument -> needed(argument, columns));
        }
    }

    /** Whether no row passes whose columns from {@code from} up to {@code to} are NULL. */
    boolean dropsNulls(List<Typed> conjuncts, int from, int to) {
        BitSet needed = needed(conjuncts);
        int first = needed.nextSetBit(from);
        return first >= 0 && first < to
                || conjuncts.stream()
                        .filter(TypedTrees::deterministic)
                        .filter(conjunct -> within(TypedTrees.inputs(conjunct), from, to))
                        .anyMatch(this::falseOfNulls);
    }

    private static boolean within(BitSet inputs, int from, int to) {
        return !inputs.isEmpty() && inputs.nextSetBit(0) >= from && inputs.length() <= to;
    }

    private boolean falseOfNulls(Typed condition) {
        Typed ofNulls = TypedTrees.substitute(condition, input -> new Typed.Constant(null, input.type()));
        var one = VectorBatch.create(new Schema(List.of()));
        one.size = 1;
        try {
            return !Boolean.TRUE.equals(
                    Evaluators.compile(ofNulls, context).evaluate(one).get(0));
        } catch (TailraceException e) {
            return false;
        }
    }
}
