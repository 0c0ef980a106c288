package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailrace.Dsl;
import org.tailrace.StreamTable;
import org.tailrace.StreamWriter;
import org.tailrace.Tailrace;
import org.tailrace.error.CheckpointException;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** F24: a query that was changed against its checkpoint, row by row of SEMANTICS §10. */
@Timeout(60)
class ChangedQueryTest {
    private static final String COLUMNS = "k string, v bigint, ts timestamp";

    public record Event(String k, Long v, Instant ts) {}

    public record Count(long n) {}

    public record Sum(long n, long sum) {}

    private interface Form extends Function<Tailrace, StreamWriter> {}

    /**
     * @param named what the refusal says of the node that differs; empty for a change that is allowed
     */
    private record Change(String what, Form before, Form after, String named) {
        @Override
        public String toString() {
            return what + (named.isEmpty() ? ": allowed" : ": refused");
        }
    }

    private static StreamTable events(Tailrace streams, String name, String delay) {
        StreamTable e = streams.memory(name, COLUMNS).withWatermark("ts", delay);
        streams.register(name, e);
        return e;
    }

    private static Form update(String sql) {
        return update(sql, "5 seconds");
    }

    private static Form update(String sql, String delay) {
        return streams -> {
            events(streams, "e", delay);
            events(streams, "f", delay);
            return streams.sql(sql).to(Dsl.noop()).update();
        };
    }

    private static Form append(String sql) {
        return streams -> update(sql).apply(streams).append();
    }

    private static Form files(String from, String to, int most) {
        return streams -> streams.source("csv")
                .option("path", from)
                .option("maxFilesPerTrigger", most)
                .schema(COLUMNS)
                .load()
                .to(Dsl.files(to).csv())
                .append();
    }

    private static Form into(org.tailrace.plan.SinkSpec sink) {
        return streams -> events(streams, "e", "5 seconds").to(sink).append();
    }

    private static Form keyed(boolean summing) {
        return streams -> {
            var byKey = events(streams, "e", "5 seconds").as(Event.class).keyBy(Event::k);
            StreamTable counts = summing
                    ? byKey.process(Sum.class, Count.class, (event, state, out) -> {
                        long n = state.get().map(Sum::n).orElse(0L) + 1;
                        state.set(new Sum(n, n + event.v()));
                        out.emit(new Count(n));
                    })
                    : byKey.process(Count.class, Count.class, (event, state, out) -> {
                        long n = state.get().map(Count::n).orElse(0L) + 1;
                        state.set(new Count(n));
                        out.emit(new Count(n));
                    });
            return counts.to(Dsl.noop()).append();
        };
    }

    private static final String TEN = "GROUP BY window(ts, '10 seconds')";
    private static final Form WINDOWS = update("SELECT window.start, k, count(*) AS n FROM e " + TEN + ", k");
    private static final Form COUNTS = update("SELECT k, count(*) AS n FROM e GROUP BY k");
    private static final Form STATELESS = append("SELECT k, v, ts FROM e");
    private static final Form DISTINCT = append("SELECT DISTINCT k, ts FROM e");
    private static final Form JOIN =
            append("SELECT e.k, f.v FROM e JOIN f ON e.k = f.k AND f.ts BETWEEN e.ts AND e.ts + INTERVAL 20 SECONDS");

