package org.tailrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.Dsl.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Row;
import org.tailrace.function.TimeMode;
import org.tailrace.plan.OutputMode;
import org.tailrace.report.BatchReport;

/** What a query says when nothing comes out of it: for each kind of operator, the reason and what would change it. */
class ExplanationsTest {
    private static final String E = "(select * from e watermark ts delay of interval 5 minutes)";
    private static final String F = "(select * from f watermark rs delay of interval 10 minutes)";
    private static final String WINDOWS =
            "select window.start as w, k, count(*) as n from " + E + " group by window(ts, '10 minutes'), k";
    private static final String RANGE = " on l.k = r.k and rs between ts and ts + interval 10 minutes";

    record Event(String k, long v, Instant ts) {}

    private final Tailrace streams = Tailrace.local();
    private final MemoryStream<Row> e = streams.memory("e", "k string, v bigint, ts timestamp");
    private final MemoryStream<Row> f = streams.memory("f", "k string, w bigint, rs timestamp");
    private int queries;

    @AfterEach
    void stop() throws Exception {
        streams.close();
    }

    private Query start(StreamTable table, String mode) throws Exception {
        streams.register("e", e);
        streams.register("f", f);
        String name = "q" + queries++;
        StreamWriter writer = table.to(memory(name)).step();
        return (mode.equals("update") ? writer.update() : mode.equals("complete") ? writer.complete() : writer.append())
                .start(name);
    }

    private Query sql(String text) throws Exception {
        streams.register("e", e);
        streams.register("f", f);
        return start(streams.sql(text), "append");
    }

    private void e(String k, long v, String time) {
        e.addRow(k, v, at(time));
    }

    private void f(String k, long w, String time) {
        f.addRow(k, w, at(time));
    }

    private static Instant at(String time) {
        return Instant.parse("2024-01-01T" + time + ":00Z");
    }

    /** What the newest batch says. */
    private static String said(Query q) throws Exception {
        q.step();
        BatchReport last = q.lastReport().orElseThrow();
        assertEquals(0, last.resultRows(), "nothing came out");
        return String.join(" | ", last.explanations());
    }

    @Test
    void open_windows_say_when_each_of_them_closes() throws Exception {
        Query q = sql(WINDOWS);
        e("a", 1, "12:01");
        assertEquals("1 window open; the first closes when an event of 2024-01-01 12:15 or later arrives", said(q));
        e("a", 1, "12:11");
        e("b", 1, "12:09");
        assertEquals(
                "2 windows open; the first closes when an event of 2024-01-01 12:15 or later arrives, the other one when the"
                        + " watermark reaches 12:20",
                said(q));
    }

    @Test
    void what_keeps_rows_for_ever_is_noted_on_the_card_and_below_the_plan() throws Exception {
        Query q = start(streams.sql("select k, count(*) as n from e group by k"), "update");
        String note = "keeps every group for ever: none of its keys is an event time with a watermark";
        assertTrue(q.explain().contains("\nnote: ") && q.explain().contains(note), q.explain());
        assertTrue(String.join("", q.info().warnings()).contains(note));
        assertTrue(q.toString().contains(note), q.toString());
        Query windows = sql(WINDOWS);
        assertEquals(List.of(), windows.info().warnings());
        assertTrue(!windows.explain().contains("note:"), windows.explain());
    }

    @Test
    void a_batch_of_late_rows_says_so_and_shows_one() throws Exception {
        Query q = sql(WINDOWS);
        e("a", 1, "12:40");
        q.step();
        e("a", 1, "12:01");
        e("b", 2, "12:02");
        String words = said(q);
        assertTrue(
                words.startsWith("all 2 rows were late: event 12:01 < watermark 12:35; window 12:00–12:10 was already"
                        + " final | 1 window open"),
                words);
    }

    @Test
    void late_input_rows_are_counted_with_samples() throws Exception {
        Query q = sql(WINDOWS);
        e("a", 1, "12:40");
        q.step();
        e("a", 1, "12:01");
        e("a", 2, "12:02");
        e("a", 3, "12:41");
        BatchReport last = q.step().reports().get(0);
        assertEquals(2, last.lateInputRows());
        assertEquals(1, last.droppedByWatermark());
        assertTrue(
                last.lateSamples().get(1).row().contains("a"),
                last.lateSamples().toString());
        assertEquals(at("12:02").toEpochMilli(), last.lateSamples().get(1).eventTimeMs());
    }

    @Test
    void sessions_say_when_the_first_of_them_ends() throws Exception {
        Query q = sql("select k, count(*) as n from " + E + " group by session_window(ts, '5 minutes'), k");
        e("a", 1, "12:01");
        assertEquals("1 window open; the first closes when an event of 2024-01-01 12:11 or later arrives", said(q));
    }

    @Test
    void groups_by_event_time_say_when_the_first_of_them_comes_out() throws Exception {
        Query q = sql("select ts, count(*) as n from " + E + " group by ts");
        e("a", 1, "12:01");
        e("a", 1, "12:02");
        assertEquals("2 groups open; the first comes out when an event of 2024-01-01 12:06 or later arrives", said(q));
    }

    @Test
    void duplicates_say_that_they_are_ones() throws Exception {
        for (StreamTable once : List.of(
                e.dropDuplicates("k"), e.withWatermark("ts", "5 minutes").dropDuplicatesWithinWatermark("k"))) {
            Query q = start(once, "append");
            e("a", 1, "12:01");
            q.step();
            e("a", 2, "12:01");
            e("a", 3, "12:02");
            assertEquals("the keys of all 2 rows had come before", said(q));
            q.stop();
        }
    }

