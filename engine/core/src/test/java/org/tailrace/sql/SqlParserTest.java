package org.tailrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Expr;
import org.tailrace.plan.JoinType;
import org.tailrace.plan.Plan;

class SqlParserTest {
    private final SqlParser parser = new SqlParser(ZoneOffset.UTC);

    private Expr expr(String text, Object... values) {
        return parser.expression("where", text, values).tree();
    }

    private Plan query(String text) {
        return parser.query(text).tree();
    }

    private String error(String text) {
        return assertThrows(PlanException.class, () -> parser.query(text)).getMessage();
    }

    private static Expr ref(String... parts) {
        return new Expr.Ref(List.of(parts));
    }

    private static Expr call(String function, Expr... arguments) {
        return new Expr.Call(function, arguments);
    }

    private static Expr number(int value) {
        return new Expr.Literal(value, DataType.INT);
    }

    private static Expr text(String value) {
        return new Expr.Literal(value, DataType.STRING);
    }

    @Test
    void multiplication_binds_tighter_than_addition_and_both_tighter_than_comparison() {
        assertEquals(call(">", call("+", ref("a"), call("*", ref("b"), number(2))), number(1)), expr("a + b * 2 > 1"));
    }

    @Test
    void operators_of_one_rank_group_from_the_left() {
        assertEquals(call("-", call("-", ref("a"), ref("b")), ref("c")), expr("a - b - c"));
        assertEquals(call("=", call("=", ref("a"), ref("b")), ref("c")), expr("a = b = c"));
    }

    @Test
    void not_binds_looser_than_comparison_and_tighter_than_and() {
        assertEquals(call("and", call("not", call("=", ref("a"), number(1))), ref("b")), expr("NOT a = 1 AND b"));
        assertEquals(call("or", ref("a"), call("and", ref("b"), ref("c"))), expr("a or b and c"));
    }

    @Test
    void a_predicate_takes_a_whole_comparison_on_its_left() {
        assertEquals(
                call("in", call("=", ref("a"), ref("b")), new Expr.Literal(true, DataType.BOOLEAN)),
                expr("a = b in (true)"));
    }

    @Test
    void negated_predicates_are_not_of_the_predicate() {
        assertEquals(call("not", call("between", ref("a"), number(1), number(2))), expr("a not between 1 and 2"));
        assertEquals(call("not", call("like", ref("a"), text("x%"))), expr("a not like 'x%'"));
        assertEquals(call("is not null", ref("a")), expr("a is not null"));
        assertEquals(call("not", call("<=>", ref("a"), ref("b"))), expr("a is distinct from b"));
        assertEquals(call("<=>", ref("a"), ref("b")), expr("a is not distinct from b"));
    }

    @Test
    void a_minus_before_a_number_belongs_to_the_number() {
        assertEquals(number(-5), expr("-5"));
        assertEquals(new Expr.Literal(Integer.MIN_VALUE, DataType.INT), expr("-2147483648"));
        assertEquals(call("-", ref("a"), number(5)), expr("a -5"));
        assertEquals(call("%", call("negative", ref("i")), number(3)), expr("-i % 3"));
    }

    @Test
    void numbers_have_the_types_that_spark_gives_them() {
        assertEquals(new Expr.Literal(new BigDecimal("1.50"), new DataType.Decimal(3, 2)), expr("1.50"));
        assertEquals(new Expr.Literal(1.5, DataType.DOUBLE), expr("15e-1"));
        assertEquals(new Expr.Literal(3_000_000_000L, DataType.BIGINT), expr("3000000000"));
        assertEquals(new Expr.Literal(7L, DataType.BIGINT), expr("7L"));
        assertEquals(new Expr.Literal(1.5f, DataType.FLOAT), expr("1.5F"));
        assertEquals(new Expr.Literal((byte) 3, DataType.TINYINT), expr("3Y"));
        assertEquals(new Expr.Literal(new BigDecimal("3"), new DataType.Decimal(1, 0)), expr("3BD"));
        assertEquals(ref("10_000"), expr("10_000"));
    }

