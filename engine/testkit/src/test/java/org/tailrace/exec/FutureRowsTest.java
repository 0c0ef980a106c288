package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.connect.MemoryResult;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SourceSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.spi.Backend.OnError;
import org.tailrace.spi.Backend.QuerySpec;
import org.tailrace.spi.RunningQuery;
import org.tailrace.sql.SqlParser;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** Row F19 of the fault matrix: one event with a time far in the future. */
@Timeout(60)
class FutureRowsTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("page", DataType.STRING), new Field("ts", DataType.TIMESTAMP));
    private static final String SQL = "SELECT window.start AS s, page, count(*) AS n FROM clicks"
            + " WATERMARK ts DELAY OF INTERVAL 5 SECONDS GROUP BY window(ts, '10 seconds'), page";
    private static final long NOW_MS = 5_000_000;

    private final MemoryTable clicks = MemoryTable.keeping("clicks", SCHEMA);
    private final MemoryResult result = new MemoryResult("out");

    private RunningQuery start(boolean guarded) {
        SourceSpec source = clicks.spec(true);
        SourceSpec read = guarded ? source.with(SourceSpec.MAX_FUTURE_SKEW, "1 hour") : source;
        var parsed = new SqlParser(ZoneOffset.UTC).query(SQL);
        var plan = new Resolver(Functions.table(), Settings.DEFAULT, name -> Optional.of(new Plan.Source(read)))
                .resolve(parsed.tree(), parsed.positions());
        var spec = new QuerySpec(
                "q",
                plan,
                OutputMode.APPEND,
                new Trigger.Step(),
                result.sink(),
                Optional.empty(),
                OnError.FAIL,
                Settings.DEFAULT,
                List.of());
        return new LocalBackend().start(spec, SimEnvironment.of(new SimFileSystem(1), new ManualClock(NOW_MS), 3));
    }

    private static Row row(String page, long second) {
        return new Row(SCHEMA, Arrays.asList(page, Instant.ofEpochSecond(second)));
    }

    private static List<String> run(boolean guarded, List<List<Row>> steps) throws InterruptedException {
        var world = new FutureRowsTest();
        RunningQuery q = world.start(guarded);
        for (List<Row> step : steps) {
            world.clicks.add(step);
            q.step(1);
        }
        q.stop();
        return world.result.rows().rows().stream().map(Row::toString).toList();
    }

    @Test
    void F19_with_max_future_skew_an_outlier_anywhere_leaves_the_result_of_any_stream_as_it_is() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            List<List<Row>> steps = new ArrayList<>();
            long time = 1000;
            for (int i = 2 + random.nextInt(4); i > 0; i--) {
                var step = new ArrayList<Row>();
                for (int n = random.nextInt(6); n >= 0; n--) {
                    time += random.nextInt(8);
                    step.add(row("p" + random.nextInt(3), time - random.nextInt(9)));
                }
                steps.add(step);
            }
            List<List<Row>> with = new ArrayList<>();
            steps.forEach(step -> with.add(new ArrayList<>(step)));
            List<Row> into = with.get(random.nextInt(with.size()));
            long ahead = NOW_MS / 1000 + 3601 + random.nextInt(1_000_000_000);
            into.add(random.nextInt(into.size() + 1), row("p0", ahead));
            assertEquals(run(false, steps), run(true, with), "seed " + seed);
        }
    }

    @Test
    void F19_rows_kept_aside_are_counted_kept_and_told() throws Exception {
        RunningQuery q = start(true);
        clicks.add(List.of(row("a", 100), row("bad", 9_000_000), row("edge", NOW_MS / 1000 + 3600)));
        var report = q.step(1).get(0);
        assertEquals(1, q.badRows().size());
        assertTrue(q.badRows().get(0).raw().contains("bad"), q.badRows().toString());
        assertTrue(q.badRows().get(0).reason().contains("ahead of the batch's time"));
        assertTrue(
                report.explanations().toString().contains("1 row of memory(clicks) too far in the future"),
                report.explanations().toString());
        q.stop();
    }

    @Test
    void F19_without_it_a_banner_names_the_event_and_what_it_makes_late() throws Exception {
        RunningQuery q = start(false);
        clicks.add(List.of(row("a", 100)));
        assertEquals(Map.of(), future(q.step(1).get(0).explanations()));
        clicks.add(List.of(row("b", 9_000_000)));
        String words = q.step(1).get(0).explanations().toString();
        assertTrue(words.contains("an event of 1970-04-15 04:00 from memory(clicks) lies in the future"), words);
        assertTrue(words.contains("the watermark moved from 1970-01-01 00:01:35"), words);
        q.stop();
    }

    private static Map<String, String> future(List<String> words) {
        return words.stream()
                .filter(word -> word.contains("future"))
                .collect(java.util.stream.Collectors.toMap(w -> w, w -> w));
    }
}
