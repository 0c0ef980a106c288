package org.tailrace.exec;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.tailrace.connect.MemoryResult;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.Row;
import org.tailrace.env.Environment;
import org.tailrace.env.FileSystem;
import org.tailrace.plan.Attribute;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.SourceSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryListener;
import org.tailrace.spi.Backend.OnError;
import org.tailrace.spi.Backend.QuerySpec;
import org.tailrace.spi.StateBudget;
import org.tailrace.state.StateStore;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** A counting query and the world around it; the world outlives the query. */
final class Fixture {
    static final Path CHECKPOINT = Path.of("/checkpoint");

    final MemoryTable table = MemoryTable.keeping("in", CountingPlan.INPUT);
    final MemoryResult result = new MemoryResult("out");
    final ManualClock clock = new ManualClock(1_000_000);
    SimFileSystem files = new SimFileSystem(1);
    /** What a faulty program makes of a good disk. */
    Function<FileSystem, FileSystem> bug = disk -> disk;

    List<SourceSpec> sources = List.of(table.spec(true));
    SinkSpec sink = result.sink();
    Trigger trigger = new Trigger.Step();
    Settings settings = Settings.DEFAULT;
    Optional<Path> checkpoint = Optional.empty();
    List<String> fingerprint = List.of("source memory(in)", "operator count by key string");
    List<BatchStep> order = BatchStep.ORDER;
    List<QueryListener> listeners = List.of();
    long compactBytes = StateStore.COMPACT_BYTES;
    StateBudget budget = StateBudget.UNLIMITED;
    CountingPlan plan = new CountingPlan(List.of());

    LocalQuery start() {
        plan = new CountingPlan(sources);
        Environment environment = SimEnvironment.of(bug.apply(files), clock, 7);
        List<ResolvedPlan> leaves = sources.stream()
                .<ResolvedPlan>map(source -> new ResolvedPlan.Source(source, attributes()))
                .toList();
        var spec = new QuerySpec(
                "q",
                new ResolvedPlan.Union(leaves, attributes()),
                OutputMode.APPEND,
                trigger,
                sink,
                checkpoint,
                OnError.FAIL,
                settings,
                listeners,
                budget);
        return new QueryStarter(spec, environment, (s, st, context) -> plan, order, compactBytes)
                .start(KnownServices.INSTANCE, fingerprint);
    }

    private static List<Attribute> attributes() {
        return CountingPlan.INPUT.fields().stream()
                .map(f -> new Attribute(f.name(), f.type(), true, List.of(), OptionalLong.empty()))
                .toList();
    }

    /** One block of rows; times in seconds, negative for NULL. */
    void add(Object... keysAndSeconds) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < keysAndSeconds.length; i += 2) {
            int second = (Integer) keysAndSeconds[i + 1];
            var values = new ArrayList<Object>();
            values.add(keysAndSeconds[i]);
            values.add(second < 0 ? null : Instant.ofEpochSecond(second));
            rows.add(new Row(CountingPlan.INPUT, values));
        }
        table.add(rows);
    }

    /** What the sink holds, as {@code key#count}. */
    List<String> output() {
        return output(result);
    }

    static List<String> output(MemoryResult of) {
        return of.rows().rows().stream()
                .map(row -> row.get(0) + "#" + row.get(1))
                .toList();
    }

    /** Batch ids with {@code +} for input and {@code -} for none. */
    static List<String> ids(List<BatchReport> reports) {
        return reports.stream()
                .map(report -> report.batchId() + (report.noData() ? "-" : "+"))
                .toList();
    }
}