    @Test
    void dots_name_fields_and_brackets_take_elements() {
        assertEquals(ref("window", "start"), expr("window.start"));
        assertEquals(call(".", call("f", ref("x")), text("a")), expr("f(x).a"));
        assertEquals(call("[]", ref("t", "xs"), number(0)), expr("t.xs[0]"));
        assertEquals(new Expr.Cast(call("[]", ref("m"), text("k")), DataType.INT, false), expr("m['k']::int"));
    }

    @Test
    void types_of_casts_may_nest() {
        var nested = new DataType.Array(new DataType.Array(DataType.INT, true), true);
        assertEquals(
                call("size", new Expr.Cast(ref("a"), nested, true)), expr("size(try_cast(a as array<array<int>>))"));
    }

    @Test
    void intervals_in_every_spelling() {
        var minutes = new Expr.Literal(Duration.ofMinutes(15), new DataType.DayTimeInterval(2, 2));
        assertEquals(minutes, expr("interval 15 minutes"));
        assertEquals(minutes, expr("INTERVAL '15' MINUTE"));
        assertEquals(minutes, expr("interval '15 minutes'"));
        assertEquals(
                new Expr.Literal(Duration.ofSeconds(93784), DataType.DAY_TIME),
                expr("interval '1 02:03:04' day to second"));
        assertEquals(
                new Expr.Literal(Duration.ofMillis(1500), new DataType.DayTimeInterval(3, 3)),
                expr("interval 1 second 500 milliseconds"));
        assertEquals(new Expr.Literal(Period.of(1, 2, 0), DataType.YEAR_MONTH), expr("interval '1-2' year to month"));
        assertEquals(call("+", ref("ts"), minutes), expr("ts + interval 15 minutes"));
        assertEquals(ref("interval"), expr("interval"));
    }

    @Test
    void typed_literals() {
        assertEquals(new Expr.Literal(LocalDate.of(2024, 3, 10), DataType.DATE), expr("DATE '2024-03-10'"));
        assertEquals(
                new Expr.Literal(Instant.parse("2024-03-10T02:30:00Z"), DataType.TIMESTAMP),
                expr("timestamp '2024-03-10 02:30:00'"));
        assertEquals(call("=", ref("date"), text("x")), expr("date = 'x'"));
    }

    @Test
    void strings_know_backslashes_doubled_quotes_and_raw_form() {
        assertEquals(text("it's\n"), expr("'it''s\\n'"));
        assertEquals(text("a\\d"), expr("r'a\\d'"));
        assertEquals(text("10\\%"), expr("'10\\%'"));
        assertEquals(text("ab"), expr("'a' \"b\""));
    }

    @Test
    void count_star_is_count_of_one_as_in_spark() {
        assertEquals(call("count", number(1)), expr("count(*)"));
        assertEquals(
                new Expr.Call("count", List.of(ref("k")), true, Optional.of(call(">", ref("v"), number(2)))),
                expr("count(distinct k) filter (where v > 2)"));
    }

    @Test
    void lambdas() {
        assertEquals(
                call("transform", ref("xs"), new Expr.Lambda(List.of("x"), call("*", ref("x"), number(2)))),
                expr("transform(xs, x -> x * 2)"));
        assertEquals(new Expr.Lambda(List.of("a", "x"), call("+", ref("a"), ref("x"))), expr("(a, x) -> a + x"));
    }

    @Test
    void a_simple_case_compares() {
        assertEquals(
                new Expr.Case(
                        List.of(new Expr.Case.When(call("=", ref("a"), number(1)), text("one"))),
                        Optional.of(text("many"))),
                expr("case a when 1 then 'one' else 'many' end"));
    }

    @Test
    void words_of_sql_are_names_where_no_clause_can_begin() {
        assertEquals(call(">", ref("order"), number(5)), expr("order > 5"));
        assertEquals(ref("t", "select"), expr("t.select"));
        assertEquals(call("left", ref("s"), number(2)), expr("left(s, 2)"));
        assertEquals(ref("end"), expr("end"));
        assertEquals(ref("offset"), expr("offset"));
        assertEquals(call("-", ref("offset"), number(1)), expr("offset - 1"));
    }

