package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.connect.MemoryResult;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.error.CheckpointException;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.plan.Trigger;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryInfo;
import org.tailrace.spi.Backend.OnError;
import org.tailrace.spi.Backend.QuerySpec;
import org.tailrace.spi.RunningQuery;
import org.tailrace.sql.SqlParser;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** Whole queries: from SQL through operators, loop and checkpoint to the folded result. */
@Timeout(60)
class LocalBackendTest {
    private static final Schema CLICKS =
            Schema.of(new Field("page", DataType.STRING), new Field("ts", DataType.TIMESTAMP));
    private static final String PER_PAGE = "SELECT window.start AS window_start, window.end AS window_end, page, "
            + "count(*) AS n FROM clicks WATERMARK ts DELAY OF INTERVAL 5 SECONDS "
            + "GROUP BY window(ts, '10 seconds'), page";

    private final MemoryTable clicks = MemoryTable.keeping("clicks", CLICKS);
    private final MemoryResult result = new MemoryResult("out");
    private final SimFileSystem files = new SimFileSystem(1);
    private final Environment environment = SimEnvironment.of(files, new ManualClock(5_000_000), 3);

    private ResolvedPlan resolve(String sql, boolean streaming) {
        var parsed = new SqlParser(ZoneOffset.UTC).query(sql);
        return new Resolver(
                        Functions.table(),
                        Settings.DEFAULT,
                        name -> Optional.of(new Plan.Source(clicks.spec(streaming))))
                .resolve(parsed.tree(), parsed.positions());
    }

    private RunningQuery start(String sql, OutputMode mode, boolean durable) {
        return new LocalBackend()
                .start(
                        new QuerySpec(
                                "q",
                                resolve(sql, true),
                                mode,
                                new Trigger.Step(),
                                result.sink(),
                                durable ? Optional.of(Path.of("/cp")) : Optional.empty(),
                                OnError.FAIL,
                                Settings.DEFAULT,
                                List.of()),
                        environment);
    }

    private void add(Object... pagesAndSeconds) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < pagesAndSeconds.length; i += 2) {
            rows.add(new Row(CLICKS, Arrays.asList(pagesAndSeconds[i], Instant.ofEpochSecond((Integer)
                    pagesAndSeconds[i + 1]))));
        }
        clicks.add(rows);
    }

    private static List<String> rows(RunningQuery q) {
        return q.result(100).rows().stream()
                .map(e -> ((Instant) e.row().get(0)).getEpochSecond() + " "
                        + e.row().get(2) + " " + e.row().get(3) + (e.closed() ? " final" : " open"))
                .toList();
    }

    @Test
    void windows_are_counted_shown_as_open_and_become_final() throws Exception {
        var q = start(PER_PAGE, OutputMode.UPDATE, false);
        add("a", 101, "b", 103, "a", 112);
        q.step(1);
        assertEquals(List.of("100 a 1 open", "100 b 1 open", "110 a 1 open"), rows(q));
        add("a", 104, "a", 118);
        q.step(1);
        assertEquals(List.of("100 a 2 final", "100 b 1 final", "110 a 2 open"), rows(q));
        add("late", 100);
        BatchReport late = q.step(1).get(0);
        assertEquals(1, late.lateInputRows());
        assertEquals(113_000, late.watermarkMs().orElseThrow());
        assertFalse(late.windows().isEmpty());
        q.stop();
    }

    @Test
    void the_roles_of_flat_and_nested_windows_keys_and_aggregates_are_found() throws Exception {
        var flat = start(PER_PAGE, OutputMode.UPDATE, false);
        assertEquals(
                new QueryInfo.Roles(-1, 0, 1, List.of(2), List.of(3)),
                flat.info().roles());
        assertEquals(QueryInfo.Fold.UPSERT, flat.info().fold());
        assertEquals(5_000, flat.info().delayMs());
        flat.stop();
        var nested = start(
                "SELECT page, window, count(*) AS n FROM clicks WATERMARK ts DELAY OF INTERVAL 5 SECONDS "
                        + "GROUP BY window(ts, '10 seconds'), page",
                OutputMode.APPEND,
                false);
        assertEquals(
                new QueryInfo.Roles(1, -1, -1, List.of(0), List.of(2)),
                nested.info().roles());
        assertEquals(QueryInfo.Fold.ADD, nested.info().fold());
        nested.stop();
        var dropped = start("SELECT count(*) AS n FROM clicks GROUP BY page", OutputMode.UPDATE, false);
        assertEquals(QueryInfo.Fold.ADD, dropped.info().fold());
        dropped.stop();
    }

    @Test
    void a_window_goes_on_after_a_restart() throws Exception {
        var q = start(PER_PAGE, OutputMode.APPEND, true);
        add("a", 101, "b", 103);
        q.step(1);
        q.stop();
        var again = start(PER_PAGE, OutputMode.APPEND, true);
        add("a", 105, "c", 120);
        again.step(1);
        assertEquals(
                List.of("a 2", "b 1"),
                result.rows().rows().stream()
                        .map(r -> r.get(2) + " " + r.get(3))
                        .toList());
        again.stop();
        var other = PER_PAGE.replace("count(*)", "max(ts)");
        assertEquals(
                "TR-604",
                assertThrows(CheckpointException.class, () -> start(other, OutputMode.APPEND, true))
                        .code());
    }

    @Test
    void explain_shows_the_operators_of_the_last_batch() throws Exception {
        var q = start(PER_PAGE, OutputMode.UPDATE, false);
        add("a", 101, "b", 103);
        q.step(1);
        String text = q.explain();
        assertTrue(text.contains("rows"), text);
        assertTrue(text.contains("state"), text);
        q.stop();
    }

    @Test
    void a_bounded_table_is_collected() throws Exception {
        add("a", 101, "b", 103, "a", 105);
        var rows = new LocalBackend()
                .collect(
                        resolve("SELECT page, count(*) AS n FROM clicks GROUP BY page ORDER BY page", false),
                        Settings.DEFAULT,
                        environment);
        assertEquals(
                List.of("[a, 2]", "[b, 1]"),
                rows.rows().stream().map(Row::toString).toList());
    }
}
