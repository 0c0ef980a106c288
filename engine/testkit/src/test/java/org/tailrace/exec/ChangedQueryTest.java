package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailrace.connect.MemoryResult;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.text.DdlParser;
import org.tailrace.error.CheckpointException;
import org.tailrace.expr.Expr;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.plan.Trigger;
import org.tailrace.spi.Backend.OnError;
import org.tailrace.spi.Backend.QuerySpec;
import org.tailrace.spi.RunningQuery;
import org.tailrace.sql.SqlParser;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** F24: a query that was changed against its checkpoint (SEMANTICS §10). */
class ChangedQueryTest {
    private static final String QUERY =
            "SELECT window.start, k, count(*) AS n FROM e GROUP BY window(ts, '10 seconds'), k";

    private final SimFileSystem files = new SimFileSystem(1);
    private final MemoryTable table = MemoryTable.keeping("e", DdlParser.schema("k string, v bigint, ts timestamp"));
    private final MemoryResult result = new MemoryResult("out");

    private RunningQuery start(String sql, String delay, OutputMode mode) {
        Plan e = new Plan.Watermark(new Plan.Source(table.spec(true)), new Expr.Ref("ts"), Optional.empty(), delay);
        var parsed = new SqlParser(Settings.DEFAULT.zone()).query(sql);
        var plan = new Resolver(
                        Functions.table(),
                        Settings.DEFAULT,
                        name -> Optional.ofNullable(Map.of("e", e).get(name)))
                .resolve(parsed.tree(), parsed.positions());
        var spec = new QuerySpec(
                "q",
                plan,
                mode,
                new Trigger.Step(),
                result.sink(),
                Optional.of(Path.of("/checkpoint")),
                OnError.FAIL,
                Settings.DEFAULT,
                java.util.List.of());
        return new LocalBackend().start(spec, SimEnvironment.of(files, new ManualClock(0), 7));
    }

    private void begin() throws Exception {
        start(QUERY, "5 seconds", OutputMode.UPDATE).stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT window.start, k, count(*) AS n FROM e WHERE v > 3 GROUP BY window(ts, '10 seconds'), k",
                "SELECT k, window.start, window.end, count(*) AS n FROM e GROUP BY window(ts, '10 seconds'), k",
                "SELECT window.start AS s, k, count(*) AS many FROM e GROUP BY window(ts, '10 seconds'), k"
            })
    void F24_a_filter_and_another_projection_are_allowed(String changed) throws Exception {
        begin();
        RunningQuery q = start(changed, "5 seconds", OutputMode.UPDATE);
        assertEquals(true, q.info().durable());
        q.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 second", "1 hour"})
    void F24_another_delay_is_allowed(String delay) throws Exception {
        begin();
        start(QUERY, delay, OutputMode.UPDATE).stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT window.start, v, count(*) AS n FROM e GROUP BY window(ts, '10 seconds'), v",
                "SELECT window.start, count(*) AS n FROM e GROUP BY window(ts, '10 seconds')",
                "SELECT window.start, k, v, count(*) AS n FROM e GROUP BY window(ts, '10 seconds'), k, v",
                "SELECT window.start, k, count(*) AS n FROM e GROUP BY window(ts, '20 seconds'), k",
                "SELECT window.start, k, max(v) AS n FROM e GROUP BY window(ts, '10 seconds'), k",
                "SELECT window.start, k, count(*) AS n, sum(v) AS s FROM e GROUP BY window(ts, '10 seconds'), k",
                "SELECT k, count(*) AS n FROM e GROUP BY k, session_window(ts, '10 seconds')",
                "SELECT k, v, ts FROM e",
                "SELECT DISTINCT k, ts FROM e"
            })
    void F24_another_key_aggregate_window_or_stateful_operator_is_refused(String changed) throws Exception {
        begin();
        OutputMode mode =
                changed.contains("session") || changed.contains("DISTINCT") ? OutputMode.APPEND : OutputMode.UPDATE;
        var refused = assertThrows(
                CheckpointException.class,
                () -> start(changed, "5 seconds", mode).stop());
        assertEquals("TR-604", refused.code());
    }
}