    @Test
    void joins_say_what_waits_and_when_it_leaves() throws Exception {
        Query inner = sql("select l.k, v, w from " + E + " l join " + F + " r" + RANGE);
        Query left = sql("select l.k, v, w from " + E + " l left join " + F + " r" + RANGE);
        Query right = sql("select l.k, v, w from " + E + " l right join " + F + " r" + RANGE);
        e("a", 1, "12:01");
        f("b", 1, "12:02");
        String waiting = "no pair in this batch: 1 row of the left and 1 row of the right wait for a partner";
        String holder =
                " | source memory(f) holds the watermark at 2024-01-01 11:52; memory(e) has reached 2024-01-01 11:56";
        assertEquals(waiting + holder, said(inner));
        assertEquals(
                waiting + "; the first to leave, with NULLs if it has found none, does so when an event of 2024-01-01"
                        + " 12:16:00.001 from memory(e), and one of 2024-01-01 12:21:00.001 from memory(f), or later, arrives"
                        + holder,
                said(left));
        assertEquals(
                waiting + "; the first to leave, with NULLs if it has found none, does so when an event of 2024-01-01"
                        + " 12:07:00.001 from memory(e), and one of 2024-01-01 12:12:00.001 from memory(f), or later, arrives"
                        + holder,
                said(right));
    }

    @Test
    void a_silent_side_of_a_union_holds_the_watermark_and_is_named() throws Exception {
        Query q = sql("select window.start as w, count(*) as n from (select k, ts from " + E
                + " union all select k, rs from " + F + ") group by window(ts, '10 minutes')");
        e("a", 1, "12:01");
        assertEquals(
                "1 window open; the first closes when an event of 2024-01-01 12:15 from memory(e), and one of 2024-01-01"
                        + " 12:20 from memory(f), or later, arrives | source memory(f) has sent nothing: it holds the"
                        + " watermark at 1970-01-01 00:00",
                said(q));
        f("a", 1, "12:30");
        assertEquals(
                "1 window open; the first closes when an event of 2024-01-01 12:15 from memory(e), or later, arrives, the"
                        + " other one when the watermark reaches 12:40 | source memory(e) holds the watermark at"
                        + " 2024-01-01 11:56; memory(f) has reached 2024-01-01 12:20",
                said(q).replace("2 windows", "1 window"));
    }

    @Test
    void windows_above_a_join_wait_for_as_long_as_the_join_holds_rows_back() throws Exception {
        Query q = sql("select window.start as w, count(*) as n from (select l.k, ts from " + E + " l join " + F + " r"
                + RANGE + ") group by window(ts, '10 minutes')");
        e("a", 1, "12:01");
        f("a", 1, "12:02");
        q.step();
        e("b", 1, "13:00");
        f("b", 1, "13:00");
        q.step();
        e("c", 1, "13:12");
        f("c", 1, "13:12");
        String words = said(q);
        assertTrue(words.contains("the first closes when an event of 2024-01-01 13:25 from memory(e)"), words);
    }

    @Test
    void a_full_limit_says_that_nothing_more_comes() throws Exception {
        Query q = sql("select k from e limit 2");
        e("a", 1, "12:01");
        e("b", 1, "12:01");
        e("c", 1, "12:01");
        q.step();
        e("d", 1, "12:01");
        assertEquals("the limit of 2 rows is reached: no more come out, and the query can be stopped", said(q));
    }

    @Test
    void conditions_and_tables_say_that_they_let_nothing_pass() throws Exception {
        Query filtered = sql("select k from e where v > 10");
        streams.register("t", streams.sql("select * from values ('z', 1) as t(k, x)"));
        Query joined = sql("select e.k, x from e join t on e.k = t.k");
        e("a", 1, "12:01");
        e("b", 2, "12:01");
        assertEquals("none of 2 rows met (v > 10)", said(filtered));
        String words = said(joined);
        assertEquals("none of 2 rows has a partner in the table", words);
    }

    @Test
    void keyed_state_says_when_its_first_timeout_comes() throws Exception {
        Query q = start(
                e.withWatermark("ts", "5 minutes")
                        .as(Event.class)
                        .keyBy(Event::k)
                        .timeMode(TimeMode.EVENT_TIME)
                        .flatMapGroupsWithState(OutputMode.APPEND, Long.class, Event.class, (k, rows, state, out) -> {
                            state.set(1L);
                            state.timeoutAtMs(at("12:30").toEpochMilli());
                        }),
                "append");
        e("a", 1, "12:01");
        e("b", 1, "12:02");
        assertEquals(
                "the function gave no row; 2 keys kept, and the first timeout comes when an event of 2024-01-01 12:35:00.001"
                        + " or later arrives",
                said(q));
    }

    @Test
    void chained_operators_each_say_their_own() throws Exception {
        Query q = sql("select window.start as w, sum(n) as n from (select window_time(window) as t, n from ("
                + WINDOWS.replace("window.start as w", "window") + ")) group by window(t, '30 minutes')");
        e("a", 1, "12:01");
        q.step();
        e("a", 1, "12:16");
        q.step();
        e("a", 1, "12:17");
        var words = new ArrayList<>(List.of(said(q).split(" \\| ")));
        assertEquals(2, words.size(), words.toString());
        assertTrue(words.get(0).contains("closes when an event of 2024-01-01 12:25"), words.toString());
        assertTrue(words.get(1).contains("closes when an event of 2024-01-01 12:35"), words.toString());
    }
}
