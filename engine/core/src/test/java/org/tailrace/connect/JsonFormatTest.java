package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.error.PlanException;

class JsonFormatTest {

    private static FormatReading read(String schema, String text, String... options) {
        return FormatReading.of("json", schema, text, options);
    }

    @Test
    void fields_go_by_name_unknown_ones_are_ignored_and_missing_ones_null() {
        var read = read(
                "a bigint, b string",
                "{\"b\":\"x\",\"z\":{\"q\":[1]},\"a\":1}\n\n{\"a\":2}\n{}\n{\"a\":null,\"b\":null}");
        assertEquals(
                List.of(
                        List.of(1L, "x"),
                        Arrays.asList(2L, null),
                        Arrays.asList(null, null),
                        Arrays.asList(null, null)),
                read.rows);
        assertEquals(List.of(), read.bad);
    }

    @Test
    void scalars_of_every_type() {
        var read = read(
                "a boolean, b tinyint, c int, d bigint, e double, f decimal(5,2), g date, h timestamp, i timestamp, j string, k string, l string",
                "{\"a\":true,\"b\":-1,\"c\":7,\"d\":9223372036854775807,\"e\":1,\"f\":1.005,\"g\":\"2024-02-29\","
                        + "\"h\":\"2024-02-29T12:00:00Z\",\"i\":60,\"j\":12.50,\"k\":{\"x\":[1,\"é\"]},\"l\":\"\\u00e9\\n\"}\n");
        assertEquals(List.of(), read.bad);
        assertEquals(
                List.of(
                        true,
                        (byte) -1,
                        7,
                        Long.MAX_VALUE,
                        1.0,
                        new BigDecimal("1.01"),
                        LocalDate.of(2024, 2, 29),
                        Instant.parse("2024-02-29T12:00:00Z"),
                        Instant.ofEpochSecond(60),
                        "12.50",
                        "{\"x\":[1,\"é\"]}",
                        "é\n"),
                read.rows.get(0));
    }

    @Test
    void structs_arrays_and_maps_nest() {
        var read = read(
                "s struct<a:int,b:array<string>>, m map<string,array<int>>",
                "{\"s\":{\"a\":1,\"b\":[\"x\",null]},\"m\":{\"k\":[1,2],\"l\":[]}}\n{\"s\":null,\"m\":null}\n"
                        + "{\"s\":{\"b\":[]},\"m\":{}}\n");
        assertEquals(List.of(), read.bad);
        Schema inner = ((DataType.Struct) DdlParser.type("struct<a:int,b:array<string>>")).fields();
        assertEquals(
                List.of(
                        List.of(
                                new Row(inner, Arrays.asList(1, Arrays.asList("x", null))),
                                Map.of("k", List.of(1, 2), "l", List.of())),
                        Arrays.asList(null, null),
                        List.of(new Row(inner, Arrays.asList(null, List.of())), Map.of())),
                read.rows);
    }

    @Test
    void a_value_of_another_type_makes_a_bad_record_and_leaves_no_trace() {
        var read = read(
                "a int, s struct<b:array<int>>",
                "{\"a\":1,\"s\":{\"b\":[1]}}\n{\"a\":\"2\"}\n{\"a\":3.5}\n{\"a\":3000000000}\n{\"a\":4,\"s\":{\"b\":[1,2,\"x\"]}}\n"
                        + "{\"a\":5,\"s\":7}\n{\"s\":{\"b\":[9]},\"a\":6}\n");
        assertEquals(
                List.of(
                        "f.json line 2: field 'a': it is int and the value is \"2\"",
                        "f.json line 3: field 'a': it is int and the value is 3.5",
                        "f.json line 4: field 'a': it is int and the value is 3000000000",
                        "f.json line 5: field 's': field 'b': it is int and the value is \"x\"",
                        "f.json line 6: field 's': it is struct<b:array<int>> and the value is 7"),
                read.bad);
        assertEquals("[[1, [[1]]], [6, [[9]]]]", read.rows.toString());
    }

    @Test
    void a_line_that_is_no_object_is_bad_and_the_next_is_read() {
        var read = read(
                "a int",
                "{\"a\":1}\n{\"a\":\n{\"a\":2}\nnonsense\n[1]\n7\n{\"a\":3} {\"a\":4}\n{\"a\":5} x\n{\"a\":6},\n\"open\n{\"a\":7}\n{\"a\":8");
        assertEquals(List.of(List.of(1), List.of(2), List.of(7)), read.rows);
        assertEquals(
                List.of("2", "4", "5", "6", "7", "8", "9", "10", "12"),
                read.bad.stream()
                        .map(b -> b.replaceAll("f.json line (\\d+):.*", "$1"))
                        .toList());
        assertEquals("{\"a\":", read.raw.get(0));
    }

    @Test
    void a_key_that_occurs_twice_is_bad_at_any_depth() {
        var read = read(
                "a int, s struct<b:int>, m map<string,int>",
                "{\"a\":1,\"a\":2}\n{\"s\":{\"b\":1,\"b\":1}}\n{\"m\":{\"k\":1,\"k\":2}}\n");
        assertEquals(List.of(), read.rows);
        assertEquals("f.json line 1: the key 'a' occurs twice", read.bad.get(0));
        assertEquals(3, read.bad.size());
    }

