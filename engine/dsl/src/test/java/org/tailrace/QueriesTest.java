package org.tailrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.Dsl.col;
import static org.tailrace.Dsl.forEachBatch;
import static org.tailrace.Dsl.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tailrace.error.PlanException;
import org.tailrace.error.StateException;
import org.tailrace.report.QueryStatus.State;

class QueriesTest {
    record Trade(String symbol, double price, long qty, Instant ts) {}

    record PerMinute(Instant window_start, Instant window_end, String symbol, long n, double mean) {}

    private final Tailrace streams = Tailrace.local();

    @AfterEach
    void stop() throws Exception {
        streams.close();
    }

    private static Trade trade(String symbol, double price, String time) {
        return new Trade(symbol, price, 10, Instant.parse("2024-05-01T" + time + "Z"));
    }

    private MemoryStream<Trade> trades() {
        return streams.memory("trades", Trade.class);
    }

    private static StreamTable perMinute(StreamTable trades) {
        return trades.withWatermark("ts", "30 seconds")
                .groupBy("symbol")
                .tumbling("ts", "1 minute")
                .agg("count(*) as n", "avg(price) as mean");
    }

    @Test
    void filter_and_project_reach_the_sink() throws Exception {
        var trades = trades();
        Query q = trades.where("price * qty > ? and symbol = ?", 100, "ACME")
                .select("symbol", "price * qty as notional")
                .to(memory("big"))
                .start("big");
        trades.add(trade("ACME", 5, "10:00:00"), trade("ACME", 50, "10:00:01"), trade("INIT", 50, "10:00:02"));
        q.processAllAvailable();
        assertEquals("[[ACME, 500.0]]", streams.table("big").collect().rows().toString());
        assertEquals(3, q.totals().inputRows());
    }

    @Test
    void closed_windows_come_out_in_append_and_open_ones_do_not() throws Exception {
        var trades = trades();
        Query q = perMinute(trades).to(memory("m")).append().start("m");
        trades.add(trade("A", 1, "10:00:10"), trade("A", 3, "10:00:50"), trade("B", 7, "10:01:10"));
        q.processAllAvailable();
        assertEquals(0, q.rows().size());
        trades.add(trade("B", 1, "10:01:40"));
        q.processAllAvailable();
        assertEquals(
                List.of(new PerMinute(
                        Instant.parse("2024-05-01T10:00:00Z"), Instant.parse("2024-05-01T10:01:00Z"), "A", 2, 2.0)),
                q.rows(PerMinute.class));
    }

    @Test
    void a_window_goes_with_rollup_of_the_other_keys() throws Exception {
        var trades = trades();
        streams.register("t", trades);
        Query q = streams.sql("select window.start as w, symbol, grouping(symbol) as g, sum(qty) as n"
                        + " from t watermark ts delay of interval 0 seconds"
                        + " group by window(ts, '1 minute'), rollup(symbol)")
                .to(memory("r"))
                .append()
                .start("r");
        trades.add(trade("A", 1, "10:00:10"), trade("A", 3, "10:00:50"), trade("B", 7, "10:00:20"));
        trades.add(trade("B", 1, "10:01:40"), trade("A", 1, "10:02:00"));
        q.processAllAvailable();
        String first = "2024-05-01T10:00:00Z";
        String second = "2024-05-01T10:01:00Z";
        assertEquals(
                "[[" + first + ", A, 0, 20], [" + first + ", null, 1, 30], [" + first + ", B, 0, 10], [" + second
                        + ", B, 0, 10], [" + second + ", null, 1, 10]]",
                q.rows().rows().toString());
        assertEquals(2, q.lastReport().orElseThrow().stateRows());
        var refused = assertThrows(
                PlanException.class,
                () -> streams.sql("select count(*) from t group by cube(session_window(ts, '1 minute'), symbol)"));
        assertEquals("TR-111", refused.code());
    }

    @Test
    void update_folds_the_newest_value_of_each_key() throws Exception {
        var trades = trades();
        Query q = trades.groupBy("symbol")
                .agg("sum(qty) as qty")
                .to(memory("u"))
                .update()
                .start("u");
        trades.add(trade("A", 1, "10:00:00"), trade("B", 1, "10:00:00"));
        q.processAllAvailable();
        trades.add(trade("A", 1, "10:00:01"));
        q.processAllAvailable();
        assertEquals("[[A, 20], [B, 10]]", q.rows().rows().toString());
    }

