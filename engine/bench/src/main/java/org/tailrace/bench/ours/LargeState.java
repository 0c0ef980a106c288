package org.tailrace.bench.ours;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.Batch;
import org.tailrace.data.Column;
import org.tailrace.data.DataType;
import org.tailrace.data.LongColumn;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.report.BatchReport;
import org.tailrace.report.BatchReport.Timings;
import org.tailrace.spi.Backend;
import org.tailrace.spi.RunningQuery;
import org.tailrace.sql.SqlParser;

/**
 * What a batch costs beside a large state: 1,000 new keys and 1,000 keys that leave in every batch, the watermark moving
 * with each, with so many keys present, durably. Prints milliseconds; the files are written below the working directory and
 * deleted again.
 *
 * <p>Arguments: queries ({@code window}, {@code key}, {@code dedup}) and numbers of keys, each separated by commas, and how
 * many batches to measure.
 */
final class LargeState {
    private static final int KEYS = 1000;
    private static final int FILL = 100_000;
    private static final Schema SCHEMA = DdlParser.schema("bench", "k bigint, v bigint, ts timestamp");

    private LargeState() {}

    public static void main(String[] args) throws Exception {
        String[] queries = (args.length > 0 ? args[0] : "window,key,dedup").split(",");
        String[] sizes = (args.length > 1 ? args[1] : "10000,1000000,5000000").split(",");
        int batches = args.length > 2 ? Integer.parseInt(args[2]) : 1000;
        System.out.println(
                "query,keys,batches,total_p50_ms,total_p90_ms,total_p99_ms,total_max_ms,cpu_p50_ms,cpu_p99_ms,run_p50_ms,run_p99_ms,"
                        + "run_max_ms,save_p50_ms,state_mb,heap_mb,files_mb,restart_s");
        for (String query : queries) {
            measure(query, 10_000, 300);
            for (String size : sizes) {
                System.out.println(measure(query, Integer.parseInt(size), batches));
            }
        }
        System.exit(0);
    }

