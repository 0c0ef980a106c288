package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextFormatTest {
    @Test
    void every_line_is_a_value() {
        assertEquals(
                List.of(List.of("a"), List.of(""), List.of("b c"), List.of("last")),
                FormatReading.of("text", "value string", "\uFEFFa\n\nb c\r\nlast").rows);
        assertEquals(List.of(), FormatReading.of("text", "value string", "").rows);
    }

    @Test
    void a_line_of_other_bytes_is_bad() {
        byte[] bytes = "a\nb?\nc\n".getBytes(StandardCharsets.UTF_8);
        bytes[3] = (byte) 0xE9;
        var read = FormatReading.of("text", "value string", bytes, 10);
        assertEquals(List.of(List.of("a"), List.of("c")), read.rows);
        assertEquals(List.of("f.text line 2: it holds bytes that are not UTF-8"), read.bad);
    }

    @Test
    void lines_longer_than_the_buffer_and_beyond_the_limit() {
        String big = "z".repeat(200_000);
        var read = FormatReading.of("text", "value string", big + "\n" + "z".repeat(17 << 20) + "\nend\n");
        assertEquals(List.of(List.of(big), List.of("end")), read.rows);
        assertEquals(List.of("f.text line 2: the line is longer than 16 MB"), read.bad);
    }
}
