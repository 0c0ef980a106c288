package org.tailrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void counts_are_grouped() {
        assertEquals("1,284", Numbers.count(1284));
        assertEquals("−9,223,372,036,854,775,808", Numbers.count(Long.MIN_VALUE));
    }

    @Test
    void doubles_show_two_decimals_or_three_digits() {
        assertEquals("167.14", Numbers.real(167.1389));
        assertEquals("0.00", Numbers.real(0));
        assertEquals("1.23E-7", Numbers.real(1.234e-7));
        assertEquals("−2.5E20", Numbers.real(-2.5e20));
        assertEquals("NaN", Numbers.real(Double.NaN));
        assertEquals("−∞", Numbers.real(Double.NEGATIVE_INFINITY));
    }

    @Test
    void rates_bytes_and_durations_read_as_people_write_them() {
        assertEquals("5.5 k", Numbers.rate(5500));
        assertEquals("8 k", Numbers.rate(8000));
        assertEquals("1.2 M", Numbers.rate(1_234_000));
        assertEquals("403 KB", Numbers.bytes(412_672));
        assertEquals("679 ms", Numbers.duration(679));
        assertEquals("12.3 s", Numbers.duration(12_300));
        assertEquals("3 min 20 s", Numbers.duration(200_000));
        assertEquals("2 h", Numbers.duration(7_200_000));
    }

    @Test
    void windows_drop_what_they_share() {
        var times = new Times(ZoneOffset.UTC);
        long at = Instant.parse("2024-05-01T12:01:50Z").toEpochMilli();
        assertEquals("12:01:50–12:02:00", times.span(at, at + 10_000, false));
        long hour = Instant.parse("2024-05-01T12:00:00Z").toEpochMilli();
        assertEquals("2024-05-01 12:00–13:00", times.span(hour, hour + 3_600_000, true));
        long day = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
        assertEquals("2024-05-01", times.span(day, day + 86_400_000, false));
    }

    @Test
    void axis_reaches_a_round_number_above_the_largest_value() {
        Axis axis = Axis.of(0, 119, 3, 0, 100);
        assertEquals(150, axis.high());
        assertEquals(100, axis.y(0));
        assertEquals(0, axis.y(150));
    }
}
