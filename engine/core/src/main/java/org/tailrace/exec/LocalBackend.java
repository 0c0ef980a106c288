package org.tailrace.exec;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.VectorBatch;
import org.tailrace.env.Environment;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.error.TailraceException;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Evaluators;
import org.tailrace.plan.Fingerprint;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;
import org.tailrace.report.CheckpointReport;
import org.tailrace.spi.Backend;
import org.tailrace.spi.RunningQuery;
import org.tailrace.state.CheckpointInspection;

/** Runs queries as micro-batches in this process. */
public final class LocalBackend implements Backend {
    private final int vectorSize;

    public LocalBackend() {
        this(PlannerOptions.VECTOR_SIZE);
    }

    private LocalBackend(int vectorSize) {
        this.vectorSize = vectorSize;
    }

    @Override
    public Backend withVectors(int rows) {
        return new LocalBackend(rows);
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public RunningQuery start(QuerySpec spec, Environment env) {
        QueryStarter.Planner planner = (query, settings, context) ->
                PhysicalPlanner.plan(query.plan(), query.mode(), options(settings, context, env, query.onError()));
        return new QueryStarter(spec, env, planner).start(loader(), Fingerprint.of(spec.plan(), spec.sink()));
    }

    @Override
    public CheckpointReport checkpoint(Path folder, boolean readsLock, Environment env) {
        return CheckpointInspection.of(env.files(), folder, readsLock);
    }

    @Override
    public Batch collect(ResolvedPlan plan, Settings settings, Environment env) throws InterruptedException {
        EvalContext context = EvalContext.of(settings.zone(), settings.ansi());
        PhysicalPlan physical =
                PhysicalPlanner.plan(plan, OutputMode.APPEND, options(settings, context, env, OnError.FAIL));
        var tables = new StaticTables(loader(), env);
        var rows = new BatchBuilder(physical.schema());
        VectorBatch view = VectorBatch.create(physical.schema());
        long now = env.clock().currentTimeMs();
        try {
            physical.run(
                    new BatchContext(0, now, env.randomness().seed(), 0, 0, false),
                    node -> {
                        if (node.streaming()) {
                            throw new PlanException(Problem.of("TR-706", "an unbounded table has no last row")
                                    .have(node.spec().identity())
                                    .fix("start it with live() or to(..).start()"));
                        }
                        return tables.open(node.spec());
                    },
                    batch -> {
                        view.view(batch, 0, batch.size());
                        add(view, rows);
                    });
            return rows.build();
        } catch (TailraceException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw MicroBatchLoop.typed(e);
        }
    }

    private static void add(VectorBatch batch, BatchBuilder rows) {
        for (int row = 0; row < batch.size; row++) {
            rows.addRow(batch, row);
        }
    }

    private PlannerOptions options(Settings settings, EvalContext context, Environment env, OnError onError) {
        return new PlannerOptions(settings, context, Evaluators::compile, env, onError, vectorSize);
    }

    /** The notebook's own loader, which sees jars that arrived while it runs. */
    private static ClassLoader loader() {
        @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader != null ? loader : LocalBackend.class.getClassLoader();
    }
}
