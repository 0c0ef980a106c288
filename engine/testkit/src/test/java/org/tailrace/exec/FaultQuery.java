package org.tailrace.exec;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tailrace.connect.FileProvider;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.env.Environment;
import org.tailrace.expr.Expr;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.function.Emitter;
import org.tailrace.function.GroupState;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.PlanRules;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.SourceSpec;
import org.tailrace.plan.StatefulSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.sql.SqlParser;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** The stateful queries over {@link FaultStream} that are run through faults. */
enum FaultQuery {
    WINDOWS(
            "SELECT window.start AS s, k, count(*) AS n, sum(v) AS t FROM e GROUP BY window(ts, '10 seconds'), k",
            FaultModel::windows),
    SESSIONS(
            "SELECT k, session_window.start AS s, session_window.end AS t, count(*) AS n FROM e"
                    + " GROUP BY k, session_window(ts, '7 seconds')",
            () -> FaultModel.sessions(7)),
    DISTINCT("", FaultModel::distinct),
    DISTINCT_WITHIN_WATERMARK("", FaultModel::distinct),
    JOIN(
            "SELECT k, v, ts, w FROM e LEFT JOIN f ON k = j"
                    + " AND us BETWEEN ts - INTERVAL 5 SECONDS AND ts + INTERVAL 8 SECONDS",
            FaultModel::leftJoin),
    WINDOWS_OF_JOIN(
            "SELECT window.start AS s, k, count(*) AS n, sum(w) AS t FROM (SELECT k, w, ts FROM e JOIN f ON k = j"
                    + " AND us BETWEEN ts - INTERVAL 5 SECONDS AND ts + INTERVAL 8 SECONDS)"
                    + " GROUP BY window(ts, '6 seconds'), k",
            FaultModel::windowsOfJoin),
    KEYED("", FaultModel::counts),
    /** No state, and values that differ from run to run unless the batch fixes them. */
    DICE("SELECT k, v, ts, rand() AS r, uuid() AS u FROM e", FaultModel::all);

    private final Supplier<List<String>> model;
    final ResolvedPlan plan;

    FaultQuery(String sql, Supplier<List<String>> model) {
        this.model = model;
        plan = resolve(sql);
        PlanRules.check(plan, OutputMode.APPEND, fileSink(), new Trigger.Step());
    }

    /** What it gives, sorted and without what the last row of the stream gives. */
    List<String> expected() {
        return model.get();
    }

    boolean joins() {
        return this == JOIN || this == WINDOWS_OF_JOIN;
    }

    static SinkSpec fileSink() {
        return new FileProvider().describe("csv", Map.of("path", FaultStream.OUT.toString()), null, environment());
    }

    /** One folder for each key. */
    static SinkSpec partitionedSink() {
        return new FileProvider()
                .describe("csv", Map.of("path", FaultStream.OUT.toString(), "partitionby", "k"), null, environment());
    }

    private static Environment environment() {
        var files = new SimFileSystem(1);
        files.createDirectories(FaultStream.E_FOLDER);
        files.createDirectories(FaultStream.F_FOLDER);
        return SimEnvironment.of(files, new ManualClock(0), 1);
    }

    private ResolvedPlan resolve(String sql) {
        Map<String, Plan> plans = new LinkedHashMap<>();
        plans.put("e", watermarked(FaultStream.E_FOLDER, DdlParser.schema("k string, v bigint, ts timestamp"), "ts"));
        plans.put("f", watermarked(FaultStream.F_FOLDER, DdlParser.schema("j string, w bigint, us timestamp"), "us"));
        var resolver = new Resolver(Functions.table(), Settings.DEFAULT, name -> Optional.ofNullable(plans.get(name)));
        var parsed = new SqlParser(Settings.DEFAULT.zone()).query(sql.isEmpty() ? "SELECT * FROM e" : sql);
        Plan tree = parsed.tree();
        switch (name()) {
            case "DISTINCT" -> tree = new Plan.Deduplicate(tree, List.of("k", "v", "ts"), false);
            case "DISTINCT_WITHIN_WATERMARK" -> tree = new Plan.Deduplicate(tree, List.of("k", "v"), true);
            case "KEYED" -> tree = new Plan.Stateful(tree, Counting.spec());
            default -> {}
        }
        return resolver.resolve(tree, parsed.positions());
    }

    private static Plan watermarked(Path folder, Schema schema, String time) {
        SourceSpec source =
                new FileProvider().describe("csv", Map.of("path", folder.toString()), schema, true, environment());
        return new Plan.Watermark(
                new Plan.Source(source), new Expr.Ref(time), Optional.empty(), FaultStream.DELAY_SECONDS + " seconds");
    }

    /** Counts rows by key, and says the count once more when the key has been quiet for a minute. */
    private static final class Counting {
        static final Schema STATE = DdlParser.schema("n bigint");
        static final Schema COUNTS = DdlParser.schema("k string, n bigint, v bigint");

        private Counting() {}

        static StatefulSpec spec() {
            return new StatefulSpec(
                    "count",
                    List.of(new Expr.Ref("k")),
                    Optional.empty(),
                    DdlParser.schema("k string"),
                    STATE,
                    COUNTS,
                    StatefulSpec.Timeout.EVENT_TIME,
                    Optional.of(OutputMode.APPEND),
                    false,
                    Counting::count);
        }

        private static void count(Row key, Iterator<Row> rows, GroupState<Row> state, Emitter<Row> out) {
            long n = state.get().map(row -> (Long) row.get(0)).orElse(0L);
            if (state.timedOut()) {
                out.emit(new Row(COUNTS, Arrays.asList(key.get(0), n, -1L)));
                state.remove();
                return;
            }
            while (rows.hasNext()) {
                Row row = rows.next();
                n++;
                out.emit(new Row(COUNTS, Arrays.asList(key.get(0), n, row.get(1))));
                state.timeoutAtMs(((Instant) row.get(2)).toEpochMilli() + 60_000);
            }
            state.set(new Row(STATE, List.of(n)));
        }
    }
}
