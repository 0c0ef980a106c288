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
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.error.PlanException;

class CsvFormatTest {

    private static FormatReading read(String schema, String text, String... options) {
        return FormatReading.of("csv", schema, text, options);
    }

    @Test
    void a_header_names_the_columns_in_any_order_and_case() {
        var read = read("price double, symbol string", "Symbol,qty,price\nACME,3,1.5\nINIT,4,2\n");
        assertEquals(List.of(List.of(1.5, "ACME"), List.of(2.0, "INIT")), read.rows);
        assertEquals(List.of(), read.bad);
    }

    @Test
    void without_a_header_columns_go_by_position() {
        assertEquals(List.of(List.of("a", 1L), List.of("b", 2L)), read("s string, n bigint", "a,1\nb,2").rows);
        assertEquals(
                List.of(List.of("s", "n"), List.of("a", "1")),
                read("s string, n string", "s,n\na,1\n", "header", "false").rows);
    }

    @Test
    void every_type_is_read() {
        var read = read(
                "a boolean, b tinyint, c smallint, d int, e bigint, f float, g double, h decimal(5,2), i date, j timestamp, k binary",
                "true,-128,32767,-2147483648,9223372036854775807,1.5,-2.5e3,123.455,2024-02-29,2024-02-29T12:00:00Z,AQI=\n");
        assertEquals(List.of(), read.bad);
        var row = read.rows.get(0);
        assertEquals(
                List.of(
                        true,
                        (byte) -128,
                        (short) 32767,
                        Integer.MIN_VALUE,
                        Long.MAX_VALUE,
                        1.5f,
                        -2500.0,
                        new BigDecimal("123.46"),
                        LocalDate.of(2024, 2, 29),
                        Instant.parse("2024-02-29T12:00:00Z")),
                row.subList(0, 10));
        assertTrue(Arrays.equals(new byte[] {1, 2}, (byte[]) row.get(10)));
    }

    @Test
    void a_value_that_does_not_fit_makes_a_bad_record_and_leaves_no_trace() {
        var read = read("s string, n int, d double", "a,1,1\nb,x,2\nc,3000000000,3\nd,4,4d\ne,5,5\n");
        assertEquals(List.of(List.of("a", 1, 1.0), List.of("e", 5, 5.0)), read.rows);
        assertEquals(
                List.of(
                        "f.csv line 2: column 'n' is int and the text is \"x\"",
                        "f.csv line 3: column 'n' is int and the text is \"3000000000\"",
                        "f.csv line 4: column 'd' is double and the text is \"4d\""),
                read.bad);
        assertEquals("b,x,2", read.raw.get(0));
    }

    @Test
    void ragged_records_are_bad() {
        var read = read("a int, b int", "a,b\n1\n1,2\n1,2,3\n");
        assertEquals(List.of(List.of(1, 2)), read.rows);
        assertEquals(
                List.of(
                        "f.csv line 2: 1 field where there should be 2",
                        "f.csv line 4: 3 fields where there should be 2"),
                read.bad);
    }

    @Test
    void empty_is_null_and_quoted_empty_is_an_empty_string() {
        var read = read("a string, n int", "a,n\n,\n\"\",\"\"\n");
        assertEquals(Arrays.asList(null, null), read.rows.get(0));
        assertEquals(Arrays.asList("", null), read.rows.get(1));
        assertEquals(
                Arrays.asList("", null),
                read("a string, n int", ",NA\n", "nullValue", "NA").rows.get(0));
    }

    @Test
    void quotes_separators_and_line_ends_in_a_field() {
        var read = read("a string, b string", "a,b\n\"x,\"\"y\"\"\n2\",z\n\"q\",w\n");
        assertEquals(List.of(List.of("x,\"y\"\n2", "z"), List.of("q", "w")), read.rows);
        assertEquals(
                List.of(List.of("x\"y", "\\")),
                read("a string, b string", "a;b\n'x\"y';\\\n", "sep", ";", "quote", "'").rows);
        assertEquals(
                List.of(List.of("say \"hi\", \\", "n")),
                read("a string, b string", "\"say \\\"hi\\\", \\\\\",n\n", "escape", "\\").rows);
    }

    @Test
    void patterns_and_a_zone_for_times() {
        var read = read(
                "d date, t timestamp, u timestamp",
                "31/12/2023,01/02/2024 10:30,x\n31/12/2023,01/02/2024 10:30,01/02/2024 00:00\n",
                "dateFormat",
                "dd/MM/yyyy",
                "timestampFormat",
                "dd/MM/yyyy HH:mm",
                "timeZone",
                "Europe/Paris");
        assertEquals(
                List.of(List.of(
                        LocalDate.of(2023, 12, 31),
                        Instant.parse("2024-02-01T09:30:00Z"),
                        Instant.parse("2024-01-31T23:00:00Z"))),
                read.rows);
        assertEquals(1, read.bad.size());
    }

    @Test
    void nan_and_infinities_are_doubles() {
        var read = read("d double", "NaN\nInfinity\n-Infinity\n-Inf\nnano\n");
        assertEquals(
                List.of(
                        List.of(Double.NaN),
                        List.of(Double.POSITIVE_INFINITY),
                        List.of(Double.NEGATIVE_INFINITY),
                        List.of(Double.NEGATIVE_INFINITY)),
                read.rows);
        assertEquals(1, read.bad.size());
    }

