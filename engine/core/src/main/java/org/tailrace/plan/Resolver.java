package org.tailrace.plan;

import org.tailrace.expr.EvalContext;
import org.tailrace.expr.FunctionTable;
import org.tailrace.expr.Positions;
import org.tailrace.expr.Typer;

/**
 * Turns a {@link Plan}, which has names, into a {@link ResolvedPlan}, which has types and ordinals, by Spark's rules.
 * Cheap enough to be called by every verb. Whether a stream can run the plan is {@link PlanRules}' business.
 *
 * <p>Errors are {@code PlanException}s that point at the text: those of {@link Typer} (TR-101 to TR-110), of time windows
 * (TR-121 to TR-126), and
 *
 * <ul>
 *   <li>TR-112 no table of that name
 *   <li>TR-113 a column that is neither grouped nor in an aggregate
 *   <li>TR-114 queries that do not fit together in a UNION, INTERSECT or EXCEPT
 *   <li>TR-115 a subquery of the wrong shape or in the wrong place
 *   <li>TR-116 a position in GROUP BY or ORDER BY that there is not
 *   <li>TR-117 names for more or fewer columns than there are
 *   <li>TR-119 an analytic call that is none
 *   <li>TR-125 two windows in one GROUP BY
 *   <li>TR-131 an event time that is no timestamp
 *   <li>TR-132 a delay that is negative
 *   <li>TR-210 a stream in a subquery
 * </ul>
 */
public final class Resolver {
    private final FunctionTable functions;
    private final Settings settings;
    private final TableNames names;

    public Resolver(FunctionTable functions, Settings settings, TableNames names) {
        this.functions = functions;
        this.settings = settings;
        this.names = names;
    }

    /** @param positions where the nodes of {@code plan} stood in texts, for errors */
    public ResolvedPlan resolve(Plan plan, Positions positions) {
        var context = EvalContext.of(settings.zone(), settings.ansi());
        var resolution = new Resolution(new Typer(functions, context, positions), new Problems(positions), names);
        return resolution.relation(plan, Env.EMPTY).finished();
    }
}
