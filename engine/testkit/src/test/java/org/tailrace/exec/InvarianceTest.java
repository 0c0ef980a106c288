package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.exec.Streams.Event;
import org.tailrace.exec.Streams.Setup;

/**
 * What must not show in a result: where the input was cut into batches, as long as no row is later than the delay; and, for
 * any input, restarts, the size of vectors and the number of cores.
 */
class InvarianceTest {
    /** More of everything: {@code -Dcases=20}. */
    private static final int CASES = Integer.getInteger("cases", 1);

    private static final String JOIN =
            "e JOIN f ON k = j AND us BETWEEN ts - INTERVAL 5 SECONDS AND ts + INTERVAL 8 SECONDS";
    private static final List<String> QUERIES = List.of(
            "SELECT window.start, k, count(*), sum(v), min(v), max(v) FROM e GROUP BY window(ts, '10 seconds'), k",
            "SELECT k, window.end, count(v), min(ts) FROM e GROUP BY k, window(ts, '10 seconds', '4 seconds')",
            "SELECT k, session_window.start, session_window.end, count(*), sum(v) FROM e"
                    + " GROUP BY k, session_window(ts, '3 seconds')",
            "DEDUP k, ts",
            "SELECT k, v, w, ts, us FROM " + JOIN,
            "SELECT k, window.start, count(*), sum(w) FROM (SELECT k, w, ts FROM " + JOIN
                    + ") GROUP BY window(ts, '6 seconds'), k");
    private static final Setup PLAIN = new Setup(4096, 1, false, true);
    private static final String FLUSH = "flush";
    private static final int EVENTS = 120;

    @Test
    void any_cut_into_batches_gives_what_the_query_gives_over_all_rows_at_once() throws Exception {
        for (long seed = 1; seed <= 5L * CASES; seed++) {
            var random = new Random(seed);
            List<Event> events = events(random, Streams.DELAY_MS - 1);
            for (String sql : QUERIES) {
                List<String> whole = kept(new Streams(sql, PLAIN).whole(events));
                assertTrue(whole.size() > 10, sql + " gives next to nothing");
                for (int cut = 0; cut < 3; cut++) {
                    var sent = new ArrayList<String>();
                    List<List<Event>> steps = cut(events, cut == 0 ? EVENTS : 1 + random.nextInt(30), random);
                    flush(steps);
                    new Streams(sql, setup(random)).run(steps, sent);
                    assertEquals(String.join("\n", whole), String.join("\n", kept(sent)), sql + ", seed " + seed);
                }
            }
        }
    }

    @Test
    void restarts_vectors_and_cores_change_no_row_and_no_state_of_any_batch() throws Exception {
        long late = 0;
        for (long seed = 1_000_001; seed <= 1_000_000 + 4L * CASES; seed++) {
            var random = new Random(seed);
            List<List<Event>> steps = cut(events(random, 3 * Streams.DELAY_MS), 20, random);
            flush(steps);
            for (String sql : QUERIES) {
                boolean noDataBatches = random.nextBoolean();
                List<String> plain = facts(sql, new Setup(4096, 1, false, noDataBatches), steps);
                late += plain.stream()
                        .filter(f -> f.contains("late") && !f.contains("late 0"))
                        .count();
                for (Setup setup : List.of(
                        new Setup(4096, 1, true, noDataBatches),
                        new Setup(2, 1, false, noDataBatches),
                        new Setup(7, 2, true, noDataBatches),
                        new Setup(2, 3, false, noDataBatches))) {
                    assertEquals(
                            String.join("\n", plain),
                            String.join("\n", facts(sql, setup, steps)),
                            sql + ", seed " + seed + ", " + setup);
                }
            }
        }
        assertTrue(late > 50, "only " + late + " batches had late rows");
    }

    private static List<String> facts(String sql, Setup setup, List<List<Event>> steps) throws InterruptedException {
        return new Streams(sql, setup).run(steps, new ArrayList<>());
    }

    private static Setup setup(Random random) {
        int[] vectors = {2, 7, 4096};
        return new Setup(
                vectors[random.nextInt(vectors.length)],
                1 + random.nextInt(3),
                random.nextBoolean(),
                random.nextBoolean());
    }

    /** Both streams in order of arrival; no row is further behind the newest than {@code disorderMs}. */
    private static List<Event> events(Random random, long disorderMs) {
        var events = new ArrayList<Event>();
        long now = 1_700_000_000_000L;
        for (int i = 0; i < EVENTS; i++) {
            now += random.nextInt(1_500);
            long time = now - (long) (random.nextDouble() * disorderMs);
            // Whole seconds now and then, so that edges of windows and ranges are met and rows are equal.
            time = random.nextBoolean() ? time / 1000 * 1000 : time;
            events.add(new Event(
                    random.nextInt(3) > 0,
                    "k" + random.nextInt(3),
                    random.nextInt(50),
                    Math.max(now - disorderMs, time)));
        }
        return events;
    }

    private static List<List<Event>> cut(List<Event> events, int pieces, Random random) {
        var steps = new ArrayList<List<Event>>();
        for (int i = 0; i < pieces; i++) {
            steps.add(new ArrayList<>());
        }
        int[] edges = random.ints(events.size(), 0, pieces).sorted().toArray();
        for (int i = 0; i < events.size(); i++) {
            steps.get(edges[i]).add(events.get(i));
        }
        return steps;
    }

    /** Rows that close all that is open: the first moves the watermark, the second runs a batch that uses it. */
    private static void flush(List<List<Event>> steps) {
        for (long time : new long[] {1_800_000_000_000L, 1_800_000_100_000L}) {
            steps.add(new ArrayList<>(List.of(new Event(true, FLUSH, 0, time), new Event(false, FLUSH, 0, time))));
        }
    }

    private static List<String> kept(List<String> rows) {
        return rows.stream().filter(row -> !row.contains(FLUSH)).sorted().toList();
    }
}