    @Test
    void sql_text_and_verbs_give_the_same_rows() throws Exception {
        var trades = trades();
        trades.add(trade("A", 1, "10:00:10"), trade("A", 3, "10:00:50"));
        Query verbs = trades.groupBy("symbol")
                .agg("count(*) as n")
                .to(memory("a"))
                .complete()
                .start("a");
        Query text = streams.sql("select symbol, count(*) as n from trades group by symbol")
                .to(memory("b"))
                .complete()
                .start("b");
        verbs.processAllAvailable();
        text.processAllAvailable();
        assertEquals(verbs.rows().rows(), text.rows().rows());
    }

    @Test
    void column_objects_build_the_same_plan_as_text() {
        var trades = trades();
        assertEquals(
                trades.where("price > 100 and symbol like 'A%'").plan(),
                trades.where(col("price").gt(100).and(col("symbol").like("A%"))).plan());
    }

    @Test
    void windows_of_windows_are_cut_by_their_time_not_by_their_end() throws Exception {
        var trades = trades();
        StreamTable twice =
                perMinute(trades).groupBy().tumbling("window_end", "2 minutes").agg("sum(n) as n");
        Query q = twice.to(memory("w")).append().start("w");
        trades.add(trade("A", 1, "10:01:10"), trade("A", 1, "10:02:10"));
        q.processAllAvailable();
        trades.add(trade("A", 1, "10:30:00"));
        q.processAllAvailable();
        assertEquals(
                "[[2024-05-01T10:00:00Z, 2024-05-01T10:02:00Z, 1], [2024-05-01T10:02:00Z, 2024-05-01T10:04:00Z, 1]]",
                q.rows().rows().toString());
    }

    @Test
    void keyed_state_sees_rows_of_a_key_in_order() throws Exception {
        record Run(double last, int rises) {}
        record Alert(String symbol, int rises) {}
        var trades = trades();
        Query q = trades.as(Trade.class)
                .keyBy(Trade::symbol)
                .process(Run.class, Alert.class, (t, state, out) -> {
                    var run = state.orElse(new Run(t.price(), 0));
                    var rises = t.price() > run.last() ? run.rises() + 1 : 0;
                    if (rises >= 2) {
                        out.emit(new Alert(t.symbol(), rises));
                    }
                    state.set(new Run(t.price(), rises));
                })
                .to(memory("alerts"))
                .update()
                .start("alerts");
        trades.add(trade("A", 1, "10:00:00"), trade("B", 5, "10:00:00"), trade("A", 2, "10:00:01"));
        q.processAllAvailable();
        trades.add(trade("A", 3, "10:00:02"), trade("B", 4, "10:00:02"));
        q.processAllAvailable();
        assertEquals(List.of(new Alert("A", 2)), q.rows(Alert.class));
    }

    @Test
    void for_each_batch_gets_a_bounded_table_and_the_batch_id() throws Exception {
        var seen = Collections.synchronizedList(new ArrayList<String>());
        var trades = trades();
        Query q = trades.to(forEachBatch((table, id) ->
                        seen.add(id + ":" + table.agg("sum(qty) as q").collect().get(0, 0))))
                .start("each");
        trades.add(trade("A", 1, "10:00:00"), trade("B", 1, "10:00:00"));
        q.processAllAvailable();
        assertEquals(List.of("0:20"), seen);
    }

    @Test
    void a_failing_lambda_fails_the_query_and_only_that() throws Exception {
        var trades = trades();
        Query bad = trades.as(Trade.class)
                .filter(t -> {
                    throw new java.io.IOException("no");
                })
                .toTable()
                .to(memory("bad"))
                .start("bad");
        trades.add(trade("A", 1, "10:00:00"));
        assertThrows(RuntimeException.class, bad::processAllAvailable);
        assertEquals(State.FAILED, bad.status().state());
        assertTrue(bad.failure().isPresent());
        Query good = trades.to(memory("good")).start("good");
        good.processAllAvailable();
        assertEquals(1, good.rows().size());
    }

    @Test
    void starting_a_name_again_replaces_the_query_of_that_name() throws Exception {
        var trades = trades();
        Query first = trades.to(memory("x")).start("x");
        Query second = trades.to(memory("x")).start("x");
        assertEquals(State.REPLACED, first.status().state());
        assertTrue(second.isActive());
        assertEquals(List.of(second), streams.queries());
    }

    @Test
    void a_plan_that_cannot_run_stops_nothing() {
        var trades = trades();
        Query first = trades.to(memory("x")).start("x");
        PlanException refused = assertThrows(
                PlanException.class,
                () -> trades.groupBy("symbol").agg("count(*)").to(memory("x")).start("x"));
        assertEquals("TR-204", refused.code());
        assertTrue(first.isActive());
    }

