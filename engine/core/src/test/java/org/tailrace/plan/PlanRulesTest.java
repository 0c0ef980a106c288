package org.tailrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.plan.OutputMode.APPEND;
import static org.tailrace.plan.OutputMode.COMPLETE;
import static org.tailrace.plan.OutputMode.UPDATE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailrace.data.text.DdlParser;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Expr;

class PlanRulesTest {
    private static final SinkSpec VIEW = new SinkSpec("view", "view", Map.of(), null);
    private static final String WINDOWED = "select window, k, count(*) as n from m group by window(ts, '1 hour'), k";

    private final Queries queries = new Queries()
            .stream("e", "k string, v bigint, ts timestamp").stream(
                            "m", "k string, v bigint, ts timestamp, other timestamp", "ts")
                    .stream("l", "lid int, lts timestamp", "lts")
                    .stream("r", "rid int, rts timestamp", "rts")
                    .stream("x", "xid int, xts timestamp")
                    .bounded("dim", "k string, w int");

    private String code(String sql, OutputMode mode) {
        return code(queries.resolve(sql), mode);
    }

    private static String code(ResolvedPlan plan, OutputMode mode) {
        return code(plan, mode, VIEW);
    }

    private static String code(ResolvedPlan plan, OutputMode mode, SinkSpec sink) {
        try {
            PlanRules.check(plan, mode, sink, new Trigger.Default());
            return "ok";
        } catch (PlanException e) {
            return e.code();
        }
    }

    private void refused(String code, String sql, OutputMode... modes) {
        for (OutputMode mode : modes) {
            assertEquals(code, code(sql, mode), sql + " in " + mode);
        }
    }

    private void accepted(String sql, OutputMode... modes) {
        refused("ok", sql, modes);
    }

    @Test
    void stateless_queries_append_and_update() {
        accepted("select k from e where v > 1", APPEND, UPDATE);
        refused("TR-202", "select k from e", COMPLETE);
    }

    @Test
    void groups_append_only_when_a_watermark_finishes_them() {
        accepted(WINDOWED, APPEND, UPDATE, COMPLETE);
        accepted("select ts, count(*) from m group by ts", APPEND);
        accepted("select distinct ts from m", APPEND);
        accepted("select k, count(*) from e group by k", UPDATE, COMPLETE);
        for (String sql : List.of(
                "select k, count(*) from e group by k",
                "select k, count(*) from m group by k",
                "select count(*) from m",
                "select window, count(*) from e group by window(ts, '1 hour')",
                "select window, count(*) from m group by window(other, '1 hour')",
                "select distinct k from m")) {
            refused("TR-204", sql, APPEND);
        }
    }

    @Test
    void append_without_watermark_names_the_groups_the_reason_and_the_ways_out() {
        ResolvedPlan plan = queries.resolve("select k, count(*) as n from e group by k");
        var error = assertThrows(
                PlanException.class,
                () -> PlanRules.check(plan, APPEND, VIEW, new Trigger.Default(), new Place("start", "by-key", 0, 6)));
        assertEquals("""
                TR-204 append needs to know when a group is finished
                  in    start("by-key")
                               ^^^^^^
                  why   groupBy("k").agg("count(*)") has no window and no watermark: its rows can change for ever
                  fix   .update() to send each change, .complete() to send the whole table,
                        or .withWatermark("ts", "...") with .tumbling/.sliding/.session for finished windows""", error.getMessage());
    }

    @Test
    void sessions_need_a_key_and_are_never_updated() {
        String session = "select session_window, k, count(*) from m group by session_window(ts, '5 minutes'), k";
        accepted(session, APPEND, COMPLETE);
        refused("TR-203", session, UPDATE);
        refused(
                "TR-217",
                "select session_window, count(*) from m group by session_window(ts, '5 minutes')",
                APPEND,
                COMPLETE);
    }

    @Test
    void order_limit_and_offset() {
        refused("TR-205", "select k from e order by v", APPEND, UPDATE);
        refused("TR-205", "select k, count(*) from e group by k order by k", UPDATE);
        accepted("select k, count(*) from e group by k order by k limit 2", COMPLETE);
        refused("TR-206", "select k from e limit 2", UPDATE);
        accepted("select k from e limit 2", APPEND);
        refused("TR-207", "select k from e offset 1", APPEND, UPDATE);
    }

