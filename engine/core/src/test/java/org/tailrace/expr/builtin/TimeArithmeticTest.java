package org.tailrace.expr.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Values;

class TimeArithmeticTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final long HOUR = 3_600_000_000L;

    private static String add(String time, long micros) {
        return Values.instant(TimeArithmetic.addDayTime(Values.micros(Instant.parse(time)), micros, NEW_YORK))
                .toString();
    }

    @Test
    void whole_days_follow_the_wall_clock_and_the_rest_is_time_that_passes() {
        assertEquals("2024-03-11T05:30:00Z", add("2024-03-10T06:30:00Z", 24 * HOUR));
        assertEquals("2024-03-11T06:30:00Z", add("2024-03-10T06:30:00Z", 25 * HOUR));
        assertEquals("2024-03-11T05:30:00Z", add("2024-03-10T06:30:00Z", 23 * HOUR));
        assertEquals("2024-11-02T05:30:00Z", add("2024-11-03T06:30:00Z", -24 * HOUR));
        assertEquals("2024-11-03T06:30:00Z", add("2024-11-04T06:30:00Z", -24 * HOUR));
    }
}
