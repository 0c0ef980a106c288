package org.tailrace.expr;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/**
 * A place of a subexpression that the expression holds more than once. For the rows that the whole is evaluated for, all
 * places give what the first of them computed; for other rows, such as those that a branch took, each place computes its
 * own, as the vector that the others look at must stay.
 */
final class SharedEvaluator implements Evaluator {

    /** The shared subexpressions of one compiled expression, and the rows that it is being evaluated for. */
    static final class Unit {
        private final Set<Typed> repeated;
        private final Map<Typed, Once> compiled = new HashMap<>();
        private @Nullable VectorBatch rows;
        private long turn;

        Unit(Typed expr) {
            repeated = new HashSet<>();
            find(expr, new HashSet<>());
        }

        private void find(Typed expr, Set<Typed> seen) {
            boolean computes = expr instanceof Typed.Apply || expr instanceof Typed.Cast || expr instanceof Typed.Case;
            if (!computes || Traits.constant(expr)) {
                return;
            }
            if (!seen.add(expr)) {
                if (Traits.deterministic(expr)) {
                    repeated.add(expr);
                }
                return;
            }
            Traits.children(expr).forEach(child -> find(child, seen));
        }

        boolean shares(Typed expr) {
            return repeated.contains(expr);
        }

        /** @param compile makes an evaluator that shares nothing */
        Evaluator place(Typed expr, Supplier<Evaluator> compile) {
            Once once = compiled.get(expr);
            if (once == null) {
                once = new Once(compile.get());
                compiled.put(expr, once);
            }
            return new SharedEvaluator(this, once, compile);
        }

        /** The evaluator of the whole. */
        Evaluator whole(Evaluator evaluator) {
            return compiled.isEmpty()
                    ? evaluator
                    : batch -> {
                        rows = batch;
                        turn++;
                        return evaluator.evaluate(batch);
                    };
        }
    }

    private static final class Once {
        private final Evaluator evaluator;
        private @Nullable Vector result;
        private long turn;

        Once(Evaluator evaluator) {
            this.evaluator = evaluator;
        }

        Vector evaluate(Unit unit, VectorBatch rows) {
            Vector known = result;
            if (known == null || turn != unit.turn) {
                known = evaluator.evaluate(rows);
                result = known;
                turn = unit.turn;
            }
            return known;
        }
    }

    private final Unit unit;
    private final Once once;
    private final Supplier<Evaluator> compile;
    private @Nullable Evaluator own;

    private SharedEvaluator(Unit unit, Once once, Supplier<Evaluator> compile) {
        this.unit = unit;
        this.once = once;
        this.compile = compile;
    }

    @Override
    public Vector evaluate(VectorBatch rows) {
        if (rows == unit.rows) {
            return once.evaluate(unit, rows);
        }
        Evaluator apart = own;
        if (apart == null) {
            apart = compile.get();
            own = apart;
        }
        return apart.evaluate(rows);
    }
}
