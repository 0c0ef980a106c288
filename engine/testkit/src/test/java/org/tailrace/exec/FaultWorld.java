package org.tailrace.exec;

import static org.tailrace.exec.FaultStream.E_FOLDER;
import static org.tailrace.exec.FaultStream.F_FOLDER;
import static org.tailrace.exec.FaultStream.OUT;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.tailrace.env.Environment;
import org.tailrace.env.FileSystem;
import org.tailrace.error.TailraceException;
import org.tailrace.expr.Evaluators;
import org.tailrace.plan.Fingerprint;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.spi.Backend.OnError;
import org.tailrace.spi.Backend.QuerySpec;
import org.tailrace.testkit.Crash;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;
import org.tailrace.testkit.SimFileSystem.Loss;

/** A query of {@link FaultQuery} on a simulated machine: its disk, its input so far, its sink. Outlives the query's process. */
final class FaultWorld {
    static final Path CHECKPOINT = Path.of("/checkpoint");

    /** Where the rows go. */
    enum Target {
        FILES,
        /** Files in one folder for each key. */
        PARTITIONS,
        /** A table elsewhere that takes a batch in one transaction and knows the last. */
        TABLE,
        /** … that replaces a batch it gets again, and does not know the last. */
        FORGETFUL_TABLE,
        /** … that adds it again: no sink for exactly-once. */
        DOUBLING_TABLE;

        static final List<Target> GOOD = List.of(FILES, PARTITIONS, TABLE, FORGETFUL_TABLE);
    }

    private static final Map<Target, SinkSpec> FILE_SINKS =
            Map.of(Target.FILES, FaultQuery.fileSink(), Target.PARTITIONS, FaultQuery.partitionedSink());

    private final FaultQuery query;
    private final Target target;
    private final FailingSink table = new FailingSink();
    private final ManualClock clock = new ManualClock(1_000_000);
    SimFileSystem files = new SimFileSystem(1);
    /** What a faulty program makes of a good disk. */
    UnaryOperator<FileSystem> disk = good -> good;
    /** What a faulty program makes of good operators. */
    UnaryOperator<PhysicalPlan> operators = good -> good;

    List<BatchStep> order = BatchStep.ORDER;
    private int step;
    private int last = FaultStream.STEPS;

    FaultWorld(FaultQuery query, Target target) {
        this.query = query;
        this.target = target;
        files.createDirectories(E_FOLDER);
        files.createDirectories(F_FOLDER);
        table.around = () -> files.crashPoint();
        table.remembers = target == Target.TABLE;
        table.doubles = target == Target.DOUBLING_TABLE;
    }

    /** The machine starts again after a crash. */
    void restart(Loss loss, long seed) {
        files = files.restarted(loss, seed);
        clock.advanceMs(1_000);
    }

    LocalQuery start() {
        Environment environment = SimEnvironment.of(disk.apply(files), clock, 7);
        SinkSpec sink = FILE_SINKS.getOrDefault(target, table.spec());
        var spec = new QuerySpec(
                "q",
                query.plan,
                OutputMode.APPEND,
                new Trigger.Step(),
                sink,
                Optional.of(CHECKPOINT),
                OnError.FAIL,
                Settings.DEFAULT,
                List.of());
        QueryStarter.Planner planner = (q, settings, context) -> operators.apply(PhysicalPlanner.plan(
                q.plan(),
                q.mode(),
                new PlannerOptions(settings, context, Evaluators::compile, environment, q.onError(), 64)));
        return new QueryStarter(spec, environment, planner, order, 300)
                .start(KnownServices.INSTANCE, Fingerprint.of(spec.plan(), sink));
    }

    /** Puts the input of the next step there; false if there is none. */
    boolean feed() {
        if (step == last) {
            return false;
        }
        String name = "file-" + step + ".csv";
        files.put(E_FOLDER.resolve(name), FaultStream.csv(FaultStream.e(step)));
        if (query.joins()) {
            files.put(F_FOLDER.resolve(name), FaultStream.csv(FaultStream.f(step)));
        }
        step++;
        return true;
    }

    /** Runs the query, or has run it, up to the last row of the stream, which closes all that is open. */
    void untilLast(boolean ran) {
        last = ran ? FaultStream.STEPS : FaultStream.STEPS - 1;
        step = ran ? FaultStream.STEPS - 1 : 0;
    }

    /** Starts the query and takes all input through it. Throws what the engine throws, also {@link Crash}. */
    void run() throws InterruptedException {
        LocalQuery q = start();
        try {
            do {
                q.processAllAvailable();
            } while (feed());
        } finally {
            q.stop();
        }
    }

    /** As {@link #run} until the machine stops; an error of a machine that has stopped is none. */
    Optional<TailraceException> runUntilCrash() throws InterruptedException {
        try {
            run();
        } catch (Crash e) {
            return Optional.empty();
        } catch (TailraceException e) {
            return files.crashed() ? Optional.empty() : Optional.of(e);
        }
        return Optional.empty();
    }

    /** What the sink holds: files by name with their text, or the rows of the table. */
    Map<String, String> output() throws IOException {
        var output = new TreeMap<String, String>();
        if (!FILE_SINKS.containsKey(target)) {
            output.put("table", String.join("\n", texts(table)));
        } else {
            collect(OUT, output);
        }
        return output;
    }

    private static List<String> texts(FailingSink table) {
        var texts = new ArrayList<String>();
        table.result.rows().rows().forEach(row -> {
            var values = new ArrayList<String>();
            row.values().forEach(value -> values.add(value == null ? "" : String.valueOf(value)));
            texts.add(String.join(",", values));
        });
        return texts;
    }

    private void collect(Path folder, Map<String, String> into) throws IOException {
        for (FileSystem.Entry entry : files.list(folder)) {
            if (entry.directory()) {
                collect(entry.path(), into);
            } else {
                into.put(
                        OUT.relativize(entry.path()).toString(),
                        new String(files.read(entry.path()), StandardCharsets.UTF_8));
            }
        }
    }
}