    private static String measure(String query, int keys, int batches) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(""), "large-state-").toAbsolutePath();
        try {
            MemoryTable table = MemoryTable.forgetting("e", SCHEMA);
            RunningQuery running = start(query, keys, table, folder);
            var random = new Random(7);
            long second = 0;
            for (int filled = 0; filled < keys; filled += Math.min(FILL, keys)) {
                int seconds = Math.min(FILL, keys) / KEYS;
                table.add(rows(random, second, seconds));
                second += seconds;
                step(running);
            }
            double[] total = new double[batches];
            double[] cpu = new double[batches];
            double[] run = new double[batches];
            double[] save = new double[batches];
            BatchReport last = null;
            for (int i = 0; i < batches; i++) {
                table.add(rows(random, second++, 1));
                long before = cpuNanos();
                last = step(running);
                cpu[i] = (cpuNanos() - before) / 1e6;
                Timings took = last.timings();
                total[i] = took.totalNanos() / 1e6;
                run[i] = took.runNanos() / 1e6;
                save[i] = took.writeNanos() / 1e6;
            }
            if (last == null
                    || Math.abs(last.stateRows() - keys) > 2 * KEYS
                    || last.resultRows() != KEYS
                    || removed(last) != KEYS) {
                throw new IllegalStateException("the state is not as it should be: " + last);
            }
            System.gc();
            long heap =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            long files = bytes(folder);
            running.stop();
            long start = System.nanoTime();
            start(query, keys, MemoryTable.forgetting("e", SCHEMA), folder).stop();
            double restart = (System.nanoTime() - start) / 1e9;
            for (double[] each : List.of(total, cpu, run, save)) {
                Arrays.sort(each);
            }
            return String.format(
                    Locale.ROOT,
                    "%s,%d,%d,%.2f,%.2f,%.2f,%.2f,%.3f,%.3f,%.2f,%.2f,%.2f,%.2f,%d,%d,%d,%.1f",
                    query,
                    keys,
                    batches,
                    total[batches / 2],
                    total[batches * 9 / 10],
                    total[batches * 99 / 100],
                    total[batches - 1],
                    cpu[batches / 2],
                    cpu[batches * 99 / 100],
                    run[batches / 2],
                    run[batches * 99 / 100],
                    run[batches - 1],
                    save[batches / 2],
                    last.stateBytes() >> 20,
                    heap >> 20,
                    files >> 20,
                    restart);
        } finally {
            delete(folder);
        }
    }

    private static long removed(BatchReport report) {
        return report.operators().stream()
                .mapToLong(BatchReport.OperatorProgress::removed)
                .sum();
    }

    /** What the query's thread has computed; says more than the time on the wall of a machine that others use. */
    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("tailrace-large")) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        throw new IllegalStateException("the query has no thread");
    }

    private static BatchReport step(RunningQuery query) throws InterruptedException {
        List<BatchReport> reports = query.step(1);
        if (reports.isEmpty()) {
            throw new IllegalStateException("the query failed", query.status().failure());
        }
        return reports.get(reports.size() - 1);
    }

    /** So many seconds of event time, with {@link #KEYS} keys each that were not there before. */
    private static Batch rows(Random random, long second, int seconds) {
        int count = seconds * KEYS;
        long[] keys = new long[count];
        long[] values = new long[count];
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            // An odd factor makes a permutation of all longs, so that keys are spread and yet distinct.
            keys[i] = (second * KEYS + i) * 0x9E3779B97F4A7C15L;
            values[i] = random.nextInt(1000);
            times[i] = (second + i / KEYS) * 1_000_000L;
        }
        List<Column> columns = List.of(
                new LongColumn(DataType.BIGINT, keys, null),
                new LongColumn(DataType.BIGINT, values, null),
                new LongColumn(DataType.TIMESTAMP, times, null));
        return new Batch(SCHEMA, count, columns);
    }

    private static RunningQuery start(String query, int keys, MemoryTable table, Path folder) {
        // Without batches that have no input, each batch takes in and lets go of the same number of keys.
        Settings d = Settings.DEFAULT;
        var settings = new Settings(d.zone(), d.ansi(), d.maxWatermark(), false);
        var spec = new Backend.QuerySpec(
                "large",
                plan(query, keys / KEYS, table, settings),
                OutputMode.APPEND,
                new Trigger.Step(),
                new SinkSpec("noop", "noop", Map.of(), null),
                Optional.of(folder.resolve("checkpoint")),
                Backend.OnError.FAIL,
                settings,
                List.of());
        return ServiceLoader.load(Backend.class).findFirst().orElseThrow().start(spec, SystemEnvironment.create());
    }

    private static ResolvedPlan plan(String query, int seconds, MemoryTable table, Settings settings) {
        boolean dedup = query.equals("dedup");
        // A key of dropDuplicatesWithinWatermark leaves when the watermark, itself one delay behind the newest event,
        // has
        // passed its time and one delay more: so it stays for two delays, and a row of a window for one.
        String delay = (dedup ? seconds / 2 : seconds) + " seconds";
        Plan marked =
                new Plan.Watermark(new Plan.Source(table.spec(true)), new Expr.Ref("ts"), Optional.empty(), delay);
        var resolver = new Resolver(Functions.table(), settings, name -> Optional.of(marked));
        if (dedup) {
            return resolver.resolve(new Plan.Deduplicate(marked, List.of("k"), true), new Positions());
        }
        String group = query.equals("window") ? "window(ts, '1 second'), k" : "ts, k";
        var parsed = new SqlParser(settings.zone())
                .query("SELECT " + group + ", count(*) AS n, sum(v) AS s FROM e GROUP BY " + group);
        return resolver.resolve(parsed.tree(), parsed.positions());
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
