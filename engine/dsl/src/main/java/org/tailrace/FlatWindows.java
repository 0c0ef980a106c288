package org.tailrace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.plan.Plan;

/**
 * The flat columns of a windowed aggregate, and how one of them is put into windows again. A window's end lies just
 * outside it, so windows of windows are cut by {@code window_time}, the end less a microsecond, as Spark has it; the plan
 * below is given that column.
 */
final class FlatWindows {
    static final String START = "window_start";
    static final String END = "window_end";
    static final String TIME = "window_time";

    private FlatWindows() {}

    /** The table with a {@code window_time} column, if {@code time} is the end of its windows; else the table itself. */
    static StreamTable rewindowable(StreamTable table, String time) {
        if (!time.trim().equalsIgnoreCase(END)) {
            return table;
        }
        return withTime(table.plan()).map(p -> table.derive(p, new Positions())).orElse(table);
    }

    private static Optional<Plan> withTime(Plan plan) {
        if (plan instanceof Plan.Filter filter) {
            return withTime(filter.child()).map(child -> new Plan.Filter(child, filter.condition()));
        }
        if (plan instanceof Plan.Project project) {
            if (project.child() instanceof Plan.Aggregate) {
                return window(project).map(name -> add(project, project.child(), time(name)));
            }
            boolean passes = project.outputs().stream().anyMatch(FlatWindows::isEnd);
            return passes
                    ? withTime(project.child()).map(child -> add(project, child, new Expr.Ref(TIME)))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Plan add(Plan.Project project, Plan child, Expr column) {
        var outputs = new ArrayList<>(project.outputs());
        outputs.add(column);
        return new Plan.Project(child, outputs);
    }

    private static Expr time(String window) {
        return new Expr.Alias(new Expr.Call("window_time", new Expr.Ref(window)), TIME);
    }

    private static boolean isEnd(Expr expr) {
        return expr instanceof Expr.Ref ref
                && ref.parts().get(ref.parts().size() - 1).equalsIgnoreCase(END);
    }

    /** Name of the struct that a flat projection takes its window from. */
    private static Optional<String> window(Plan.Project project) {
        for (Expr output : project.outputs()) {
            if (output instanceof Expr.Alias alias
                    && alias.name().equals(END)
                    && alias.child() instanceof Expr.Ref ref
                    && ref.parts().size() == 2
                    && List.of("window", "session_window").contains(ref.parts().get(0))) {
                return Optional.of(ref.parts().get(0));
            }
        }
        return Optional.empty();
    }
}