    static List<Change> changes() {
        return List.of(
                new Change(
                        "a filter is added",
                        WINDOWS,
                        update("SELECT window.start, k, count(*) AS n FROM e WHERE v > 3 " + TEN + ", k"),
                        ""),
                new Change(
                        "a filter is removed",
                        update("SELECT window.start, k, count(*) AS n FROM e WHERE v > 3 " + TEN + ", k"),
                        WINDOWS,
                        ""),
                new Change(
                        "another projection",
                        WINDOWS,
                        update("SELECT k, window.end, n + 1 AS m FROM (SELECT window, k, count(*) AS n FROM e " + TEN
                                + ", k)"),
                        ""),
                new Change(
                        "another name of an output",
                        WINDOWS,
                        update("SELECT window.start AS s, k, count(*) AS many FROM e " + TEN + ", k"),
                        ""),
                new Change(
                        "update becomes complete",
                        COUNTS,
                        streams -> COUNTS.apply(streams).complete(),
                        ""),
                new Change(
                        "a shorter delay",
                        WINDOWS,
                        update("SELECT window.start, k, count(*) AS n FROM e " + TEN + ", k", "1 second"),
                        ""),
                new Change(
                        "a longer delay",
                        WINDOWS,
                        update("SELECT window.start, k, count(*) AS n FROM e " + TEN + ", k", "1 hour"),
                        ""),
                new Change("another rate", files("/in", "/out", 1), files("/in", "/out", 100), ""),
                new Change(
                        "another trigger",
                        WINDOWS,
                        streams -> WINDOWS.apply(streams).every("1 hour"),
                        ""),
                new Change("another sink without a place", into(Dsl.memory("a")), into(Dsl.memory("b")), ""),
                new Change(
                        "another group key", COUNTS, update("SELECT v, count(*) AS n FROM e GROUP BY v"), "v bigint"),
                new Change(
                        "another type of a group key",
                        COUNTS,
                        update("SELECT k, count(*) AS n FROM (SELECT length(k) AS k FROM e) GROUP BY k"),
                        "k int"),
                new Change(
                        "one more group key",
                        COUNTS,
                        update("SELECT k, v, count(*) AS n FROM e GROUP BY k, v"),
                        "v bigint"),
                new Change(
                        "no group key",
                        WINDOWS,
                        update("SELECT window.start, count(*) AS n FROM e " + TEN),
                        "groups by"),
                new Change(
                        "another window",
                        WINDOWS,
                        update("SELECT window.start, k, count(*) AS n FROM e GROUP BY window(ts, '20 seconds'), k"),
                        "tumbling 20000000"),
                new Change(
                        "another aggregate", COUNTS, update("SELECT k, max(v) AS n FROM e GROUP BY k"), "max(bigint)"),
                new Change(
                        "one more aggregate",
                        COUNTS,
                        update("SELECT k, count(*) AS n, sum(v) AS s FROM e GROUP BY k"),
                        "sum(bigint)"),
                new Change(
                        "other columns without duplicates",
                        DISTINCT,
                        append("SELECT DISTINCT k, v, ts FROM e"),
                        "v bigint"),
                new Change("a stateful operator is added", STATELESS, DISTINCT, "new: "),
                new Change("a stateful operator is removed", DISTINCT, STATELESS, "gone: "),
                new Change(
                        "one more source",
                        STATELESS,
                        append("SELECT k, v, ts FROM e UNION ALL SELECT k, v, ts FROM f"),
                        "memory(f)"),
                new Change("another source", STATELESS, append("SELECT k, v, ts FROM f"), "memory(f)"),
                new Change("other files", files("/in", "/out", 1), files("/in2", "/out", 1), "/in2"),
                new Change("another folder to write to", files("/in", "/out", 1), files("/in", "/out2", 1), "/out2"),
                new Change(
                        "other keys of a join",
                        JOIN,
                        append(
                                "SELECT e.k, f.v FROM e JOIN f ON e.v = f.v AND f.ts BETWEEN e.ts AND e.ts + INTERVAL 20 SECONDS"),
                        "join on bigint"),
                new Change(
                        "another kind of join",
                        JOIN,
                        append(
                                "SELECT e.k, f.v FROM e LEFT JOIN f ON e.k = f.k AND f.ts BETWEEN e.ts AND e.ts + INTERVAL 20 SECONDS"),
                        "left join"),
                new Change("another type of state", keyed(false), keyed(true), "sum bigint"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void F24_each_change_is_allowed_or_refused_with_the_node_named(Change change) throws Exception {
        var files = new SimFileSystem(1);
        for (String folder : List.of("/in", "/in2")) {
            files.createDirectories(Path.of(folder));
            files.put(Path.of(folder, "a.csv"), "a,1,1970-01-01 00:00:01\n".getBytes(StandardCharsets.UTF_8));
        }
        start(change.before(), files);
        if (change.named().isEmpty()) {
            start(change.after(), files);
        } else {
            var refused = assertThrows(CheckpointException.class, () -> start(change.after(), files));
            assertEquals("TR-604", refused.code());
            assertTrue(refused.getMessage().contains(change.named()), refused.getMessage());
            // The refusal has changed nothing.
            start(change.before(), files);
        }
    }

    private static void start(Form form, SimFileSystem files) throws InterruptedException {
        var clock = new ManualClock(1_000_000);
        try (Tailrace streams = Tailrace.builder()
                .environment(SimEnvironment.of(files, clock, 7))
                .build()) {
            form.apply(streams).checkpoint("/checkpoint").step().start("q").stop();
        }
    }
}
