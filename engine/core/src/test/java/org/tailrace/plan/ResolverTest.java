package org.tailrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tailrace.data.text.DdlParser;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Typed;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.sql.SqlParser;

class ResolverTest {
    private final Map<String, Plan> tables = new HashMap<>();

    @BeforeEach
    void tables() {
        stream("e", "k string, v bigint, ts timestamp");
        stream("f", "k string, v bigint, ts timestamp");
        stream("l", "lid int, lts timestamp, lv string");
        stream("r", "rid int, rts timestamp, rv string");
        table("dim", "k string, w int", false);
        table("dim2", "k string, v bigint", false);
        stream("s", "id int, p struct<x:int,y:string>, xs array<int>");
    }

    private void stream(String name, String schema) {
        table(name, schema, true);
    }

    private void table(String name, String schema, boolean streaming) {
        tables.put(
                name, new Plan.Source(new SourceSpec("memory", name, DdlParser.schema(schema), streaming, Map.of())));
    }

    private ResolvedPlan resolve(String sql) {
        var parsed = new SqlParser(ZoneOffset.UTC).query(sql);
        TableNames names = name -> Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
        return new Resolver(Functions.table(), Settings.DEFAULT, names).resolve(parsed.tree(), parsed.positions());
    }

    private String columns(String sql) {
        return resolve(sql).output().stream()
                .map(a -> a.name() + " " + a.type() + (a.nullable() ? "" : " not null"))
                .collect(Collectors.joining(", "));
    }

    private String error(String sql) {
        return assertThrows(PlanException.class, () -> resolve(sql)).getMessage();
    }

    private String code(String sql) {
        return error(sql).substring(0, 6);
    }

