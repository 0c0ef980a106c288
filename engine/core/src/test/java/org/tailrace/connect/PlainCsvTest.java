package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records before the first quote are read as the parser reads them, and the parser goes on where they end. */
class PlainCsvTest {
    private static final String SCHEMA =
            "id bigint, name string, price double, small int, good boolean, at timestamp, day date";
    private static final String[] VALUES = {
        "",
        " ",
        "1",
        "-1",
        "+1",
        " 7 ",
        "1.0",
        ".5",
        "1e3",
        "1d",
        "0x1p3",
        "NaN",
        "Infinity",
        "2147483648",
        "9223372036854775808",
        "true",
        "TRUE",
        "no",
        "plain",
        "ü€😀",
        "tab\there",
        "\"quoted\"",
        "\"a,b\"",
        "\"two\nlines\"",
        "half\"quoted",
        "cr\rinside",
        "2024-02-29",
        "2024-02-30",
        "2024-02-29T12:34:56.789Z",
        " 2024-02-29",
        "\u007f",
        "seventeen bytes, and then some"
    };

    @Test
    void every_record_is_read_as_the_parser_reads_it_whatever_its_bytes() {
        var random = new Random(17);
        int bad = 0;
        int good = 0;
        for (int i = 0; i < 600; i++) {
            byte[] bytes = records(random, i % 2 == 0);
            int atOnce = 1 + random.nextInt(5);
            String trim = String.valueOf(i % 3 == 0);
            // A file in which there could be comments is left to the parser; the character occurs in none.
            var parsed =
                    FormatReading.of("csv", SCHEMA, bytes, atOnce, "comment", "^", "ignoreLeadingWhiteSpace", trim);
            var found = FormatReading.of("csv", SCHEMA, bytes, atOnce, "ignoreLeadingWhiteSpace", trim);
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertEquals(parsed.rows, found.rows, text);
            assertEquals(parsed.bad, found.bad, text);
            assertEquals(parsed.raw, found.raw, text);
            bad += parsed.bad.size();
            good += parsed.rows.size();
        }
        assertTrue(bad > 500 && good > 500, bad + " bad and " + good + " good");
    }

    @Test
    void an_empty_line_has_no_field_of_a_single_column_either() {
        byte[] bytes = "a\n\nb\n".getBytes(StandardCharsets.UTF_8);
        var parsed = FormatReading.of("csv", "x string", bytes, 5, "comment", "^");
        var found = FormatReading.of("csv", "x string", bytes, 5);
        assertEquals(parsed.rows, found.rows);
        assertEquals(parsed.bad, found.bad);
    }

    private static byte[] records(Random random, boolean quotes) {
        var out = new ByteArrayOutputStream();
        if (random.nextInt(3) == 0) {
            out.writeBytes("id,name,price,small,good,at,day\n".getBytes(StandardCharsets.UTF_8));
        }
        for (int line = random.nextInt(30); line >= 0; line--) {
            String record = random.nextInt(3) == 0 ? wild(random, quotes) : usual(random);
            byte[] text = record.getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(12) == 0 && text.length > 0) {
                text[random.nextInt(text.length)] = (byte) mutation(random);
            }
            out.writeBytes(text);
            out.writeBytes((random.nextInt(5) == 0 ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static int mutation(Random random) {
        int b = random.nextInt(256);
        return b == '^' ? 'x' : b;
    }

    private static String usual(Random random) {
        return random.nextLong() + ",n" + random.nextInt() + "é," + random.nextDouble() + "," + random.nextInt() + ","
                + random.nextBoolean() + ",2024-05-06T07:08:09.123Z,2024-05-06";
    }

    private static String wild(Random random, boolean quotes) {
        var text = new StringBuilder();
        int fields = random.nextInt(9);
        for (int i = 0; i < fields; i++) {
            String value = VALUES[random.nextInt(VALUES.length)];
            text.append(i > 0 ? "," : "").append(quotes || !value.contains("\"") ? value : "x");
        }
        return text.toString();
    }
}