    @Test
    void a_byte_order_mark_is_skipped_and_bad_utf8_is_a_bad_record() {
        byte[] bytes = "\uFEFFa,b\nü€😀,1\nx?y,2\nz\0z,3\n".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '?' ? (byte) 0xFF : bytes[i];
        }
        var read = FormatReading.of("csv", "a string, b int", bytes, 2);
        assertEquals(List.of(List.of("ü€😀", 1), List.of("z\0z", 3)), read.rows);
        assertEquals(List.of("f.csv line 3: column 'a' holds bytes that are not UTF-8"), read.bad);
        assertEquals("x\\xFFy,2", read.raw.get(0));
    }

    @Test
    void a_field_of_a_megabyte_is_read_and_a_bad_one_is_shown_cut() {
        String big = "x".repeat(1 << 20);
        var read = read("a string, n int", "a,n\n" + big + ",1\n" + big + ",y\nb,2\n");
        assertEquals(List.of(List.of(big, 1), List.of("b", 2)), read.rows);
        assertEquals(4096, read.raw.get(0).length());
    }

    @Test
    void a_quote_that_is_never_closed_ends_the_file_not_the_query() {
        var read = read("a string, n int", "a,n\nb,1\n\"c,2\n" + "d,3\n".repeat(5_000_000));
        assertEquals(List.of(List.of("b", 1)), read.rows);
        assertEquals(1, read.bad.size());
        assertTrue(read.bad.get(0).startsWith("f.csv line 3: a quote is never closed"), read.bad.get(0));
    }

    @Test
    void a_header_that_lacks_a_column_makes_every_record_bad() {
        var read = read("a int, b int", "a,c\n1,2\n3,4\n", "header", "true");
        assertEquals(List.of(), read.rows);
        assertEquals(
                List.of(
                        "f.csv line 2: the file's header has no column 'b'",
                        "f.csv line 3: the file's header has no column 'b'"),
                read.bad);
    }

    @Test
    void F11_rows_and_bad_records_are_all_the_records_whatever_the_bytes() {
        long seed = Long.getLong("tailrace.seed", 17);
        var random = new Random(seed);
        String alphabet = "ab1.-,,,\"é\0 ";
        for (int round = 0; round < 2000; round++) {
            int lines = 1 + random.nextInt(8);
            var text = new StringBuilder();
            for (int line = 0; line < lines; line++) {
                text.append('x');
                for (int i = random.nextInt(12); i > 0; i--) {
                    char c = alphabet.charAt(random.nextInt(alphabet.length()));
                    text.append(c == '"' ? '\'' : c);
                }
                text.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(4); i > 0; i--) {
                int at = random.nextInt(bytes.length);
                bytes[at] = bytes[at] == '\n' || bytes[at] == '\r' ? bytes[at] : (byte) (0x80 + random.nextInt(128));
            }
            var read = FormatReading.of("csv", "s string, n double", bytes, 1 + random.nextInt(4));
            assertEquals(lines, read.rows.size() + read.bad.size(), "seed " + seed + " round " + round);
        }
    }

    @Test
    void what_is_written_reads_back() {
        Schema schema =
                DdlParser.schema("s string, n bigint, d double, t timestamp, m decimal(20,3), b boolean, y date");
        var random = new Random(3);
        var rows = new java.util.ArrayList<Row>();
        String[] texts = {"plain", "a,b", "say \"x\"", "two\nlines", "", " edge ", "é😀", "\\"};
        for (int i = 0; i < 200; i++) {
            rows.add(new Row(
                    schema,
                    Arrays.asList(
                            random.nextInt(5) == 0 ? null : texts[random.nextInt(texts.length)],
                            random.nextInt(5) == 0 ? null : random.nextLong(),
                            random.nextBoolean() ? Double.NaN : random.nextGaussian() * 1e9,
                            Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L),
                            new BigDecimal(random.nextInt()).setScale(3),
                            random.nextBoolean(),
                            LocalDate.ofEpochDay(random.nextInt(50_000)))));
        }
        for (Map<String, String> options : List.of(Map.<String, String>of(), Map.of("sep", "\t", "escape", "\\"))) {
            var writer = new CsvFormat().writer(options, schema);
            byte[] head = writer.head();
            byte[] body = writer.rows(Batch.of(schema, rows));
            byte[] all = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            String[] given = options.entrySet().stream()
                    .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                    .toArray(String[]::new);
            var read = FormatReading.of("csv", schema.toString(), all, 50, given);
            assertEquals(List.of(), read.bad);
            assertEquals(rows.stream().map(Row::values).toList(), read.rows);
        }
    }

    @Test
    void wrong_options_and_schemas_are_told_at_once() {
        assertEquals("TR-408", code(""));
        assertEquals("TR-409", code("a array<int>"));
        assertEquals("TR-404", code("a int", "mode", "lenient"));
        assertEquals("TR-404", code("a int", "sep", "ab"));
        assertEquals("TR-404", code("a int", "dateFormat", "jjj"));
        assertEquals("TR-404", code("a int", "timeZone", "Mars/One"));
        assertEquals("TR-404", code("a int", "encoding", "latin1"));
    }

    private static String code(String schema, String... options) {
        return assertThrows(PlanException.class, () -> {
                    if (schema.isEmpty()) {
                        new CsvFormat().check(Map.of(), new Schema(List.of()));
                    }
                    read(schema, "", options);
                })
                .code();
    }
}