    @Test
    void placeholders_become_literals_of_their_java_values() {
        assertEquals(
                call(
                        "and",
                        call(">", ref("price"), new Expr.Literal(1.5, DataType.DOUBLE)),
                        call("=", ref("s"), text("x'y"))),
                expr("price > ? and s = ?", 1.5, "x'y"));
        var few = assertThrows(PlanException.class, () -> expr("a = ? or a = ?", 1));
        assertEquals("TR-118", few.code());
        assertEquals(
                "TR-118",
                assertThrows(PlanException.class, () -> expr("a = ?", 1, 2)).code());
        assertEquals(
                "TR-118",
                assertThrows(PlanException.class, () -> expr("a = ?", new Object()))
                        .code());
    }

    @Test
    void a_watermark_stands_after_the_table_and_before_its_alias() {
        var watermark = new Plan.Watermark(new Plan.Named("e"), ref("ts"), Optional.empty(), "5 minutes");
        assertEquals(
                new Plan.Project(new Plan.Alias(watermark, "t", List.of()), List.of(ref("k"))),
                query("select k from e watermark ts delay of interval 5 minutes as t"));
        assertEquals(
                new Plan.Watermark(
                        new Plan.Named("e"), call("to_timestamp", ref("s")), Optional.of("et"), "1.5 seconds"),
                ((Plan.Project)
                                query(
                                        "SELECT 1 FROM e WATERMARK to_timestamp(s) AS et DELAY OF INTERVAL 1 SECOND 500 MILLISECONDS"))
                        .child());
    }

    @Test
    void clauses_nest_in_the_order_in_which_they_are_evaluated() {
        var filter = new Plan.Filter(new Plan.Named("e"), call(">", ref("v"), number(1)));
        var n = new Expr.Alias(call("count", number(1)), "n");
        var aggregate = new Plan.Aggregate(
                filter,
                List.of(ref("k")),
                List.of(),
                List.of(ref("k"), n),
                Optional.of(call(">", ref("n"), number(2))));
        var sorted = new Plan.Sort(aggregate, List.of(new Expr.Order(ref("n"), false, false)));
        assertEquals(
                new Plan.Limit(new Plan.Offset(sorted, 1), 3),
                query(
                        "select k, count(*) n from e where v > 1 group by k having n > 2 order by n desc limit 3 offset 1"));
    }

    @Test
    void joins_of_every_kind() {
        for (JoinType type : JoinType.values()) {
            String words = type == JoinType.SEMI || type == JoinType.ANTI ? "left " + type : type.toString();
            var join = (Plan.Join) ((Plan.Project) query("select * from a " + words + " join b on a.x = b.x")).child();
            assertEquals(type, join.type());
        }
        var using = (Plan.Join) ((Plan.Project) query("select * from a join b using (x, y)")).child();
        assertEquals(List.of("x", "y"), using.using());
        var comma = (Plan.Join) ((Plan.Project) query("select * from a, b")).child();
        assertEquals(Optional.empty(), comma.on());
    }

    @Test
    void grouping_sets_name_keys_by_number() {
        var rollup = (Plan.Aggregate) query("select 1 from e group by rollup(a, b)");
        assertEquals(List.of(List.of(0, 1), List.of(0), List.of()), rollup.groupingSets());
        var cube = (Plan.Aggregate) query("select 1 from e group by a, b with cube");
        assertEquals(List.of(List.of(0, 1), List.of(0), List.of(1), List.of()), cube.groupingSets());
        var sets = (Plan.Aggregate) query("select 1 from e group by c, grouping sets ((a, b), a, ())");
        assertEquals(List.of(ref("c"), ref("a"), ref("b")), sets.keys());
        assertEquals(List.of(List.of(0, 1, 2), List.of(0, 1), List.of(0)), sets.groupingSets());
    }

    @Test
    void intersect_binds_tighter_than_union() {
        var union = (Plan.Union) query("select 1 union all select 2 intersect select 3");
        assertTrue(union.children().get(1) instanceof Plan.SetOperation);
    }

    @Test
    void subqueries_are_numbered_in_the_whole_text() {
        var plan = (Plan.WithSubqueries)
                query(
                        "select id, (select max(w) from dim) as mx from t where id in (select k from dim) and exists (select 1)");
        assertEquals(3, plan.subqueries().size());
        assertEquals(
                new Expr.Alias(new Expr.Subquery(0, Expr.Subquery.Kind.SCALAR, Optional.empty()), "mx"),
                ((Plan.Project) plan.body()).outputs().get(1));
    }

