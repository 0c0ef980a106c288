package org.tailrace.exec;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.env.Environment;
import org.tailrace.env.Scheduler;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.expr.Expr;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.function.BatchFunction;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.PlanRules;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.report.BatchReport;
import org.tailrace.spi.Backend.OnError;
import org.tailrace.spi.Backend.QuerySpec;
import org.tailrace.spi.RunningQuery;
import org.tailrace.sql.SqlParser;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** The streams {@code e (k, v, ts)} and {@code f (j, w, us)}, each ten seconds late at most, and runs of a query over them. */
final class Streams {
    static final long DELAY_MS = 10_000;
    private static final Schema E = DdlParser.schema("k string, v bigint, ts timestamp");
    private static final Schema F = DdlParser.schema("j string, w bigint, us timestamp");

    private final Map<String, MemoryTable> tables = new LinkedHashMap<>();
    private final String sql;
    private final Setup setup;

    /** A row of one of the two streams. */
    record Event(boolean ofE, String key, long value, long timeMs) {}

    /** How a run is carried out, none of which may show in its results. */
    record Setup(int vectorSize, int cores, boolean restored, boolean noDataBatches) {}

    /** @param sql {@code DEDUP columns} stands for dropDuplicates on {@code e} */
    Streams(String sql, Setup setup) {
        this.sql = sql;
        this.setup = setup;
        tables.put("e", MemoryTable.keeping("e", E));
        tables.put("f", MemoryTable.keeping("f", F));
    }

    /** What each batch gave and left, one line a batch; the rows also in {@code sent}. */
    List<String> run(List<List<Event>> steps, List<String> sent) throws InterruptedException {
        var files = new SimFileSystem(1);
        var facts = new ArrayList<String>();
        var batch = new ArrayList<String>();
        BatchFunction<Batch> collect = (rows, id) -> rows.rows().forEach(row -> batch.add(text(row)));
        RunningQuery query = start(files, collect);
        try {
            for (List<Event> step : steps) {
                add(step);
                for (BatchReport report : query.step(1)) {
                    facts.add(report.batchId() + " watermark " + report.watermarkMs() + " then "
                            + report.nextWatermarkMs() + ", dropped " + report.droppedByWatermark() + ", late "
                            + report.lateInputRows() + ", rows " + report.resultRows() + ", state "
                            + report.stateRows());
                }
                batch.sort(null);
                facts.add(batch.toString());
                sent.addAll(batch);
                batch.clear();
                if (setup.restored()) {
                    query.stop();
                    query = start(files, collect);
                }
            }
        } finally {
            query.stop();
        }
        return facts;
    }

    /** The rows that the query gives if the streams are tables that hold all these rows. */
    List<String> whole(List<Event> events) throws InterruptedException {
        add(events);
        return new LocalBackend()
                .collect(resolve(false), Settings.DEFAULT, SystemEnvironment.create()).rows().stream()
                        .map(Streams::text)
                        .toList();
    }

    static String text(Row row) {
        return row.values().toString();
    }

    void add(List<Event> events) {
        for (Map.Entry<String, MemoryTable> table : tables.entrySet()) {
            Schema schema = table.getValue().schema();
            table.getValue()
                    .add(events.stream()
                            .filter(event -> event.ofE() == table.getKey().equals("e"))
                            .map(event -> new Row(
                                    schema,
                                    Arrays.asList(event.key(), event.value(), Instant.ofEpochMilli(event.timeMs()))))
                            .toList());
        }
    }

    RunningQuery start(SimFileSystem files, BatchFunction<Batch> collect) {
        ResolvedPlan plan = resolve(true);
        var sink = new SinkSpec("foreachbatch", "collect", Map.of(), collect);
        PlanRules.check(plan, OutputMode.APPEND, sink, new Trigger.Step());
        var settings = new Settings(
                Settings.DEFAULT.zone(),
                Settings.DEFAULT.ansi(),
                Settings.DEFAULT.maxWatermark(),
                setup.noDataBatches());
        var spec = new QuerySpec(
                "q",
                plan,
                OutputMode.APPEND,
                new Trigger.Step(),
                sink,
                Optional.of(Path.of("/checkpoint")),
                OnError.FAIL,
                settings,
                List.of());
        return new LocalBackend().withVectors(setup.vectorSize()).start(spec, environment(files));
    }

    private ResolvedPlan resolve(boolean streaming) {
        Map<String, Plan> plans = new LinkedHashMap<>();
        tables.forEach((name, table) -> plans.put(
                name,
                new Plan.Watermark(
                        new Plan.Source(table.spec(streaming)),
                        new Expr.Ref(name.equals("e") ? "ts" : "us"),
                        Optional.empty(),
                        "10 seconds")));
        var resolver = new Resolver(Functions.table(), Settings.DEFAULT, name -> Optional.ofNullable(plans.get(name)));
        if (sql.startsWith("DEDUP ")) {
            List<String> columns = List.of(sql.substring(6).split(", "));
            var parsed = new SqlParser(Settings.DEFAULT.zone()).query("SELECT * FROM e");
            return resolver.resolve(new Plan.Deduplicate(parsed.tree(), columns, false), parsed.positions());
        }
        var parsed = new SqlParser(Settings.DEFAULT.zone()).query(sql);
        return resolver.resolve(parsed.tree(), parsed.positions());
    }

    private Environment environment(SimFileSystem files) {
        Environment simulated = SimEnvironment.of(files, new ManualClock(1_000_000), 7);
        Scheduler threads = SystemEnvironment.create().scheduler();
        var scheduler = new Scheduler() {
            @Override
            public Thread start(String name, Runnable body) {
                return simulated.scheduler().start(name, body);
            }

            @Override
            public <T> List<T> runAll(List<? extends Callable<T>> pieces) throws Exception {
                return threads.runAll(pieces);
            }

            @Override
            public int parallelism() {
                return setup.cores();
            }
        };
        return new Environment(files, simulated.clock(), scheduler, simulated.randomness());
    }
}