    @Test
    void depth_over_a_hundred_is_bad_also_where_nobody_looks() {
        String deep = "{\"z\":" + "[".repeat(200) + "]".repeat(200) + ",\"a\":1}";
        String fine = "{\"z\":" + "[".repeat(90) + "]".repeat(90) + ",\"a\":1}";
        var read = read("a int", deep + "\n" + fine + "\n{\"z\":" + "[".repeat(100_000) + "\n{\"a\":2}\n");
        assertEquals(List.of(List.of(1), List.of(2)), read.rows);
        assertEquals(2, read.bad.size());
    }

    @Test
    void nan_byte_order_mark_nul_and_bad_utf8() {
        byte[] bytes =
                "\uFEFF{\"d\":NaN,\"s\":\"a\"}\n{\"d\":\"-Infinity\",\"s\":\"\\u0000\"}\n\0{\"d\":1}\n{\"d\":2,\"s\":\"?\"}\n{\"d\":3,\"s\":\"é\"}\n"
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '?' ? (byte) 0xC0 : bytes[i];
        }
        var read = FormatReading.of("json", "d double, s string", bytes, 2);
        assertEquals(
                List.of(List.of(Double.NaN, "a"), List.of(Double.NEGATIVE_INFINITY, "\0"), List.of(3.0, "é")),
                read.rows);
        assertEquals(2, read.bad.size());
    }

    @Test
    void a_megabyte_of_text_is_a_value_and_a_line_beyond_sixteen_is_bad() {
        String big = "y".repeat(1 << 20);
        String bigger = "y".repeat(17 << 20);
        var read = read("s string", "{\"s\":\"" + big + "\"}\n{\"s\":\"" + bigger + "\"}\n{\"s\":\"z\"}\n");
        assertEquals(List.of(List.of(big), List.of("z")), read.rows);
        assertEquals(List.of("f.json line 2: the line is longer than 16 MB"), read.bad);
        assertEquals(4096, read.raw.get(0).length());
    }

    @Test
    void F11_rows_and_bad_records_are_all_the_lines_whatever_the_bytes() {
        long seed = Long.getLong("tailrace.seed", 23);
        var random = new Random(seed);
        String[] pieces = {
            "{", "}", "[", "]", "\"a\"", ":", ",", "1", "\"x\"", "null", "{\"a\":1}", "\\", "\"", "é", "\0", "NaN", " "
        };
        for (int round = 0; round < 5000; round++) {
            int lines = 1 + random.nextInt(8);
            var text = new StringBuilder();
            for (int line = 0; line < lines; line++) {
                if (random.nextBoolean()) {
                    text.append("{\"a\":").append(random.nextInt(100)).append('}');
                } else {
                    text.append('{');
                    for (int i = random.nextInt(8); i > 0; i--) {
                        text.append(pieces[random.nextInt(pieces.length)]);
                    }
                }
                text.append('\n');
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(4) == 0) {
                int at = random.nextInt(bytes.length);
                bytes[at] = bytes[at] == '\n' ? (byte) '\n' : (byte) (0x80 + random.nextInt(128));
            }
            var read = FormatReading.of("json", "a int, s string", bytes, 1 + random.nextInt(4));
            assertEquals(lines, read.rows.size() + read.bad.size(), "seed " + seed + " round " + round + "\n" + text);
        }
    }

    @Test
    void what_is_written_reads_back() {
        Schema schema = DdlParser.schema(
                "s string, n bigint, d double, t timestamp, m decimal(30,3), a array<int>, o struct<x:int,y:string>, p map<string,double>");
        Schema inner = ((DataType.Struct) schema.type(6)).fields();
        var random = new Random(5);
        var rows = new java.util.ArrayList<Row>();
        for (int i = 0; i < 200; i++) {
            rows.add(new Row(
                    schema,
                    Arrays.asList(
                            random.nextInt(4) == 0 ? null : "q\"\\\n\té😀" + i,
                            random.nextLong(),
                            random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : random.nextGaussian(),
                            Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L),
                            new BigDecimal(random.nextInt()).setScale(3),
                            random.nextBoolean() ? null : Arrays.asList(1, null, i),
                            new Row(inner, Arrays.asList(i, random.nextBoolean() ? null : "y")),
                            Map.of("k", (double) i))));
        }
        byte[] bytes = new JsonFormat().writer(Map.of(), schema).rows(Batch.of(schema, rows));
        var read = FormatReading.of("json", schema.toString(), bytes, 64);
        assertEquals(List.of(), read.bad);
        assertEquals(rows.stream().map(Row::values).toList(), read.rows);
    }

    @Test
    void one_record_a_line_only() {
        assertEquals(
                "TR-404",
                assertThrows(PlanException.class, () -> read("a int", "", "multiLine", "true"))
                        .code());
        assertTrue(read("a int", "{\"a\":1}\r\n{\"a\":2}\r\n").bad.isEmpty());
    }
}
