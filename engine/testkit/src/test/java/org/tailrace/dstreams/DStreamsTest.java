package org.tailrace.dstreams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.DStreams;
import org.tailrace.MemoryStream;
import org.tailrace.Tailrace;
import org.tailrace.dstream.DStream;
import org.tailrace.dstream.Pair;
import org.tailrace.dstream.PairDStream;
import org.tailrace.dstream.StateSpec;
import org.tailrace.error.PlanException;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.spi.RunningQuery;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** Words come in at one second after the other; what a DStream makes of them is compared RDD by RDD. */
@Timeout(60)
class DStreamsTest {
    record Word(String text) {}

    record Count(String word, long n) {}

    private final ManualClock clock = new ManualClock(1_000_000);
    private final Tailrace streams = Tailrace.builder()
            .environment(SimEnvironment.of(new SimFileSystem(1), clock, 7))
            .build();
    private final MemoryStream<Word> words = streams.memory("words", Word.class);
    private final DStreams byHand = streams.dstream("1 second").step();

    @AfterEach
    void stop() throws Exception {
        streams.close();
    }

    private DStream<String> lines(DStreams from) {
        return from.from(words, Word.class).map(Word::text);
    }

    private PairDStream<String, Integer> ones(DStreams from) {
        return lines(from).flatMap(line -> List.of(line.split(" "))).mapToPair(word -> Pair.of(word, 1));
    }