    @Test
    void the_same_memory_table_again_is_the_same_and_another_schema_ends_its_readers() throws Exception {
        var trades = trades();
        assertEquals(trades.memory(), trades().memory());
        Query q = trades.to(memory("x")).start("x");
        var other = streams.memory("trades", "a int");
        assertFalse(other.memory() == trades.memory());
        assertTrue(q.await(java.time.Duration.ofMinutes(1)));
        assertFalse(q.isActive());
    }

    @Test
    void live_takes_the_first_legal_mode() throws Exception {
        var trades = trades();
        assertEquals("append", trades.live("a").info().mode());
        assertEquals("update", perMinute(trades).live("b").info().mode());
        StreamTable sessions = trades.withWatermark("ts", "1 minute")
                .groupBy("symbol")
                .session("ts", "5 minutes")
                .count();
        assertEquals("complete", sessions.live("c").info().mode());
    }

    @Test
    void results_leave_as_tablesaw_tables_and_xchart_charts() throws Exception {
        var trades = trades();
        Query q = perMinute(trades).to(memory("m")).update().start("m");
        trades.add(trade("A", 1, "10:00:10"), trade("B", 3, "10:00:50"));
        q.processAllAvailable();
        assertEquals(
                List.of("window_start", "window_end", "symbol", "n", "mean"),
                q.toTable().columnNames());
        assertEquals(2, q.toTable().rowCount());
        assertTrue(Pictures.of(q.toChart()).orElseThrow().get("text/plain").contains("A: 2024-05-01T10:00:00Z 1.0"));
    }

    @Test
    void where_there_is_no_table_at_all_an_error_says_how_to_make_one_known() {
        PlanException e = assertThrows(PlanException.class, () -> streams.sql("select * from clicks"));
        assertEquals("TR-112", e.code());
        assertTrue(e.getMessage().contains("register(name, table)"), e.getMessage());
    }

    @Test
    void errors_point_at_the_fragment() {
        var trades = trades();
        PlanException e = assertThrows(PlanException.class, () -> trades.where("prise > 100"));
        assertEquals(
                "TR-101 no column 'prise'\n" + "  in    where(\"prise > 100\")\n" + "               ^^^^^\n"
                        + "  have  symbol string, price double, qty bigint, ts timestamp\n"
                        + "  fix   did you mean 'price'?",
                e.getMessage());
        assertEquals(
                "TR-101",
                assertThrows(PlanException.class, () -> trades.groupBy().tumbling("symbol2", "1 minute"))
                        .code());
        assertEquals(
                "TR-102",
                assertThrows(PlanException.class, () -> trades.groupBy().tumbling("price", "1 minute"))
                        .code());
        assertThrows(PlanException.class, () -> trades.withWatermark("ts", "10 secnds"));
        assertEquals(
                "TR-103",
                assertThrows(PlanException.class, () -> trades.select("cuont(1)"))
                        .code());
    }

    @Test
    void a_query_keeps_no_more_state_than_it_or_its_session_allows() throws Exception {
        streams.conf("tailrace.state.maxRows", 2);
        assertEquals("2", streams.conf("tailrace.state.maxRows"));
        assertThrows(PlanException.class, () -> streams.conf("tailrace.state.maxBytes", "much"));
        var trades = trades();
        StreamTable bySymbol = trades.groupBy("symbol").count();
        Query small = bySymbol.to(memory("small")).update().start("small");
        Query large = bySymbol.to(memory("large")).update().maxStateRows(3).start("large");
        Query tiny = bySymbol.to(memory("tiny"))
                .update()
                .maxStateBytes("64 b")
                .maxStateRows(99)
                .start("tiny");
        trades.add(trade("A", 1, "10:00:00"), trade("B", 1, "10:00:01"), trade("C", 1, "10:00:02"));
        large.processAllAvailable();
        assertEquals(
                "TR-711",
                assertThrows(StateException.class, small::processAllAvailable).code());
        assertTrue(assertThrows(StateException.class, tiny::processAllAvailable)
                .getMessage()
                .contains("maxStateBytes"));
        assertThrows(PlanException.class, () -> bySymbol.to(memory("no")).maxStateRows(0));
        assertThrows(PlanException.class, () -> bySymbol.to(memory("no")).maxStateBytes("9999999999 TB"));
        assertEquals(State.FAILED, small.status().state());
    }
}
