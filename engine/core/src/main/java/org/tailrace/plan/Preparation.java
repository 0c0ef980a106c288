package org.tailrace.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tailrace.data.DataType;
import org.tailrace.expr.Expr;
import org.tailrace.expr.TypeNames;

/** Spells out what no function can do by itself: names of struct fields, the time of a window, types that stand as functions. */
final class Preparation {
    /**
     * {@code window_end(window)}: what the fluent verbs write for their flat column. It is the window's end, stays event
     * time, and a window of it is a window of {@code window_time}.
     */
    static final String WINDOW_END = "window_end";

    private final Problems problems;
    private final Map<Expr, Expr> copies = new IdentityHashMap<>();

    Preparation(Problems problems) {
        this.problems = problems;
    }

    /** The same copy for the same expression, since others look nodes up by identity. */
    Expr of(Expr expr) {
        if (!Exprs.any(expr, Preparation::changes)) {
            return expr;
        }
        Expr copy = copies.get(expr);
        if (copy == null) {
            copy = change(expr);
            copies.put(expr, copy);
        }
        return copy;
    }

    private static boolean changes(Expr expr) {
        return Exprs.isCall(expr, "struct")
                || Exprs.isCall(expr, "window_time")
                || Exprs.isCall(expr, WINDOW_END)
                || TypeNames.of(expr).isPresent();
    }

    private Expr change(Expr expr) {
        Expr copy = problems.moved(expr, Exprs.map(expr, this::change));
        if (Exprs.isCall(copy, "struct")) {
            return problems.moved(expr, struct((Expr.Call) copy));
        } else if (Exprs.isCall(copy, "window_time")
                && ((Expr.Call) copy).arguments().size() == 1) {
            return problems.moved(
                    expr,
                    TimeWindows.lastMicrosecond(((Expr.Call) copy).arguments().get(0)));
        } else if (Exprs.isCall(copy, WINDOW_END)
                && ((Expr.Call) copy).arguments().size() == 1) {
            return problems.moved(
                    expr, TimeWindows.end(((Expr.Call) copy).arguments().get(0)));
        }
        return TypeNames.of(copy)
                .map(type -> problems.moved(expr, (Expr)
                        new Expr.Cast(((Expr.Call) copy).arguments().get(0), type, false)))
                .orElse(copy);
    }

    private static Expr.Call struct(Expr.Call call) {
        var fields = new ArrayList<Expr>();
        List<Expr> arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            fields.add(new Expr.Literal(fieldName(arguments.get(i), i), DataType.STRING));
            fields.add(Exprs.withoutAlias(arguments.get(i)));
        }
        return new Expr.Call("named_struct", fields);
    }

    private static String fieldName(Expr argument, int index) {
        if (argument instanceof Expr.Alias alias) {
            return alias.name();
        } else if (argument instanceof Expr.Ref ref) {
            return ref.parts().get(ref.parts().size() - 1);
        } else if (Exprs.isCall(argument, ".")
                && ((Expr.Call) argument).arguments().get(1) instanceof Expr.Literal name) {
            return String.valueOf(name.value());
        }
        return "col" + (index + 1);
    }
}
