package org.tailrace.exec;

import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.env.Environment;
import org.tailrace.expr.Evaluators;
import org.tailrace.plan.Fingerprint;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;
import org.tailrace.spi.Backend;
import org.tailrace.spi.RunningQuery;

/**
 * The local backend with an order of steps of a test's choice.
 *
 * @param compactBytes after how many bytes of changes state is compacted
 */
record ReorderedBackend(List<BatchStep> order, long compactBytes) implements Backend {
    @Override
    public String name() {
        return "local";
    }

    @Override
    public RunningQuery start(QuerySpec spec, Environment env) {
        QueryStarter.Planner planner = (query, settings, context) -> PhysicalPlanner.plan(
                query.plan(),
                query.mode(),
                new PlannerOptions(
                        settings, context, Evaluators::compile, env, query.onError(), PlannerOptions.VECTOR_SIZE));
        return new QueryStarter(spec, env, planner, order, compactBytes)
                .start(ReorderedBackend.class.getClassLoader(), Fingerprint.of(spec.plan(), spec.sink()));
    }

    @Override
    public Batch collect(ResolvedPlan plan, Settings settings, Environment env) throws InterruptedException {
        return new LocalBackend().collect(plan, settings, env);
    }
}
