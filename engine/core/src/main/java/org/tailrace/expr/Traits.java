package org.tailrace.expr;

import java.util.BitSet;
import java.util.List;
import org.tailrace.data.Storage;

/** What a compiler wants to know of a typed expression. */
public final class Traits {
    /** Up to this weight an expression is evaluated for needless rows rather than for a gathered subset. */
    private static final int CHEAP = 8;

    private Traits() {}

    static List<Typed> children(Typed expr) {
        if (expr instanceof Typed.Apply apply) {
            return apply.arguments();
        } else if (expr instanceof Typed.Cast cast) {
            return List.of(cast.child());
        } else if (expr instanceof Typed.Lambda lambda) {
            return List.of(lambda.body());
        } else if (expr instanceof Typed.Case cases) {
            var all = new java.util.ArrayList<Typed>();
            cases.branches().forEach(b -> {
                all.add(b.condition());
                all.add(b.value());
            });
            cases.otherwise().ifPresent(all::add);
            return all;
        }
        return List.of();
    }

    /** Whether evaluation can throw on some rows. */
    public static boolean canFail(Typed expr, EvalContext context) {
        if (expr instanceof Typed.Apply apply && apply.function().canFail(apply.arguments(), apply.type(), context)) {
            return true;
        }
        if (expr instanceof Typed.Cast cast
                && !cast.attempt()
                && Casts.canFail(cast.child().type(), cast.type(), context.ansi())) {
            return true;
        }
        return children(expr).stream().anyMatch(child -> canFail(child, context));
    }

    /** Whether equal rows always give equal values, in every batch. */
    public static boolean deterministic(Typed expr) {
        return !(expr instanceof Typed.Apply apply && !apply.function().deterministic())
                && children(expr).stream().allMatch(Traits::deterministic);
    }

    /** Whether the value depends on no row and no lambda. */
    static boolean constant(Typed expr) {
        return !(expr instanceof Typed.Input)
                && !(expr instanceof Typed.Parameter)
                && !(expr instanceof Typed.Lambda)
                && children(expr).stream().allMatch(Traits::constant);
    }

    static boolean heavy(Typed expr) {
        return weight(expr) > CHEAP;
    }

    private static int weight(Typed expr) {
        Storage storage = expr.type().storage();
        boolean primitive = storage == Storage.BOOLEAN
                || storage == Storage.INT
                || storage == Storage.LONG
                || storage == Storage.DOUBLE;
        int own = expr instanceof Typed.Apply || expr instanceof Typed.Cast ? primitive ? 1 : 6 : 0;
        return own + children(expr).stream().mapToInt(Traits::weight).sum();
    }

    /** The columns that an expression reads. */
    public static BitSet inputs(Typed expr) {
        var inputs = new BitSet();
        collect(expr, inputs);
        return inputs;
    }

    private static void collect(Typed expr, BitSet inputs) {
        if (expr instanceof Typed.Input input) {
            inputs.set(input.ordinal());
        }
        children(expr).forEach(child -> collect(child, inputs));
    }
}
