package org.tailrace.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tailrace.data.Batch;
import org.tailrace.env.Environment;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.report.CheckpointReport;
import org.tailrace.report.QueryListener;

/** Runs resolved plans. Found by {@link java.util.ServiceLoader} on the session's current class loader. */
public interface Backend {

    /** {@code local}, {@code spark}. */
    String name();

    /**
     * The same backend with operators that work on so many rows at a time, where that can be chosen; results do not depend
     * on it.
     */
    default Backend withVectors(int rows) {
        return this;
    }

    /** A validated query, ready to start. */
    record QuerySpec(
            String name,
            ResolvedPlan plan,
            OutputMode mode,
            Trigger trigger,
            SinkSpec sink,
            Optional<Path> checkpoint,
            OnError onError,
            Settings settings,
            List<QueryListener> listeners,
            StateBudget budget) {
        public QuerySpec {
            listeners = List.copyOf(listeners);
        }

        /** With as much state as there is memory for. */
        public QuerySpec(
                String name,
                ResolvedPlan plan,
                OutputMode mode,
                Trigger trigger,
                SinkSpec sink,
                Optional<Path> checkpoint,
                OnError onError,
                Settings settings,
                List<QueryListener> listeners) {
            this(name, plan, mode, trigger, sink, checkpoint, onError, settings, listeners, StateBudget.UNLIMITED);
        }
    }

    /** What becomes of a row for which a user's function throws. */
    enum OnError {
        FAIL,
        SKIP,
        /** As skip, and the row is kept among the bad rows. */
        KEEP
    }

    /** Starts and returns at once; opening sources and recovery happen before it returns, batches after. */
    RunningQuery start(QuerySpec spec, Environment env);

    /**
     * What is inside a checkpoint of this backend, also beside the query that writes it; nothing is changed by looking.
     *
     * @param readsLock whether to say who holds it. A process that may hold it itself must not ask: looking would free it
     * @throws org.tailrace.error.CheckpointException TR-609 if there is none in the folder
     */
    default CheckpointReport checkpoint(Path folder, boolean readsLock, Environment env) {
        throw new PlanException(Problem.of("TR-707", "checkpoints of '" + name() + "' cannot be looked into")
                .fix("ask the cluster that wrote " + folder));
    }

    /** Runs a plan over bounded tables once. */
    Batch collect(ResolvedPlan plan, Settings settings, Environment env) throws InterruptedException;
}
