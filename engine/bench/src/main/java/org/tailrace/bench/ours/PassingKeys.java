package org.tailrace.bench.ours;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.contest.Allocation;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Machine;
import org.tailrace.bench.contest.Pulse;
import org.tailrace.bench.data.Passing;
import org.tailrace.connect.MemoryResult;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.LongColumn;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.expr.Expr;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.report.BatchReport;
import org.tailrace.spi.Backend;
import org.tailrace.spi.RunningQuery;
import org.tailrace.sql.SqlParser;

/**
 * What a micro-batch costs on the engine: from {@code step()} to its report, so with the hand-over to the query's thread and
 * back. A checkpoint is on the disk whose fsync is measured beside it, and is deleted again.
 */
public final class PassingKeys implements Pulse {
    private static final Schema SCHEMA = DdlParser.schema("bench", Passing.SCHEMA);
    private static final byte[] ENTRY = new byte[256];

    @Override
    public Beats beat(Passing data, boolean durable, Answer answer) throws Exception {
        Path folder = Files.createTempDirectory("bench-checkpoint");
        var table = MemoryTable.forgetting(Passing.TABLE, SCHEMA);
        var result = new MemoryResult("passed");
        RunningQuery query =
                start(data, table, result, answer.keeps(), durable ? Optional.of(folder) : Optional.empty());
        try (var first = new FileOutputStream(folder.resolve("first").toFile());
                var second = new FileOutputStream(folder.resolve("second").toFile())) {
            long[] nanos = new long[data.measured];
            long[] limits = new long[durable ? data.measured : 0];
            int begin = data.firstMeasured();
            for (int i = 0; i < begin; i++) {
                table.add(block(data, i));
                step(query);
            }
            var allocation = new Allocation();
            long busy = 0;
            long own = 0;
            BatchReport last = null;
            for (int i = 0; i < data.measured; i++) {
                table.add(block(data, begin + i));
                long bytes = Allocation.own();
                long cpu = Machine.cpuNanos();
                long start = System.nanoTime();
                last = step(query);
                nanos[i] = System.nanoTime() - start;
                busy += Machine.cpuNanos() - cpu;
                own += Allocation.own() - bytes;
                if (durable) {
                    start = System.nanoTime();
                    append(first);
                    append(second);
                    limits[i] = System.nanoTime() - start;
                }
            }
            long kept = checked(data, last).stateRows();
            result.latest().rows().forEach(row -> answer.add(flat(row)));
            return new Beats(nanos, busy, own + allocation.byOthers(), kept, limits);
        } finally {
            query.stop();
            delete(folder);
        }
    }

    private static void append(FileOutputStream file) throws IOException {
        file.write(ENTRY);
        file.getFD().sync();
    }

    private static BatchReport step(RunningQuery query) throws InterruptedException {
        List<BatchReport> reports = query.step(1);
        if (reports.isEmpty()) {
            throw new IllegalStateException("the query failed", query.status().failure());
        }
        return reports.get(reports.size() - 1);
    }

    /** As many keys as there should be are kept, and a batch of a whole second lets as many go as it brings. */
    private static BatchReport checked(Passing data, @Nullable BatchReport last) {
        if (last == null || Math.abs(last.stateRows() - data.keys) > 2 * Passing.PER_SECOND) {
            throw new IllegalStateException("the state is not as it should be: " + last);
        }
        long gone = last.operators().stream()
                .mapToLong(BatchReport.OperatorProgress::removed)
                .sum();
        if (data.rows == Passing.PER_SECOND && (gone != data.rows || last.resultRows() != data.rows)) {
            throw new IllegalStateException("what comes is not what goes: " + last);
        }
        return last;
    }

    private static @Nullable Object[] flat(Row row) {
        var window = (Row) Objects.requireNonNull(row.get(0));
        return new Object[] {window.get(0), row.get(1), row.get(2), row.get(3)};
    }

    private static Batch block(Passing data, int number) {
        int from = data.before[number];
        int to = data.before[number + 1];
        return new Batch(
                SCHEMA,
                to - from,
                List.of(
                        longs(DataType.BIGINT, data.key, from, to),
                        longs(DataType.BIGINT, data.value, from, to),
                        longs(DataType.TIMESTAMP, data.time, from, to)));
    }

    private static LongColumn longs(DataType type, long[] values, int from, int to) {
        return new LongColumn(type, Arrays.copyOfRange(values, from, to), null);
    }

    private static RunningQuery start(
            Passing data, MemoryTable table, MemoryResult result, boolean keep, Optional<Path> checkpoint) {
        // Without batches that have no input, each batch takes in and lets go of the same number of keys.
        Settings d = Settings.DEFAULT;
        var settings = new Settings(d.zone(), d.ansi(), d.maxWatermark(), false);
        var spec = new Backend.QuerySpec(
                Passing.TABLE,
                plan(data, table, settings),
                OutputMode.APPEND,
                new Trigger.Step(),
                keep ? result.sink() : new SinkSpec("noop", "noop", Map.of(), null),
                checkpoint.map(folder -> folder.resolve("checkpoint")),
                Backend.OnError.FAIL,
                settings,
                List.of());
        return ServiceLoader.load(Backend.class).findFirst().orElseThrow().start(spec, SystemEnvironment.create());
    }

    private static ResolvedPlan plan(Passing data, MemoryTable table, Settings settings) {
        Plan marked = new Plan.Watermark(
                new Plan.Source(table.spec(true)), new Expr.Ref("ts"), Optional.empty(), data.delay());
        var resolver = new Resolver(Functions.table(), settings, name -> Optional.of(marked));
        var parsed = new SqlParser(settings.zone()).query(Passing.SQL);
        return resolver.resolve(parsed.tree(), parsed.positions());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
