package org.tailrace.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tailrace.kernel.protocol.Interpreter.Progress;

class EstimateTest {

    private static String after(long seconds, long done, long total) {
        var estimate = new Estimate(Optional.of(new Progress(1_000, total)), 0);
        return estimate.text(Optional.of(new Progress(done, total)), TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void the_pace_since_the_wait_began_says_how_long_the_rest_takes() {
        assertEquals(": 50 %, 3,000 / 6,000 rows, about 6 s left", after(4, 3_000, 6_000));
        assertEquals(": 10 %, 2,000 / 20,000 rows, about 9 min left", after(30, 2_000, 20_000));
        assertEquals(": 0 %, 2,000 / 400,000 rows, about 3 h left", after(30, 2_000, 400_000));
        assertEquals(": 99 %, 5,999 / 6,000 rows, about 1 s left", after(4, 5_999, 6_000));
    }

    @Test
    void what_does_not_move_or_is_not_known_gets_no_estimate() {
        assertEquals(": 16 %, 1,000 / 6,000 rows", after(4, 1_000, 6_000));
        assertEquals("", new Estimate(Optional.empty(), 0).text(Optional.empty(), 1));
    }
}