    @Test
    void set_operations() {
        refused("TR-208", "select k from e intersect select k from m", APPEND);
        refused("TR-209", "select k from dim except select k from e", APPEND);
        refused("TR-211", "select k from e union all select k from dim", APPEND);
        accepted("select k from e union all select k from m", APPEND, UPDATE);
        refused("TR-204", "select k from e union select k from m", APPEND);
    }

    @Test
    void what_needs_all_rows_is_not_for_streams() {
        refused("TR-212", "select lag(v) over (partition by k order by ts) from e", APPEND, UPDATE);
        refused("TR-213", "select k, count(distinct v) from e group by k", UPDATE, COMPLETE);
    }

    @Test
    void operators_above_a_changing_aggregate() {
        String chain = "select sum(n) from (" + WINDOWED + ") group by window(window, '2 hours')";
        accepted(chain, APPEND);
        refused("TR-216", chain, UPDATE, COMPLETE);
        refused("TR-216", "select max(n) from (select k, count(*) as n from e group by k)", COMPLETE);
        accepted("select k, count(*) from (select distinct k, ts from m) group by k, ts", APPEND);
    }

    @Test
    void a_second_watermark_is_refused() {
        refused("TR-218", "select k from m watermark other delay of interval 1 minute", APPEND);
    }

    @Test
    void duplicates_within_the_watermark_need_one() {
        var plain = new Plan.Deduplicate(queries.get("e"), List.of("k"), true);
        assertEquals("TR-219", code(queries.resolve(plain), APPEND));
        var marked = new Plan.Deduplicate(queries.get("m"), List.of("k"), true);
        assertEquals("ok", code(queries.resolve(marked), APPEND));
    }

    private ResolvedPlan function(String table, StatefulSpec.Timeout timeout, Optional<OutputMode> mode, boolean map) {
        var spec = new StatefulSpec(
                "f",
                List.of(new Expr.Ref("k")),
                Optional.empty(),
                DdlParser.schema("k string"),
                DdlParser.schema("n bigint"),
                DdlParser.schema("k string, ts timestamp"),
                timeout,
                mode,
                map,
                (key, rows, state, out) -> {});
        return queries.resolve(new Plan.Stateful(queries.get(table), spec));
    }

    @Test
    void stateful_functions_keep_to_their_mode() {
        var none = StatefulSpec.Timeout.NONE;
        assertEquals("ok", code(function("e", none, Optional.of(APPEND), false), APPEND));
        assertEquals("ok", code(function("e", none, Optional.empty(), true), UPDATE));
        assertEquals("ok", code(function("e", none, Optional.empty(), false), APPEND));
        assertEquals("ok", code(function("e", none, Optional.empty(), false), UPDATE));
        assertEquals("TR-229", code(function("e", none, Optional.empty(), true), APPEND));
        assertEquals("TR-229", code(function("e", none, Optional.of(UPDATE), false), APPEND));
        assertEquals("TR-220", code(function("e", StatefulSpec.Timeout.EVENT_TIME, Optional.empty(), false), APPEND));
        assertEquals("ok", code(function("m", StatefulSpec.Timeout.EVENT_TIME, Optional.empty(), false), APPEND));
        assertEquals("TR-202", code(function("e", none, Optional.empty(), false), COMPLETE));
    }

    @Test
    void a_stateful_function_that_maps_feeds_an_aggregate_in_update_mode_only() {
        queries.put(
                "made",
                new Plan.Stateful(
                        queries.get("m"),
                        new StatefulSpec(
                                "f",
                                List.of(new Expr.Ref("k")),
                                Optional.empty(),
                                DdlParser.schema("k string"),
                                DdlParser.schema("n bigint"),
                                DdlParser.schema("k string"),
                                StatefulSpec.Timeout.NONE,
                                Optional.empty(),
                                true,
                                (key, rows, state, out) -> {})));
        accepted("select k, count(*) from made group by k", UPDATE);
        refused("TR-229", "select k, count(*) from made group by k", COMPLETE);
    }

