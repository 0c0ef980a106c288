package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.text.DdlParser;
import org.tailrace.data.text.TextRules;

/** Lines of JSON that need no parser are read as the parser reads them, and all others by it. */
class PlainJsonTest {
    private static final Schema SCHEMA = DdlParser.schema(
            "id bigint, name string, price double, small int, tiny tinyint, weight float, good boolean,"
                    + " at timestamp, day date");
    private static final String[] VALUES = {
        "1",
        "-1",
        "0",
        "-0",
        "01",
        "+1",
        "1.0",
        "1.",
        ".5",
        "1e3",
        "1E-2",
        "1e",
        "300",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "123456789012345678901234567890",
        "NaN",
        "Infinity",
        "true",
        "false",
        "null",
        "nul",
        "truex",
        "\"\"",
        "\"plain\"",
        "\"umlaut ü and € and 😀\"",
        "\"tab\\tescaped\"",
        "\"tab\tnot\"",
        "\"quote \\\" in\"",
        "\"\\ud800\"",
        "\"2024-02-29\"",
        "\"2024-02-29T12:34:56.789Z\"",
        "\"2024-02-30\"",
        "\" 2024-02-29 \"",
        "\"2024-02-29 12:00:00+02:00\"",
        "\"2024-02-29T12:34:56Z\"",
        "\"2024-02-29T12:34:56.Z\"",
        "\"2024-02-29T12:34:56.1234567Z\"",
        "\"2024-02-29T12:34:56.12x4Z\"",
        "\"2024-02-29T24:34:56.1Z\"",
        "\"2024-02-30T12:34:56.789Z\"",
        "\"2024-13-29T1:34:56.789Z\"",
        "\"1969-12-31T23:59:59.999999Z\"",
        "\"1.5\"",
        "\"7\"",
        "{}",
        "{\"x\":1}",
        "[1,2]",
        "\"seventeen bytes, and then some more of them\"",
        "1700000000",
        "\"\u007f\"",
        ""
    };
    private static final String[] NAMES = {
        "id", "name", "price", "small", "tiny", "weight", "good", "at", "day", "other", "n\\u0061me", "NAME", ""
    };

    /** What a reader makes of bytes, with every position and every reason. */
    private static List<String> read(byte[] bytes, int atOnce, @Nullable PlainJson plain) throws IOException {
        var found = new ArrayList<String>();
        var rows = new BatchBuilder(SCHEMA);
        try (var reader = new JsonLinesReader(
                new Lines(new ByteArrayInputStream(bytes), "f"),
                TextRules.ISO,
                SCHEMA,
                (position, raw, reason) -> found.add("bad " + position + " " + raw + " " + reason),
                plain)) {
            boolean more = true;
            while (more) {
                more = reader.read(rows, atOnce);
                rows.build().rows().forEach(row -> found.add(String.valueOf(row.values())));
            }
        }
        // Bad ones are told as they are met and rows as they are built, which depends on how many are asked for at
        // once.
        found.sort(null);
        return found;
    }

    @Test
    void every_line_is_read_as_the_parser_reads_it_whatever_its_bytes() throws IOException {
        var random = new Random(11);
        int bad = 0;
        int good = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bytes = lines(random);
            int atOnce = 1 + random.nextInt(5);
            List<String> expected = read(bytes, atOnce, null);
            List<String> found = read(bytes, atOnce, PlainJson.of(SCHEMA, TextRules.ISO));
            assertEquals(expected.size(), found.size());
            assertEquals(without(found, expected), without(expected, found));
            long bads = expected.stream().filter(line -> line.startsWith("bad")).count();
            bad += bads;
            good += expected.size() - bads;
        }
        assertTrue(bad > 500 && good > 500, bad + " bad and " + good + " good");
    }

    private static List<String> without(List<String> some, List<String> others) {
        return some.stream().filter(line -> !others.contains(line)).toList();
    }

    private static byte[] lines(Random random) {
        var out = new ByteArrayOutputStream();
        for (int line = random.nextInt(30); line >= 0; line--) {
            byte[] text = (random.nextInt(3) == 0 ? object(random) : usual(random)).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(12) == 0 && text.length > 0) {
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
            out.writeBytes(text);
            out.writeBytes((random.nextInt(5) == 0 ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static String usual(Random random) {
        return "{\"id\":" + random.nextLong() + ",\"name\":\"n" + random.nextInt() + "é\", \"price\" : "
                + random.nextDouble() + ",\"small\":" + random.nextInt() + ",\"tiny\":" + (random.nextInt(256) - 128)
                + ",\"weight\":1.5e1,\"good\":" + random.nextBoolean()
                + ",\"at\":\"2024-05-06T07:08:09.123Z\",\"day\":\"2024-05-06\"}";
    }

    private static String object(Random random) {
        var text = new StringBuilder(random.nextInt(20) == 0 ? "" : "{");
        int fields = random.nextInt(5);
        for (int i = 0; i < fields; i++) {
            text.append(i > 0 ? "," : "")
                    .append(" ".repeat(random.nextInt(2)))
                    .append('"')
                    .append(NAMES[random.nextInt(NAMES.length)])
                    .append("\":")
                    .append(" ".repeat(random.nextInt(2)))
                    .append(VALUES[random.nextInt(VALUES.length)]);
        }
        return text.append(random.nextInt(20) == 0 ? "" : "}")
                .append(random.nextInt(15) == 0 ? " x" : "")
                .append(" ".repeat(random.nextInt(2)))
                .toString();
    }

    @Test
    void the_usual_line_needs_no_parser_and_an_escape_does() {
        PlainJson plain = PlainJson.of(SCHEMA, TextRules.ISO);
        assertTrue(plain != null && append(plain, usual(new Random(1))));
        assertTrue(append(plain, "{\"day\":null,\"other\":\"x\",\"id\":7}"));
        assertFalse(append(plain, "{\"name\":\"a\\nb\"}"));
        assertFalse(append(plain, "{\"id\":7"));
    }

    private static boolean append(PlainJson plain, String line) {
        var rows = new BatchBuilder(SCHEMA);
        var vectors = new Vector[SCHEMA.size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = rows.vector(i);
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return plain.append(bytes, 0, bytes.length, vectors, 0);
    }

    @Test
    void columns_that_are_not_scalar_or_have_rules_of_their_own_go_the_long_way() {
        assertNull(PlainJson.of(DdlParser.schema("id bigint, tags array<string>"), TextRules.ISO));
        assertNull(PlainJson.of(DdlParser.schema("price decimal(10, 2)"), TextRules.ISO));
    }
}
