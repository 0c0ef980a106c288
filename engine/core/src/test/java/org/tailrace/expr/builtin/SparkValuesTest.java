package org.tailrace.expr.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.data.text.ValueText;
import org.tailrace.error.DataException;
import org.tailrace.error.PlanException;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Evaluators;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;
import org.tailrace.expr.Typer;
import org.tailrace.sql.SqlParser;

/** Values where Spark surprises: each line is an expression, an arrow and what Spark gives for it. */
class SparkValuesTest {
    private static final EvalContext ANSI = EvalContext.of(ZoneOffset.UTC, true);
    private static final EvalContext LOOSE = EvalContext.of(ZoneOffset.UTC, false);
    private static final EvalContext NEW_YORK = EvalContext.of(ZoneId.of("America/New_York"), true);

    private static String value(String text, EvalContext context) {
        var parsed = new SqlParser(context.zone()).expression("test", text);
        Typed typed = new Typer(Functions.table(), context, parsed.positions())
                .type(parsed.tree(), Scope.of(new Schema(List.of())));
        var row = new VectorBatch();
        row.size = 1;
        Vector result = Evaluators.compile(typed, context).evaluate(row);
        var out = new StringBuilder();
        if (result.isNull(0)) {
            return "NULL";
        }
        ValueText.print(result, 0, context.zone(), out);
        return out.toString();
    }

    private static void check(EvalContext context, String table) {
        for (String line : table.split("\n")) {
            int arrow = line.lastIndexOf(" =>");
            String expected = line.substring(arrow + 3);
            String text = line.substring(0, arrow);
            assertEquals(expected.startsWith(" ") ? expected.substring(1) : expected, value(text, context), text);
        }
    }

    @Test
    void numbers() {
        check(ANSI, """
                -7 % 3 => -1
                7 div 2 => 3
                1 / 3 => 0.3333333333333333
                cast(1 as decimal(10,2)) / 3 => 0.333333
                cast(-2.75D as int) => -2
                cast(-2.75D as decimal(10,1)) => -2.8
                cast(1.0E7D as string) => 1.0E7
                cast(16777217D as float) => 1.6777216E7
                round(2.5D) => 3.0
                round(-2.5D) => -3.0
                bround(2.5D) => 2.0
                bround(3.5D) => 4.0
                round(125, -1) => 130
                floor(cast('Infinity' as double)) => 9223372036854775807
                cast('NaN' as double) = cast('NaN' as double) => true
                cast('NaN' as double) > cast('Infinity' as double) => true
                -0.0D = 0.0D => true
                greatest(1, cast('NaN' as double)) => NaN
                1.5 + 2 => 3.5
                unix_date(date'1970-01-02' + 2147483647) => -2147483648
                unix_date(date_add(date'1970-01-02', 2147483647)) => -2147483648
                typeof(array(1, cast(1 as float))) => array<double>
                regexp_substr('abc', 'x*') => NULL
                cast(cast('NaN' as double) as decimal(5,2)) => NULL
                size(sort_array(array(2, 1), 1 = 1 and true)) => 2
                not 'true' => false
                timestamp_micros(1) => 1970-01-01 00:00:00.000001
                substring(cast(null as string), 1, 1 / 0) => NULL
                (1 / 0) + cast(null as int) => NULL
                (1 % 0) / cast(null as int) => NULL
                typeof(cast(1 as smallint) << 2) => int
                array_join(array(1, 2), ',') => 1,2
                size(array_repeat(cast(null as int), 2)) => 2
                regexp_extract('100', 'x', 3) =>
                size(regexp_extract_all('100', 'x', 3)) => 0
                cast('  12  ' as int) => 12
                cast('1e3' as double) => 1000.0
                cast('1.55' as decimal(3,1)) => 1.6
                log(2, 8) => 3.0
                ln(0) => NULL
                sqrt(-1) => NaN
                width_bucket(-0.9, 5.2, 0.5, 2) => 3
                conv('-10', 16, -10) => -16
                hex(-1) => FFFFFFFFFFFFFFFF
                hash('Spark', array(123), 2) => -1321691492
                xxhash64('Spark', array(123), 2) => 5602566077635097486
                xxhash64('a text of more than thirty-two bytes, for the long loop') is not null => true
                1 <=> NULL => false
                NULL and false => false
                NULL or true => true
                3 in (1, NULL) => NULL
                coalesce(NULL, 1, 2.5) => 1.0
                nullif(1, 2) => 1
                """);
    }

