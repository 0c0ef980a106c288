package org.tailrace.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.expr.EvalContext;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;
import org.tailrace.plan.Trigger;
import org.tailrace.plan.Warnings;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.ResultTable;
import org.tailrace.spi.Backend.QuerySpec;
import org.tailrace.spi.Providers;
import org.tailrace.spi.Source;
import org.tailrace.state.StateStore;

/**
 * Puts a query together: recovery, operators, sources, sink, and the thread that runs it. If anything fails, all that was
 * opened is closed again.
 */
final class QueryStarter {
    /** A replay's seed, so that it gives the same rows on every machine. */
    static final long REPLAY_SEED = 42;

    /** Makes the operators of a plan. */
    @FunctionalInterface
    interface Planner {
        PhysicalPlan plan(QuerySpec spec, Settings settings, EvalContext context);
    }

    private final QuerySpec spec;
    private final Environment environment;
    private final Planner planner;
    private final List<BatchStep> order;
    private final long compactBytes;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable Recovery recovery;

    QueryStarter(QuerySpec spec, Environment environment, Planner planner) {
        this(spec, environment, planner, BatchStep.ORDER, StateStore.COMPACT_BYTES);
    }

    /** With another order of steps or another measure of when state is compacted, for tests. */
    QueryStarter(QuerySpec spec, Environment environment, Planner planner, List<BatchStep> order, long compactBytes) {
        this.spec = spec;
        this.environment = environment;
        this.planner = planner;
        this.order = order;
        this.compactBytes = compactBytes;
    }