    @Test
    void joins_with_a_bounded_table_keep_the_stream() {
        accepted("select e.k from e left join dim on e.k = dim.k", APPEND, UPDATE);
        accepted("select e.k from dim right join e on e.k = dim.k", APPEND);
        accepted("select e.k from e left anti join dim on e.k = dim.k", APPEND);
        refused("TR-221", "select w from e right join dim on e.k = dim.k", APPEND);
        refused("TR-221", "select w from dim left join e on e.k = dim.k", APPEND);
        refused("TR-222", "select w from dim full join e on e.k = dim.k", APPEND);
        refused("TR-223", "select w from dim left semi join e on e.k = dim.k", APPEND);
    }

    @Test
    void joins_of_streams_must_know_when_to_stop_waiting() {
        String range = " l.lid = r.rid and r.rts between l.lts and l.lts + interval 10 minutes";
        accepted("select lid from l join x on lid = xid", APPEND, UPDATE);
        accepted("select lid from l left join r on" + range, APPEND);
        accepted("select lid from l full join r on" + range, APPEND);
        accepted("select lid from l left semi join r on" + range, APPEND, UPDATE);
        accepted("select lid from l left join r on lts = rts", APPEND);
        refused("TR-224", "select lid from l join r on lts < rts", APPEND);
        refused("TR-224", "select lid from l cross join r", APPEND);
        refused("TR-225", "select lid from l left join r on lid = rid", APPEND);
        refused("TR-225", "select lid from l right join r on lid = rid and rts > lts + interval 1 hour * lid", APPEND);
        refused(
                "TR-225",
                "select lid from l left join x on lid = xid and xts between lts and lts + interval 1 hour",
                APPEND);
        refused("TR-226", "select lid from l left join r on" + range, UPDATE);
        refused("TR-227", "select lid from l left anti join r on" + range, APPEND);
        refused("TR-228", "select lid, count(*) from l join r on lid = rid group by lid", COMPLETE);
    }

    @Test
    void files_are_appended_to() {
        ResolvedPlan plan = queries.resolve("select k, count(*) from e group by k");
        assertEquals("TR-231", code(plan, COMPLETE, new SinkSpec("json", "json(out)", Map.of(), null)));
    }

    @Test
    void bounded_tables_are_shown_and_streams_are_started() {
        refused("TR-232", "select k from dim", APPEND);
        PlanRules.requireBounded(queries.resolve("select k from dim"), "show", null);
        var error = assertThrows(
                PlanException.class, () -> PlanRules.requireBounded(queries.resolve("select k from e"), "show", null));
        assertEquals("TR-233", error.code());
    }

    @Test
    void a_replay_and_a_live_source_do_not_mix() {
        var replay = new SourceSpec(
                "replay", "replay(f)", DdlParser.schema("k string"), true, Map.of(), Optional.of("arrived"), null);
        queries.put("replayed", new Plan.Source(replay));
        refused("TR-234", "select k from e union all select k from replayed", APPEND);
        accepted("select k from replayed", APPEND);
    }

    @Test
    void output_modes_have_three_names() {
        assertEquals(COMPLETE, PlanRules.mode("Complete"));
        var error = assertThrows(PlanException.class, () -> PlanRules.mode("upsert"));
        assertEquals("TR-201", error.code());
    }

    @Test
    void joins_and_keys_that_never_leave_the_state_are_warned_of() {
        String left = "select lid from x left join r on xid = rid and rts between xts and xts + interval 1 hour"
                .replace("lid", "xid");
        ResolvedPlan plan = queries.resolve(left);
        assertEquals("ok", code(plan, APPEND));
        assertTrue(Warnings.of(plan, APPEND).get(0).contains("no row is ever sent without a partner"));
        var duplicates = queries.resolve(new Plan.Deduplicate(queries.get("m"), List.of("k"), false));
        assertTrue(Warnings.of(duplicates, APPEND).get(0).contains("for ever"));
        var within = queries.resolve(new Plan.Deduplicate(queries.get("m"), List.of("k"), true));
        assertTrue(Warnings.of(within, APPEND).get(0).contains("NULL"));
        assertEquals(List.of(), Warnings.of(queries.resolve(WINDOWED), UPDATE));
        var timed = function("e", StatefulSpec.Timeout.EVENT_TIME, Optional.empty(), false);
        assertTrue(Warnings.of(timed, APPEND).get(0).contains("never come"));
        assertEquals(
                1,
                Warnings.of(queries.resolve("select k, count(*) from m group by k"), UPDATE)
                        .size());
    }
}