    @Test
    void text() {
        check(ANSI, """
                upper('straße') => STRASSE
                length('é') => 1
                substring('abcdef', -3, 2) => de
                substring('abcdef', 0, 2) => ab
                substring('abc', -5, 3) => a
                lpad('abc', 5, '*') => **abc
                lpad('abcdef', 3, '*') => abc
                initcap('  pad o') =>   Pad O
                instr('abc', 'z') => 0
                locate('b', 'abcb', 3) => 4
                translate('abc', 'ab', '12') => 12c
                split('abc', 'b') => [a, c]
                split('', 'b') => []
                split('a,b,,', ',') => [a, b, , ]
                regexp_extract('abc', '(b)(c)', 2) => c
                regexp_extract('xyz', '(b)(c)', 2) =>
                regexp_replace('abc', '[aeiou]', '_') => _bc
                concat_ws('-', 'a', NULL, array('b', NULL, 'c')) => a-b-c
                concat('a', NULL) => NULL
                'a_c' like 'a\\\\_c' => true
                'abc' like 'a\\\\_c' => false
                'ABC' ilike 'a%c' => true
                'x' like '%' => true
                'a%b' like 'a|%b' escape '|' => true
                '😀x' like '_x' => true
                rlike('abc', 'b') => true
                format_number(1234567.891, 2) => 1,234,567.89
                substring_index('a.b.c', '.', -1) => c
                soundex('Robert') => R163
                repeat('ab', 0) =>
                reverse(array(1, 2)) => [2, 1]
                cast(array(1, NULL) as string) => [1, null]
                cast(map('a', 1) as string) => {a -> 1}
                cast(named_struct('a', 1, 'b', 'x') as string) => {1, x}
                cast('t' as boolean) => true
                try_cast('x1' as int) => NULL
                try_cast('99999' as date) = make_date(99999, 1, 1) => true
                """);
    }

    @Test
    void times() {
        check(ANSI, """
                date'2024-02-29' + interval 1 year => 2025-02-28
                date'2024-01-31' + interval 1 month => 2024-02-29
                date'2024-01-31' + 1 => 2024-02-01
                date'2024-01-31' - date'2024-01-01' => INTERVAL '30' DAY
                timestamp'2024-01-01 00:00:00' - interval 1 day => 2023-12-31 00:00:00
                timestamp'2024-01-02 12:00:00' - timestamp'2024-01-01 00:00:00' => INTERVAL '1 12:00:00' DAY TO SECOND
                interval 1 day * 2.5 => INTERVAL '2 12:00:00' DAY TO SECOND
                date_trunc('week', timestamp'2024-03-10 10:00:00') => 2024-03-04 00:00:00
                trunc(date'2024-03-10', 'Q') => NULL
                weekofyear(date'2021-01-03') => 53
                dayofweek(date'2024-03-10') => 1
                months_between('2024-02-29', '2024-01-31') => 1.0
                last_day(date'2024-02-01') => 2024-02-29
                next_day(date'2024-03-10', 'sunday') => 2024-03-17
                to_date('10/03/2024', 'dd/MM/yyyy') => 2024-03-10
                to_timestamp('2024-03-10 1:2') => 2024-03-10 01:02:00
                try_to_timestamp('nonsense') => NULL
                date_format(timestamp'2024-03-10 15:04:05', 'EEE d MMM yyyy h:mm a') => Sun 10 Mar 2024 3:04 PM
                unix_timestamp('1970-01-02 00:00:00') => 86400
                extract(second from timestamp'2024-01-01 00:00:01.5') => 1.500000
                extract(day from interval '3 02:00:00' day to second) => 3
                cast(timestamp'1969-12-31 23:59:59.5' as bigint) => -1
                cast(60 as timestamp) => 1970-01-01 00:01:00
                window(timestamp'1969-12-31 23:59:59', '10 minutes').start => 1969-12-31 23:50:00
                make_date(2024, 2, 29) => 2024-02-29
                sequence(date'2024-01-31', date'2024-03-31', interval 1 month) => [2024-01-31, 2024-02-29, 2024-03-31]
                """);
        check(NEW_YORK, """
                hour(timestamp'2024-03-10 07:00:00Z') => 3
                date_trunc('DAY', timestamp'2024-03-10 07:00:00Z') => 2024-03-10 00:00:00
                date_trunc('HOUR', timestamp'2024-11-03 06:30:00Z') => 2024-11-03 01:00:00
                unix_seconds(date_trunc('HOUR', timestamp'2024-11-03 06:30:00Z')) => 1730613600
                timestamp'2024-03-09 02:30:00' + interval 1 day => 2024-03-10 03:30:00
                to_date(timestamp'2024-03-10 03:30:00Z') => 2024-03-09
                from_utc_timestamp(timestamp'2024-03-09 07:30:00Z', 'Europe/Paris') => 2024-03-09 03:30:00
                """);
    }