    @Test
    void common_tables_values_and_lateral_views() {
        var with = (Plan.With) query("with x as (select 1 as a), y(b) as (values (1), (2)) select * from x, y");
        assertEquals("y", with.tables().get(1).getKey());
        var generate = (Plan.Generate)
                ((Plan.Project) query("select word from lines lateral view outer explode(split(value, ' ')) t as word"))
                        .child();
        assertEquals(List.of("word"), generate.columns());
        assertTrue(generate.outer());
    }

    @Test
    void comments_are_blanks() {
        assertEquals(query("select a from t"), query("select /* one /* two */ */ a -- three\n from t;"));
    }

    @Test
    void a_misspelt_keyword_is_named() {
        assertEquals("""
                TR-100 unexpected 'SELEC'
                  in    SELEC k FROM e
                        ^^^^^
                  have  expected SELECT, WITH, VALUES or '('
                  fix   did you mean SELECT?""", error("SELEC k FROM e"));
        assertTrue(error("select k form e").contains("did you mean FROM instead of 'form'?"));
    }

    @Test
    void the_caret_stands_on_its_line() {
        assertEquals("""
                TR-100 unexpected 'from'
                  in    line 2: from t
                                ^^^^
                  have  expected an expression
                  fix   a column of that name is written `from`""", error("select a,\nfrom t"));
    }

    @Test
    void what_does_not_end_is_said_so() {
        assertTrue(error("select 'abc").startsWith("TR-100 a string that does not end"));
        assertTrue(error("select count(* from t").startsWith("TR-100 unexpected 'from'"));
        assertTrue(error("select a from").startsWith("TR-100 the text ends too early"));
        assertTrue(error("select /* a").startsWith("TR-100 a comment that does not end"));
    }

    @Test
    void what_is_wrong_in_windows_joins_and_tables_is_pointed_at() {
        for (List<String> wrong : List.of(
                List.of("select sum(v) over w from t", "TR-119", "no window 'w'"),
                List.of(
                        "select sum(v) over x from t window w as (order by v)",
                        "TR-119",
                        "no window 'x'",
                        "WINDOW x AS"),
                List.of("select sum(v) over (order by v rows 1) from t", "TR-100", "PRECEDING or FOLLOWING"),
                List.of("select sum(v) over (order by v rows between 1 preceding) from t", "TR-100", "expected AND"),
                List.of(
                        "select sum(v) over (partition k) from t",
                        "TR-100",
                        "PARTITION BY, ORDER BY, ROWS, RANGE or ')'"),
                List.of("select first(v) ignore nulls from t", "TR-100", "first(x, true)"),
                List.of("select * from a natural join b on a.k = b.k", "TR-100", "no condition"),
                List.of("select * from a natural left anti join b", "TR-111", "USING"),
                List.of("select * from a right join lateral (select 1)", "TR-111", "inner, cross and left"),
                List.of("select * from a left join lateral explode(xs) as f(x) on x > 1", "TR-111", "ON true"),
                List.of("select * from range('a')", "TR-102", "whole numbers"),
                List.of("select * from range(1, 2, 0)", "TR-104", "not 0"),
                List.of("select * from range(1000000)", "TR-111", "sequence"),
                List.of("select * from t unpivot (v in (a))", "TR-100", "expected FOR"),
                List.of("select * from t unpivot (v for n in (1))", "TR-100", "a column's name"),
                List.of("select * except () from t", "TR-100"),
                List.of("select a from t limit b", "TR-100", "whole number"),
                List.of("select a from t limit 1 - 2", "TR-100", "whole number"),
                List.of("values (1, 2", "TR-100", "the text ends too early"))) {
            String said = error(wrong.get(0));
            assertTrue(said.startsWith(wrong.get(1)), wrong.get(0) + "\n" + said);
            assertTrue(said.contains("^"), said);
            wrong.subList(2, wrong.size())
                    .forEach(part -> assertTrue(said.contains(part), part + " is not in\n" + said));
        }
    }

    @Test
    void sql_that_is_not_supported_says_so() {
        assertTrue(error("select * from e pivot (sum(v) for k in ('a'))").startsWith("TR-215"));
        assertTrue(error("select * from e tablesample (10 percent)").startsWith("TR-214"));
    }
}