    /** What each RDD held, after a batch a second with these lines; null for a second without a batch. */
    private List<String> rdds(DStream<?> stream, String... lines) throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        RunningQuery q =
                stream.foreachRDD("q", (rdd, time) -> seen.add(rdd.elements().toString()));
        for (String line : lines) {
            clock.advanceMs(1_000);
            if (line != null) {
                words.add(new Word(line));
                q.step(1);
            }
        }
        q.stop();
        return seen;
    }

    private static List<String> of(Function<DStreamsTest, DStream<?>> stream, String... lines) throws Exception {
        var one = new DStreamsTest();
        try {
            return one.rdds(stream.apply(one), lines);
        } finally {
            one.stop();
        }
    }

    private DStream<String> each() {
        return lines(byHand).flatMap(line -> List.of(line.split(" ")));
    }

    @Test
    void functions_work_on_each_rdd() throws Exception {
        assertEquals(
                List.of("[(b,2), (a,1)]", "[(c,1)]"),
                of(
                        t -> t.ones(t.byHand)
                                .filter(p -> !p.key().equals("x"))
                                .mapToPair(p -> p)
                                .reduceByKey(Integer::sum),
                        "b a x b",
                        "c"));
        assertEquals(List.of("[2]", "[1]"), of(t -> t.each().count(), "a b", "c"));
        assertEquals(List.of("[(a,2), (b,1)]"), of(t -> t.each().countByValue(), "a b a"));
        assertEquals(List.of("[a/b/c]"), of(t -> t.each().reduce((x, y) -> x + "/" + y), "a b c"));
        assertEquals(List.of("[[a, b]]"), of(t -> t.each().glom(), "a b"));
        assertEquals(List.of("[(a,[1, 1]), (b,[1])]"), of(t -> t.ones(t.byHand).groupByKey(), "a b a"));
        assertEquals(
                List.of("[(a,1), (a,2)]"),
                of(t -> t.each().keyBy(w -> w).mapValues(w -> 1).flatMapValues(n -> List.of(n, n + 1)), "a"));
        assertEquals(List.of("[b, a]"), of(t -> t.each().transform(rdd -> rdd.distinct()), "b a b"));
    }

    @Test
    void two_dstreams_of_one_query_are_united_and_joined() throws Exception {
        var others = streams.memory("others", Word.class);
        var right = byHand.from(others, Word.class).map(Word::text).mapToPair(w -> Pair.of(w, "r"));
        var left = ones(byHand);
        others.add(new Word("a"), new Word("z"));
        assertEquals(List.of("[(a,(1,r)), (b,(1,null)), (z,(null,r))]"), rdds(left.fullOuterJoin(right), "a b"));
    }

    @Test
    void a_union_has_the_elements_of_both() throws Exception {
        var others = streams.memory("others", Word.class);
        others.add(new Word("a"), new Word("z"));
        assertEquals(
                List.of("[b, a, z]"),
                rdds(each().union(byHand.from(others, Word.class).map(Word::text)), "b"));
    }

    @Test
    void windows_hold_the_last_rdds_and_slide() throws Exception {
        assertEquals(
                List.of("[a]", "[a, b]", "[a, b, c]", "[b, c, d]"),
                rdds(lines(byHand).window("3 seconds"), "a", "b", "c", "d"));
    }

    @Test
    void an_rdd_of_a_window_stands_at_each_slide() throws Exception {
        // The clock shows 1,000 seconds: RDDs are due at even ones.
        assertEquals(
                List.of("[a, b]", "[a, b, c, d]", "[c, d, e, f]"),
                rdds(lines(byHand).window("4 seconds", "2 seconds"), "a", "b", "c", "d", "e", "f"));
    }

    @Test
    void a_second_without_a_batch_still_moves_the_window() throws Exception {
        assertEquals(
                List.of("[a]", "[a]", "[a, d]", "[d, e]"),
                rdds(lines(byHand).window("3 seconds"), "a", null, "d", "e"));
        assertEquals(
                List.of("[a]", "[a]", "[a]", "[]", "[x]"),
                of(t -> t.lines(t.byHand).window("3 seconds"), "a", null, null, null, "x"));
    }

    @Test
    void an_inverse_gives_what_a_whole_reduction_gives() throws Exception {
        String[] lines = {"a b a", "b", "c a", "", "d", "a", "", "", "b b", "a"};
        List<Function<DStreamsTest, DStream<?>>> ways = List.of(
                one -> sorted(one.ones(one.byHand).reduceByKeyAndWindow(Integer::sum, "3 seconds", "1 second")),
                one -> sorted(one.ones(one.byHand)
                        .reduceByKeyAndWindow(
                                Integer::sum, (all, left) -> all - left, "3 seconds", "1 second", p -> p.value() > 0)));
        var results = new ArrayList<List<String>>();
        for (var way : ways) {
            var one = new DStreamsTest();
            results.add(one.rdds(way.apply(one), lines));
            one.stop();
        }
        assertEquals(10, results.get(0).size());
        assertEquals(results.get(0), results.get(1));
    }

    private static DStream<Pair<String, Integer>> sorted(PairDStream<String, Integer> counts) {
        return counts.transform(rdd -> rdd.sortBy(Pair::key));
    }

    @Test
    void state_is_updated_for_every_key_in_every_batch() throws Exception {
        var sums = ones(byHand).<Integer>updateStateByKey((values, old) -> {
            int sum = (old == null ? 0 : old) + values.size();
            return values.isEmpty() && sum > 2 ? null : sum;
        });
        assertEquals(List.of("[(a,2), (b,1)]", "[(a,3), (b,1)]", "[(b,2)]"), rdds(sums, "a b a", "a", "b"));
    }

    @Test
    void mapped_state_sees_values_and_timeouts() throws Exception {
        var counted = ones(byHand)
                .mapWithState(StateSpec.<String, Integer, Integer, String>function((key, value, state) -> {
                            if (state.isTimingOut()) {
                                return key + " gone after " + state.get().get();
                            }
                            state.update(state.orElse(0) + value);
                            return key + state.get().get();
                        })
                        .initialState(List.of(Pair.of("a", 10)))
                        .timeout("2 seconds"));
        assertEquals(
                List.of("[a11, b1, a12]", "[b2]", "[c1, a gone after 12]", "[b3]"),
                rdds(counted, "a b a", "b", "c", "b"));
    }

    @Test
    void what_is_kept_goes_on_after_a_restart_from_a_checkpoint() throws Exception {
        var runs = new ArrayList<List<String>>();
        for (boolean restart : new boolean[] {false, true}) {
            var one = new DStreamsTest();
            var from = one.byHand.checkpoint("/cp");
            var seen = new CopyOnWriteArrayList<String>();
            for (var stream : List.<Function<DStreams, DStream<?>>>of(
                    f -> one.ones(f).<Integer>updateStateByKey((v, old) -> (old == null ? 0 : old) + v.size()),
                    f -> one.lines(f).window("3 seconds"),
                    f -> one.ones(f).mapWithState((k, v, state) -> {
                        state.update(new Count(
                                "" + k, state.exists() ? ((Count) state.get().get()).n() + 1 : 1));
                        return state.get().get();
                    }),
                    f -> one.lines(f).countByValueAndWindow("2 seconds", "1 second"))) {
                String name = "q" + seen.size();
                RunningQuery q = stream.apply(from).foreachRDD(name, (rdd, time) -> seen.add("" + rdd.elements()));
                for (String line : List.of("a b", "b", "c a", "a", "z")) {
                    one.clock.advanceMs(1_000);
                    one.words.add(new Word(line));
                    q.step(1);
                    if (restart) {
                        q.stop();
                        q = stream.apply(from).foreachRDD(name, (rdd, time) -> seen.add("" + rdd.elements()));
                    }
                }
                q.stop();
            }
            runs.add(seen);
            one.stop();
        }
        assertTrue(
                runs.get(0).contains("[(a,3), (b,2), (c,1), (z,1)]"),
                runs.get(0).toString());
        assertEquals(runs.get(0), runs.get(1));
    }

    @Test
    void an_rdd_comes_at_each_interval_even_without_rows() throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        RunningQuery q = lines(streams.dstream("1 second"))
                .foreachRDD("q", (rdd, time) -> seen.add(time.toEpochMilli() / 1000 + " " + rdd));
        words.add(new Word("a"));
        for (int i = 0; i < 2000 && seen.size() < 3; i++) {
            clock.advanceMs(500);
            q.processAllAvailable();
            Thread.onSpinWait();
        }
        q.stop();
        assertTrue(seen.size() >= 3, seen.toString());
        assertTrue(seen.get(0).endsWith("[a]"), seen.toString());
        assertTrue(seen.get(1).endsWith("[]"), seen.toString());
        assertEquals(seen.size(), new TreeSet<>(seen).size(), "no RDD twice");
    }

    @Test
    void printing_shows_ten_elements() throws Exception {
        RunningQuery q = lines(byHand).flatMap(l -> List.of(l.split(" "))).print("p");
        words.add(new Word("1 2 3 4 5 6 7 8 9 10 11"));
        q.step(1);
        var rows = streams.query("p").rows().rows();
        assertEquals(11, rows.size());
        assertEquals("...", rows.get(10).get(1));
    }

    @Test
    void elements_cross_to_the_tables() throws Exception {
        var table = streams.table(ones(byHand).reduceByKey(Integer::sum), "word string, n int");
        var q = table.where("n > 1").to(org.tailrace.Dsl.memory("m")).step().start("m");
        words.add(new Word("a b a"));
        q.step();
        assertEquals("[[a, 2]]", q.rows().rows().toString());
    }

    @Test
    void a_batch_that_is_given_up_and_tried_again_counts_once() throws Exception {
        // The batch is tried twice before it counts as failed.
        var failures = new int[] {2};
        var seen = new CopyOnWriteArrayList<String>();
        RunningQuery q = ones(byHand)
                .<Integer>updateStateByKey((v, old) -> (old == null ? 0 : old) + v.size())
                .foreachRDD("q", (rdd, time) -> {
                    if (rdd.count() == 2 && failures[0]-- > 0) {
                        throw new IllegalStateException("twice");
                    }
                    seen.add("" + rdd.elements());
                });
        words.add(new Word("a"));
        q.step(1);
        words.add(new Word("a b"));
        assertThrows(Exception.class, () -> q.step(1));
        q.retry();
        while (q.status().state() == State.FAILED) {
            Thread.onSpinWait();
        }
        q.step(1);
        words.add(new Word("b"));
        q.step(1);
        assertEquals(List.of("[(a,1)]", "[(a,2), (b,1)]", "[(a,2), (b,2)]"), seen);
    }

    @Test
    void what_does_not_fit_the_interval_is_refused() {
        for (Runnable wrong : Arrays.<Runnable>asList(
                () -> lines(byHand).window("1500 milliseconds"),
                () -> lines(byHand).window("4 seconds", "2500 milliseconds"),
                () -> lines(byHand).window("4 seconds", "2 seconds").window("5 seconds", "3 seconds"),
                () -> lines(byHand).union(lines(byHand).window("2 seconds", "2 seconds")))) {
            assertEquals("TR-163", assertThrows(PlanException.class, wrong::run).code());
        }
        assertEquals(
                "TR-155",
                assertThrows(PlanException.class, () -> streams.dstream("1 month"))
                        .code());
    }

    @Test
    void a_checkpoint_keeps_no_object_that_cannot_be_written() throws Exception {
        RunningQuery q = ones(byHand.checkpoint("/cp"))
                .<Object>updateStateByKey((values, old) -> new Object())
                .foreachRDD("q", (rdd, time) -> {});
        words.add(new Word("a"));
        assertTrue(assertThrows(Exception.class, () -> q.step(1)).getMessage().contains("TR-164"));
    }
}