    @Test
    void collections_and_json() {
        check(ANSI, """
                size(array()) => 0
                element_at(map('a', 1), 'b') => NULL
                array_contains(array(1, NULL), 2) => NULL
                array_sort(array(3, NULL, 1)) => [1, 3, null]
                sort_array(array(3, NULL, 1)) => [null, 1, 3]
                array_distinct(array(2, 1, 2)) => [2, 1]
                transform(array(1, 2), (x, i) -> x * 10 + i) => [10, 21]
                transform(array(array(1), array(2, 3)), xs -> transform(xs, x -> x + size(xs))) => [[2], [4, 5]]
                filter(array(1, NULL, 3), x -> x > 1) => [3]
                exists(array(1, NULL), x -> x > 1) => NULL
                forall(array(1, NULL), x -> x > 0) => NULL
                aggregate(array(1, NULL, 3), 0, (a, x) -> a + coalesce(x, 0), a -> a * 2) => 8
                map_keys(map_filter(map('a', 1, 'b', 2), (k, v) -> v > 1)) => [b]
                named_struct('a', named_struct('b', 5)).a.b => 5
                array(named_struct('a', 1), named_struct('a', 2)).a => [1, 2]
                flatten(array(array(1), NULL)) => NULL
                slice(array(1, 2, 3), -2, 2) => [2, 3]
                get_json_object('{"a":{"b":[1,"x"]}}', '$.a.b[1]') => x
                get_json_object('{"a":{"b":[1,"x"]}}', '$.a') => {"b":[1,"x"]}
                get_json_object('{"a":[{"b":1},{"b":2}]}', '$.a[*].b') => [1,2]
                get_json_object('not json', '$.a') => NULL
                get_json_object('{"a":null}', '$.a') => NULL
                cast(from_json('{"a":1,"b":["x","y"]}', 'a int, b array<string>') as string) => {1, [x, y]}
                cast(from_json('{"a":"q","b":["x"]}', 'a int, b array<string>') as string) => {null, [x]}
                cast(from_json('not json', 'a int, b array<string>') as string) => {null, null}
                from_json(NULL, 'a int') => NULL
                from_json('[1, 2]', 'array<int>') => [1, 2]
                from_csv('1,x', 'a int, b string').b => x
                to_json(named_struct('x', cast(NULL as string), 'y', 1.5, 'z', array(true, NULL))) => {"y":1.5,"z":[true,null]}
                to_json(named_struct('t', timestamp'2024-01-01 00:00:00', 'd', date'2024-01-01')) => {"t":"2024-01-01T00:00:00.000Z","d":"2024-01-01"}
                to_csv(named_struct('a', 1, 'b', NULL, 'c', 'x,y')) => 1,,"x,y"
                """);
    }

    @Test
    void out_of_ansi_mode_errors_become_null_or_wrap() {
        check(LOOSE, """
                1 / 0 => NULL
                1 % 0 => NULL
                1 div 0 => NULL
                2147483647 + 1 => -2147483648
                9223372036854775807 * 2 => -2
                abs(cast(-2147483648 as int)) => -2147483648
                cast('x' as int) => NULL
                cast('1.9' as int) => 1
                cast(300 as tinyint) => 44
                array(1)[3] => NULL
                nullif(1, true) => NULL
                try_cast('x' as interval day) => NULL
                true = 2 => false
                typeof(array(1, cast(1 as float))) => array<float>
                cast(99999 as decimal(5,2)) => NULL
                '1' + 1 => 2.0
                """);
    }

