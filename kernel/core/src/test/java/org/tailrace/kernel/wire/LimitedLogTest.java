package org.tailrace.kernel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LimitedLogTest {

    @Test
    void five_lines_pass_in_ten_seconds_and_the_rest_is_counted() {
        var lines = new ArrayList<String>();
        var log = new LimitedLog(lines::add);
        for (int i = 0; i < 100; i++) {
            log.accept("line " + i, TimeUnit.SECONDS.toNanos(1) + i);
        }
        assertEquals(List.of("line 0", "line 1", "line 2", "line 3", "line 4"), lines);
        log.accept("later", TimeUnit.SECONDS.toNanos(11));
        assertEquals(List.of("… 95 more like these", "later"), lines.subList(5, lines.size()));
    }
}