    LocalQuery start(ClassLoader loader, List<String> fingerprint) {
        try {
            return open(loader, fingerprint);
        } catch (Throwable failure) {
            Throwable t = named(failure);
            closeAll(t);
            if (t instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (t instanceof Error error) {
                throw error;
            }
            throw MicroBatchLoop.typed(t);
        }
    }

    /** What a start stumbles over whose checkpoint somebody has taken over in the meantime is that. */
    private Throwable named(Throwable failure) {
        Recovery checkpoint = recovery;
        if (checkpoint == null || failure instanceof InterruptedException) {
            return failure;
        }
        Optional<CheckpointException> lost = checkpoint.takenOver();
        lost.ifPresent(taken -> taken.addSuppressed(failure));
        return lost.isPresent() ? lost.get() : failure;
    }

    private void closeAll(Throwable failure) {
        for (AutoCloseable part : opened) {
            try {
                part.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    private LocalQuery open(ClassLoader loader, List<String> fingerprint) throws Exception {
        boolean replay = replay(spec.plan());
        long seed = replay ? REPLAY_SEED : environment.randomness().seed();
        Recovery checkpoint = spec.checkpoint().isPresent()
                ? opened(Recovery.open(spec, spec.checkpoint().get(), fingerprint, seed, environment))
                : null;
        recovery = checkpoint;
        Settings settings = checkpoint == null ? spec.settings() : checkpoint.settings(spec.settings());
        seed = checkpoint == null ? seed : checkpoint.seed();
        PhysicalPlan plan = planner.plan(spec, settings, EvalContext.of(settings.zone(), settings.ansi()));
        plan.layouts().forEach(layout -> refuseObjects(checkpoint, layout.row(), "its state"));
        List<SourceInput> sources = sources(plan, loader, checkpoint);
        Optional<VirtualClock> virtual = VirtualClock.of(sources);
        if (virtual.isPresent()) {
            virtual.get().begin();
        }
        String run = environment.randomness().uuid().toString();
        ResultRoles roles = ResultRoles.of(spec.plan());
        var sink = opened(new SinkOutput(
                spec.sink().identity(),
                Providers.sink(spec.sink().kind(), loader).open(spec.sink(), environment),
                spec.mode()));
        sink.open(
                checkpoint == null ? run : checkpoint.queryId(),
                checkpoint == null ? 1 : checkpoint.epoch(),
                plan.schema(),
                spec.mode() == OutputMode.UPDATE ? roles.identity() : List.of());
        DurableJournal durable = checkpoint == null ? null : opened(checkpoint.journal(plan, compactBytes));
        if (durable != null) {
            durable.start(sink.lastCommitted());
        }
        long lastBatch = checkpoint == null ? -1 : checkpoint.lastBatch();
        QueryInfo info = info(run, plan, roles, sources, virtual, settings, seed, lastBatch);
        var control = new QueryControl(environment.clock());
        var parts = new LoopParts(
                plan,
                sources,
                new StaticTables(loader, environment),
                sink,
                durable == null ? new Journal.None() : durable,
                control,
                environment.clock(),
                spec.trigger(),
                virtual,
                new Pace(
                        environment.clock(),
                        spec.trigger(),
                        virtual.isPresent(),
                        virtual.map(VirtualClock::speed).orElse(0.0)),
                seed,
                settings.noDataBatches(),
                spec.mode() != OutputMode.COMPLETE && roles.windowsClose(),
                new ResultTable(info.fold(), plan.schema(), info.roles(), roles.ordered()),
                new StateGuard(spec.budget(), virtual.isEmpty()),
                new KeptBatches(),
                new Reporter(plan, sources),
                new StatusBoard(info, spec.listeners()));
        var batches = new BatchRunner(parts, order);
        if (checkpoint != null) {
            checkpoint.resume(parts, batches);
        }
        parts.board().begin(lastBatch, batches.nowMs());
        var loop = new MicroBatchLoop(parts, batches);
        environment.scheduler().start("tailrace-" + spec.name(), loop::run);
        return new LocalQuery(info, parts, loop);
    }

    /** Whether the plan reads a replay; whether it reads nothing else is checked once the sources are open. */
    private static boolean replay(ResolvedPlan plan) {
        return plan instanceof ResolvedPlan.Source source
                        && source.spec().arrivalColumn().isPresent()
                || plan.children().stream().anyMatch(QueryStarter::replay);
    }

    private List<SourceInput> sources(PhysicalPlan plan, ClassLoader loader, @Nullable Recovery recovery)
            throws Exception {
        var inputs = new ArrayList<SourceInput>();
        for (PhysicalPlan.SourceNode node : plan.sources()) {
            if (!node.streaming()) {
                continue;
            }
            refuseObjects(recovery, node.spec().schema(), node.spec().identity());
            Source source = opened(Providers.source(node.spec().kind(), loader).open(node.spec(), environment));
            if (recovery != null) {
                recovery.remember(source, inputs.size());
            }
            inputs.add(new SourceInput(node, source, recovery != null));
        }
        return inputs;
    }

    /** Objects that bind to no schema cannot be written down, so what holds them cannot be recovered. */
    private void refuseObjects(@Nullable Recovery recovery, Schema schema, String what) {
        boolean objects = schema.fields().stream().anyMatch(field -> field.type() instanceof DataType.Opaque);
        if (recovery != null && objects) {
            throw new PlanException(Problem.of("TR-705", "query " + spec.name() + " cannot have a checkpoint")
                    .because(what + " holds Java objects that are no records, and those cannot be written down")
                    .fix("use records, or leave out checkpoint(..)"));
        }
    }

    private QueryInfo info(
            String run,
            PhysicalPlan plan,
            ResultRoles roles,
            List<SourceInput> sources,
            Optional<VirtualClock> virtual,
            Settings settings,
            long seed,
            long lastBatch) {
        OptionalLong delay = delayMs(spec.plan());
        boolean paced = spec.trigger() instanceof Trigger.Default;
        return new QueryInfo(
                spec.name(),
                run,
                spec.mode().name().toLowerCase(Locale.ROOT),
                virtual.filter(clock -> paced)
                        .map(clock -> "every " + Words.duration(clock.intervalMs()) + " of the replay")
                        .orElseGet(() -> Words.trigger(spec.trigger())),
                virtual.map(VirtualClock::intervalMs)
                        .orElse(spec.trigger() instanceof Trigger.Every every ? every.intervalMs() : 0L),
                roles.fold(spec.mode()),
                plan.sources().stream().map(node -> node.spec().identity()).toList(),
                spec.sink().identity(),
                spec.checkpoint().isPresent(),
                virtual.isPresent(),
                sources.stream().allMatch(SourceInput::bounded),
                delay.orElse(-1),
                Warnings.of(spec.plan(), spec.mode()),
                lastBatch < 0 ? -1 : lastBatch + 1,
                seed,
                plan.schema(),
                roles.roles(),
                settings.zone());
    }

    private static OptionalLong delayMs(ResolvedPlan plan) {
        if (plan instanceof ResolvedPlan.Watermark watermark) {
            return OptionalLong.of(watermark.delayMs());
        }
        return plan.children().stream()
                .map(QueryStarter::delayMs)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }
}