    @Test
    void ansi_errors_have_codes() {
        for (String line : Arrays.asList(
                "1 / 0 TR-301",
                "1.0D / 0 TR-301",
                "1 % 0 TR-306",
                "1 div 0 TR-301",
                "2147483647 + 1 TR-302",
                "-cast(-2147483648 as int) TR-302",
                "cast('x' as int) TR-303",
                "cast(300 as tinyint) TR-303",
                "cast('x' as timestamp) TR-303",
                "array(1)[3] TR-304",
                "element_at(array(1), 2) TR-304",
                "cast(99999 as decimal(5,2)) TR-305",
                "map('a', 1, 'a', 2) TR-307",
                "rlike('a', '(') TR-308",
                "str_to_map('a', ',', '{') TR-308",
                "make_dt_interval(2147483647) TR-302",
                "add_months(date'2016-08-31', 2147483647) TR-302",
                "regexp_extract('a', 'a', 1) TR-308",
                "array_sort(array(1, 2), (a, b) -> cast(null as int)) TR-308",
                "raise_error('custom') TR-309")) {
            int at = line.lastIndexOf(' ');
            var e = assertThrows(DataException.class, () -> value(line.substring(0, at), ANSI), line);
            assertEquals(line.substring(at + 1), e.code(), line);
        }
    }

    @Test
    void out_of_ansi_mode_some_things_are_refused_all_the_same() {
        assertEquals(
                "TR-303",
                assertThrows(DataException.class, () -> value("cast('x' as interval year to month)", LOOSE))
                        .code());
        assertEquals(
                "TR-102",
                assertThrows(PlanException.class, () -> value("greatest(1, 'a')", LOOSE))
                        .code());
    }

    @Test
    void a_list_with_a_text_is_compared_as_text_out_of_ansi_mode() {
        assertEquals("false", value("'a' in (1, 2)", LOOSE));
        assertEquals("true", value("'01' = 1", LOOSE));
        assertEquals("false", value("'01' in (1, 2)", LOOSE));
        assertEquals("true", value("'01' in (1, 2)", ANSI));
    }

    @Test
    void dates_before_the_first_year_are_made_and_times_beyond_the_last_are_not() {
        assertEquals("-0001-07-15", value("cast(make_date(-1, 7, 15) as string)", ANSI));
        assertEquals("NULL", value("try_cast(1e300 as timestamp)", ANSI));
        assertEquals(
                "TR-303",
                assertThrows(DataException.class, () -> value("cast(1e300 as timestamp)", ANSI))
                        .code());
    }

    @Test
    void wrong_calls_name_the_cure() {
        for (String line : Arrays.asList(
                "hour(5) TR-102",
                "uper('x') TR-103",
                "lpad('x') TR-104",
                "upper('x', 'y') TR-104",
                "transform(array(1), 2) TR-104",
                "cast(date'2024-01-01' as int) TR-105",
                "from_json('{}', 'a innt') TR-106",
                "array('a', interval '1' day) TR-102",
                "array_join(array('a'), 1) TR-102",
                "get_json_object(1, '$.a') TR-102",
                "timestamp_micros(1.5) TR-102",
                "array_append(array('a'), 1) TR-102",
                "array_contains(array(1), 'a') TR-102",
                "sort_array(array(1), rand() < 2) TR-102",
                "array(named_struct('a', 1), named_struct('b', 1)) TR-102",
                "sum(1) TR-109",
                "named_struct('a', 1).b TR-110",
                "array(1) + 1 TR-102")) {
            int at = line.lastIndexOf(' ');
            var e = assertThrows(PlanException.class, () -> value(line.substring(0, at), ANSI), line);
            assertEquals(line.substring(at + 1), e.code(), line);
        }
        var e = assertThrows(PlanException.class, () -> value("hour(5)", ANSI));
        assertEquals("""
                TR-102 'hour' needs a timestamp or timestamp_ntz, not int
                  in    test("hour(5)")
                                   ^
                  fix   hour(time timestamp|timestamp_ntz) -> int""", e.getMessage());
    }
}