    private static <T extends ResolvedPlan> T find(ResolvedPlan plan, Class<T> type) {
        if (type.isInstance(plan)) {
            return type.cast(plan);
        }
        return plan.children().stream()
                .map(child -> {
                    try {
                        return find(child, type);
                    } catch (IllegalStateException e) {
                        return null;
                    }
                })
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " in " + plan));
    }

    @Test
    void names_ignore_case_and_outputs_without_alias_are_named_as_in_spark() {
        assertEquals(
                "V bigint, count(1) bigint not null, (K = a) boolean",
                columns("select V, count(*), K = 'a' from E group by v, k"));
    }

    @Test
    void a_misspelt_column_names_the_nearest_and_the_place() {
        assertEquals("""
                TR-101 no column 'kk'
                  in    SELECT kk FROM e
                               ^^
                  have  k string, v bigint, ts timestamp
                  fix   did you mean 'k'?""", error("SELECT kk FROM e"));
    }

    @Test
    void an_unknown_table_names_the_place() {
        assertEquals("TR-112", code("select 1 from nowhere"));
    }

    @Test
    void a_name_that_two_columns_have_lists_both() {
        String message = error("select k from e join f on e.k = f.k");
        assertTrue(message.startsWith("TR-108"), message);
        assertTrue(message.contains("e.k, f.k"), message);
        assertEquals("k string", columns("select f.k from e join f on e.k = f.k"));
    }

    @Test
    void star_takes_columns_that_share_a_name() {
        assertEquals(
                "k string, v bigint, ts timestamp, k string, w int",
                columns("select * from e join dim on e.k = dim.k"));
        assertEquals("k string, w int", columns("select dim.* from e join dim on e.k = dim.k"));
        assertEquals("x int, y string", columns("select p.* from s"));
    }

    @Test
    void a_qualifier_wins_over_a_field_and_fields_follow_names() {
        assertEquals("y string", columns("select s.p.y from s"));
        assertEquals("x int", columns("select p.x from s as t"));
        assertEquals("TR-101", code("select s.id from s as t"));
    }

    @Test
    void groups_may_be_named_by_alias_position_or_the_whole_list() {
        String expected = "u bigint, n bigint not null";
        assertEquals(expected, columns("select v + 1 as u, count(*) as n from e group by u"));
        assertEquals(expected, columns("select v + 1 as u, count(*) as n from e group by 1"));
        assertEquals(expected, columns("select v + 1 as u, count(*) as n from e group by all"));
        assertEquals(expected, columns("select V + 1 as u, count(*) as n from e group by e.v + 1"));
        assertEquals("TR-116", code("select k, count(*) from e group by 3"));
    }

    @Test
    void a_column_that_is_not_grouped_is_refused() {
        assertEquals("TR-113", code("select k, v from e group by k"));
        assertEquals("TR-113", code("select k, count(*) from e"));
        assertEquals("TR-113", code("select *, count(*) from e"));
    }

    @Test
    void equal_aggregates_are_computed_once() {
        var aggregate = find(
                resolve("select k, sum(v) + 1 as a, sum(V) as b from e group by k having sum(e.v) > 2 order by sum(v)"),
                ResolvedPlan.Aggregate.class);
        assertEquals(1, aggregate.aggregates().size());
        assertEquals(2, aggregate.output().size());
    }

    @Test
    void having_knows_aliases_and_aggregates_of_its_own() {
        var plan = resolve("select k, count(*) as n from e group by k having n > 1 and max(v) > 2");
        var filter = find(plan, ResolvedPlan.Filter.class);
        assertInstanceOf(ResolvedPlan.Aggregate.class, filter.child());
        assertEquals("k string, n bigint not null", columns("select k, count(*) as n from e group by k having n > 1"));
    }

    @Test
    void sort_keys_need_not_be_selected() {
        var plan = resolve("select k from e group by k order by max(v) desc, k");
        assertEquals(List.of("k"), plan.schema().names());
        var sort = find(plan, ResolvedPlan.Sort.class);
        assertEquals(2, sort.child().output().size());
        assertEquals(
                new Typed.Input(0, DdlParser.type("string"), true),
                sort.keys().get(1).expression());
    }

    @Test
    void a_later_output_may_use_an_earlier_alias() {
        assertEquals("a bigint, b bigint", columns("select v + 1 as a, a * 2 as b from e"));
    }

    @Test
    void aggregates_stand_only_where_rows_are_grouped() {
        assertEquals("TR-109", code("select k from e where count(*) > 1"));
        assertEquals("TR-109", code("select sum(count(*)) from e"));
        assertEquals("TR-109", code("select k from e group by count(*)"));
    }

    @Test
    void a_window_is_a_key_with_a_name_and_two_fields() {
        var plan = resolve("select window.start as ws, k, count(*) as n from e watermark ts delay of interval 5 minutes"
                + " group by window(ts, '10 minutes', '5 minutes', '1 minute'), k");
        var aggregate = find(plan, ResolvedPlan.Aggregate.class);
        assertEquals(
                Optional.of(new ResolvedPlan.Aggregate.GroupWindow(
                        0, new WindowSpec.Sliding(600_000_000L, 300_000_000L, 60_000_000L))),
                aggregate.window());
        assertEquals(OptionalLong.of(300_000), aggregate.output().get(0).delayMs());
        assertEquals(
                "struct<start:timestamp,end:timestamp>",
                aggregate.output().get(0).type().ddl());
    }

    @Test
    void the_type_of_a_sliding_window_may_be_null_as_in_spark_that_of_a_tumbling_one_not() {
        assertTrue(windowMayBeNull("window(ts, '10 minutes', '5 minutes')"));
        assertFalse(windowMayBeNull("window(ts, '10 minutes')"));
    }

    private boolean windowMayBeNull(String window) {
        var plan = resolve("select window.start as ws, count(*) as n from e group by " + window);
        return find(plan, ResolvedPlan.Aggregate.class).output().get(0).nullable();
    }

    @Test
    void windows_that_cannot_be_are_refused_one_code_each() {
        assertEquals("TR-121", code("select 1 from e group by window(ts, '0 seconds')"));
        assertEquals("TR-122", code("select 1 from e group by window(ts, '5 minutes', '10 minutes')"));
        assertEquals("TR-123", code("select 1 from e group by window(ts, '10 minutes', '5 minutes', '6 minutes')"));
        assertEquals("TR-124", code("select 1 from e group by window(ts, '1 month')"));
        assertEquals("TR-125", code("select 1 from e group by window(ts, '1 hour'), window(ts, '2 hours')"));
        assertEquals("TR-125", code("select window(ts, '1 hour'), window(ts, '2 hours') from e"));
        assertEquals("TR-125", code("select max(window(ts, '1 hour').end) from e group by window(ts, '2 hours')"));
        assertEquals("TR-107", code("select 1 from e group by window(ts, 'ten minutes')"));
        assertEquals("TR-102", code("select 1 from e group by window(v, '1 hour')"));
    }

    @Test
    void windows_of_windows_count_their_last_microsecond_and_stay_event_time() {
        String inner = "(select window, k, count(*) as n from e watermark ts delay of interval 5 minutes"
                + " group by window(ts, '5 minutes'), k)";
        for (String outer : List.of(
                "select window, sum(n) from (select window_time(window) as wt, n from " + inner
                        + ") group by window(wt, '10 minutes')",
                "select window(window, '10 minutes') as window, sum(n) from " + inner
                        + " group by window(window, '10 minutes')")) {
            ResolvedPlan plan = resolve(outer);
            assertEquals(OptionalLong.of(300_000), plan.output().get(0).delayMs());
        }
        assertEquals("TR-126", code("select window_time(window) from e group by window(ts, '5 minutes')"));
        // The name is that of the column, as in Spark.
        assertEquals("TR-113", code("select window from " + inner + " group by window(window, '10 minutes')"));
    }

    @Test
    void the_flat_window_end_of_the_verbs_is_windowed_again_by_its_last_microsecond() {
        String flat =
                "(select window_end(window) as window_end, count(*) as n from e watermark ts delay of interval 5 minutes"
                        + " group by window(ts, '5 minutes'))";
        var again = find(
                resolve("select sum(n) from " + flat + " where n > 1 group by window(window_end, '10 minutes')"),
                ResolvedPlan.Aggregate.class);
        assertInstanceOf(Typed.Apply.class, again.keys().get(0));
        assertTrue(again.output().get(0).eventTime());
        // A plain end is no event time, and a window of it starts where it ends, as in Spark.
        var plain = find(
                resolve("select sum(n) from " + flat.replace("window_end(window)", "window.end")
                        + " group by window(window_end, '10 minutes')"),
                ResolvedPlan.Aggregate.class);
        assertInstanceOf(Typed.Input.class, plain.keys().get(0));
        assertFalse(plain.output().get(0).eventTime());
    }

    @Test
    void conditions_on_other_columns_go_below_the_watermark_and_those_on_event_time_do_not() {
        var plan = resolve("select k from (select k, v + 1 as u, ts from e watermark ts delay of interval 5 minutes)"
                + " where u > 1 and ts > timestamp '2024-01-01' and k = 'a'");
        var watermark = find(plan, ResolvedPlan.Watermark.class);
        var below = assertInstanceOf(ResolvedPlan.Filter.class, watermark.child());
        assertEquals(2, TypedTrees.conjuncts(below.condition()).size());
        var above = find(plan, ResolvedPlan.Filter.class);
        assertEquals(watermark, above.child());
        assertEquals(1, TypedTrees.conjuncts(above.condition()).size());
    }

    @Test
    void conditions_on_group_keys_keep_rows_out_of_the_state() {
        var aggregate = find(
                resolve("select k, count(*) as n from e group by k having k = 'a' and n > 1"),
                ResolvedPlan.Aggregate.class);
        assertInstanceOf(ResolvedPlan.Filter.class, aggregate.child());
    }

    @Test
    void a_join_condition_falls_apart_in_keys_range_and_rest() {
        var join = find(
                resolve(
                        "select * from l watermark lts delay of interval 0 seconds join r watermark rts delay of interval 0 seconds"
                                + " on l.lid = r.rid and r.rts between l.lts - interval 1 minute and l.lts + interval 10 minutes and lv <> rv and lv = 'x'"),
                ResolvedPlan.Join.class);
        assertEquals(1, join.leftKeys().size());
        assertEquals(Optional.of(new ResolvedPlan.Join.TimeRange(1, 1, -60_000_000L, 600_000_000L)), join.range());
        assertEquals(2, TypedTrees.conjuncts(join.residual().orElseThrow()).size());
        assertEquals("""
                filter  isnotnull(lts)
                └─ watermark  lts, 0 seconds late
                   └─ filter  (((lv = 'x') and isnotnull(lid)) and isnotnull(lv))
                      └─ source  l: lid int, lts timestamp, lv string
                """, Explain.tree(join.left()));
    }

    @Test
    void a_join_without_condition_takes_it_from_where() {
        var join = find(resolve("select * from l, r where lid = rid"), ResolvedPlan.Join.class);
        assertEquals(1, join.leftKeys().size());
        assertEquals(JoinType.INNER, join.type());
    }

    @Test
    void columns_that_can_fail_come_after_a_join_that_may_drop_the_row() {
        for (String sql : List.of(
                "select k, twice, w from (select k, v * 2 twice from e) join dim using (k)",
                "select b.k, twice, w from dim join (select k, twice from (select k, v * 2 twice from e)) b on dim.k = b.k")) {
            var join = find(resolve(sql), ResolvedPlan.Join.class);
            assertEquals(
                    List.of("k", "v"),
                    (join.left().streaming() ? join.left() : join.right())
                            .output().stream().map(Attribute::name).toList(),
                    sql);
            assertEquals("k string, twice bigint, w int", columns(sql));
        }
        var read = find(
                resolve("select 1 from (select v * 2 twice from e) join dim on twice = w"), ResolvedPlan.Join.class);
        assertEquals("twice", read.left().output().get(0).name());
        var streams = find(
                resolve("select 1 from (select k, v * 2 twice from e) a join f on a.k = f.k"), ResolvedPlan.Join.class);
        assertEquals("twice", streams.left().output().get(1).name());
    }

    @Test
    void outer_joins_make_the_other_side_nullable() {
        String sql = "select * from (select 1 as a) x %s join (select 1 as b) y on a = b";
        assertEquals("a int not null, b int", columns(String.format(sql, "left")));
        assertEquals("a int, b int not null", columns(String.format(sql, "right")));
        assertEquals("a int, b int", columns(String.format(sql, "full")));
        assertEquals("a int not null", columns(String.format(sql, "left anti")));
    }

    @Test
    void using_columns_come_once_and_first() {
        assertEquals("k string, v bigint, ts timestamp, w int", columns("select * from e join dim using (k)"));
        assertEquals("k string", columns("select dim.k from e join dim using (k)"));
        assertEquals("TR-101", code("select * from e join dim using (v)"));
    }

    @Test
    void subqueries_become_joins_and_columns() {
        var plan = resolve("select k, (select max(w) from dim) as m from e where k in (select k from dim)"
                + " and not exists (select 1 from dim d where d.k = e.k and d.w > 1)");
        assertEquals(List.of("k", "m"), plan.schema().names());
        var anti = find(plan, ResolvedPlan.Join.class);
        assertEquals(JoinType.ANTI, anti.type());
        assertEquals(1, anti.leftKeys().size());
        assertInstanceOf(ResolvedPlan.Filter.class, anti.right());
        assertEquals(JoinType.SEMI, find(anti.left(), ResolvedPlan.Join.class).type());
        assertEquals(
                1, find(plan, ResolvedPlan.ScalarSubqueries.class).subqueries().size());
    }

    @Test
    void subqueries_of_a_wrong_kind_are_refused() {
        assertEquals("TR-210", code("select k from e where k in (select k from f)"));
        assertEquals("TR-210", code("select k, (select max(v) from f) from e"));
        assertEquals("TR-115", code("select (select k, w from dim) from e"));
        assertEquals("TR-115", code("select k from e where k in (select k, w from dim)"));
        assertEquals("TR-115", code("select k from e where v > 1 or k in (select k, w from dim)"));
        assertEquals("TR-115", code("select (select max(w) + e.v from dim where dim.k = e.k) from e"));
        assertEquals(
                "TR-115", code("select k, count(*), (select max(w) from dim where dim.k = e.k) from e group by k"));
        assertEquals("TR-115", code("select e.k from e left join dim on exists (select 1 from dim)"));
        assertEquals("TR-109", code("select k from dim where rank() over (order by w) = 1"));
    }

    @Test
    void unions_widen_types_and_keep_the_first_names() {
        assertEquals(
                "a decimal(11,1) not null, b string", columns("select 1 as a, 'x' as b union all select 1.5, null"));
        assertEquals("TR-114", code("select 1 union all select 1, 2"));
        assertEquals("TR-114", code("select date '2024-01-01' union all select true"));
        assertInstanceOf(ResolvedPlan.Aggregate.class, resolve("select k from e union select k from f"));
    }

    @Test
    void common_tables_hide_tables_and_see_earlier_ones() {
        assertEquals("a int not null", columns("with e as (select 1 as a), g as (select * from e) select * from g"));
    }

    @Test
    void an_alias_with_columns_renames_them_all() {
        assertEquals("a string, b int", columns("select * from dim as d(a, b)"));
        assertEquals("TR-117", code("select * from dim as d(a)"));
    }

    @Test
    void grouping_sets_make_keys_nullable_and_number_the_sets() {
        String sql = "select 1 as a, k, v, grouping_id() as g, count(*) as n from e group by rollup(k, v)";
        assertEquals("a int not null, k string, v bigint, g bigint not null, n bigint not null", columns(sql));
        assertEquals(
                3, find(resolve(sql), ResolvedPlan.Expand.class).projections().size());
    }

    @Test
    void watermarks_that_cannot_be_are_refused() {
        assertEquals("TR-101", code("select 1 from e watermark nope delay of interval 1 minute"));
        assertEquals("TR-131", code("select 1 from e watermark k delay of interval 1 minute"));
        assertEquals("TR-131", code("select 1 from e watermark v + 1 as t delay of interval 1 minute"));
        assertEquals("TR-132", code("select 1 from e watermark ts delay of interval -1 minute"));
    }

    @Test
    void a_month_of_delay_has_31_days() {
        var watermark =
                find(resolve("select 1 from e watermark ts delay of interval 1 month"), ResolvedPlan.Watermark.class);
        assertEquals(31L * 86_400_000, watermark.delayMs());
    }

    @Test
    void event_time_survives_references_and_aliases_and_nothing_else() {
        var plan = resolve(
                "select ts, ts as t, ts + interval 1 minute as u from e watermark ts delay of interval 1 minute");
        assertEquals(
                List.of(true, true, false),
                plan.output().stream().map(Attribute::eventTime).toList());
    }

    @Test
    void analytic_calls_become_columns() {
        var plan = resolve(
                "select k, row_number() over (partition by k order by v) as rn, lag(v) over (order by v) p from dim2");
        assertEquals("[k, rn, p]", plan.schema().names().toString());
    }
}
