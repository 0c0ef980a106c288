package org.tailrace.data.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Values;
import org.tailrace.error.PlanException;

class TimeTextTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @Test
    void intervals_are_sums_of_numbers_and_units() {
        assertEquals(new Interval(0, 0, 60_000_000L), IntervalText.parse("1 minute"));
        assertEquals(new Interval(0, 0, 300_000_000L), IntervalText.parse("INTERVAL 5 Minutes"));
        assertEquals(new Interval(0, 1, 7_200_000_000L), IntervalText.parse(" 1 day  2 hours "));
        assertEquals(new Interval(14, 0, 0), IntervalText.parse("1 year 2 months"));
        assertEquals(new Interval(-1, 14, 1), IntervalText.parse("-1 month 2 weeks 1 microsecond"));
        assertEquals(new Interval(0, 0, -1_500_000L), IntervalText.parse("-1.5 seconds"));
        assertEquals(new Interval(0, 0, -1_500_000L), IntervalText.parse("- 1.5 seconds"));
        assertEquals(new Interval(0, 0, 123_456L), IntervalText.parse(".123456789 second"));
    }

    @Test
    void what_is_no_interval_is_refused_with_the_likely_unit() {
        for (String text :
                List.of("", "minute", "1", "1 fortnight", "1minute", "1.5 minutes", "10", "1 minute,", "interval")) {
            var e = assertThrows(PlanException.class, () -> IntervalText.parse(text), text);
            assertEquals("TR-107", e.code());
        }
        assertTrue(IntervalText.problem("10 secnds").fix().contains("'seconds'"));
        assertTrue(IntervalText.problem("5 min").fix().contains("'minutes'"));
    }

    @Test
    void a_month_of_a_watermark_has_31_days() {
        assertEquals(31 * Interval.MICROS_PER_DAY, IntervalText.parse("1 month").toMicros(31));
    }

    @Test
    void dates_have_one_to_three_parts() {
        assertEquals(LocalDate.of(2024, 2, 29), date("2024-2-29"));
        assertEquals(LocalDate.of(2024, 1, 1), date(" 2024 "));
        assertEquals(LocalDate.of(2024, 3, 1), date("2024-03"));
        assertEquals(LocalDate.of(2024, 3, 9), date("2024-03-09T anything"));
        assertEquals(LocalDate.of(99999, 1, 1), date("99999"));
        assertEquals(LocalDate.of(-44, 3, 15), date("-0044-03-15"));
        for (String text :
                List.of("", "24-01-01", "2023-02-29", "2024-13-01", "2024-1-1x", "2024/01/01", "20240101x")) {
            assertEquals(DateText.INVALID, DateText.parse(text), text);
        }
    }

    private static LocalDate date(String text) {
        return LocalDate.ofEpochDay(DateText.parse(text));
    }

    @Test
    void days_agree_with_the_calendar_of_java() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            LocalDate date = LocalDate.ofEpochDay(random.nextInt(4_000_000) - 2_000_000);
            assertEquals(date.toEpochDay(), DateText.days(date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
        }
    }

    @Test
    void timestamps_take_zones_and_fractions() {
        assertEquals("2024-03-10T07:00:00Z", instant("2024-03-10 03:00:00", NEW_YORK));
        assertEquals("2024-03-10T07:30:00Z", instant("2024-03-10 02:30:00", NEW_YORK));
        assertEquals("2024-11-03T05:30:00Z", instant("2024-11-03 01:30:00", NEW_YORK));
        assertEquals("2024-01-01T11:00:00Z", instant("2024-01-01T12:00+01:00", NEW_YORK));
        assertEquals("2024-01-01T11:00:00Z", instant("2024-01-01 12:00:00.0 +1", NEW_YORK));
        assertEquals("2024-01-01T11:00:00.123456Z", instant("2024-01-01 12:00:00.123456789Europe/Paris", NEW_YORK));
        assertEquals("2024-01-01T12:00:01.500Z", instant("2024-1-1 12:0:1.5Z", NEW_YORK));
        assertEquals("2024-01-01T05:00:00Z", instant("2024-01-01", NEW_YORK));
        assertEquals("2024-01-01T10:00:00Z", instant("2024-01-01 12:00:00 UTC+2", NEW_YORK));
        for (String text : List.of(
                "",
                "x",
                "2024-01-01 24:00:00",
                "2024-01-01 12",
                "2024-01-01 12:00:61",
                "2024-01-01 12:00:00 Nowhere/X")) {
            assertEquals(TimestampText.INVALID, TimestampText.parse(text, ZoneOffset.UTC), text);
        }
    }

    private static String instant(String text, ZoneId zone) {
        return Values.instant(TimestampText.parse(text, zone)).toString();
    }

    @Test
    void a_printed_timestamp_reads_back() {
        var random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            long micros = random.nextLong() >> 13;
            String text = TimestampText.print(micros, ZoneOffset.UTC);
            assertEquals(micros, TimestampText.parse(text, ZoneOffset.UTC), text);
        }
        assertEquals(
                "2024-03-10 03:00:00",
                TimestampText.print(Values.micros(Instant.parse("2024-03-10T07:00:00Z")), NEW_YORK));
        assertEquals("1969-12-31 23:59:59.9", TimestampText.printLocal(-100_000L));
    }

    @Test
    void wall_and_instant_agree_with_java() {
        var random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            long micros = random.nextLong() >> 14;
            LocalDateTime wall = LocalDateTime.ofInstant(Values.instant(micros), NEW_YORK);
            assertEquals(
                    Values.toLong(org.tailrace.data.DataType.TIMESTAMP_NTZ, wall),
                    TimestampText.toWall(micros, NEW_YORK));
            long back = TimestampText.toInstant(TimestampText.toWall(micros, NEW_YORK), NEW_YORK);
            assertEquals(Values.micros(wall.atZone(NEW_YORK).toInstant()), back);
        }
    }
}
