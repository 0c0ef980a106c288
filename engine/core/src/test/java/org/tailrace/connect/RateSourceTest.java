package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Providers;
import org.tailrace.spi.Source;

class RateSourceTest {
    private static final Schema NONE = new Schema(List.of());
    private final ManualClock clock = new ManualClock(5_000);

    private Source open(String kind, Map<String, String> options) throws Exception {
        var provider = Providers.source(kind, getClass().getClassLoader());
        var env = clock.environment();
        return provider.open(provider.describe(kind, options, NONE, true, env), env);
    }

    @Test
    void rows_come_when_they_are_due_with_the_time_at_which_they_were() throws Exception {
        Source source = open("rate", Map.of("rowspersecond", "2"));
        assertTrue(source.plan(null, Source.Limit.NONE).isEmpty());
        clock.nowMs = 6_550;
        Offset to = source.plan(null, Source.Limit.NONE).orElseThrow();
        assertEquals(
                List.of(
                        List.of(Instant.ofEpochMilli(5_000), 0L),
                        List.of(Instant.ofEpochMilli(5_500), 1L),
                        List.of(Instant.ofEpochMilli(6_000), 2L)),
                Reading.rows(source, null, to));
        assertTrue(source.plan(to, Source.Limit.NONE).isEmpty());
        clock.nowMs = 7_000;
        Offset next = source.plan(to, Source.Limit.NONE).orElseThrow();
        assertEquals(List.of(List.of(Instant.ofEpochMilli(6_500), 3L)), Reading.rows(source, to, next));
    }

    @Test
    void a_restored_source_goes_on_from_its_first_start() throws Exception {
        clock.nowMs = 60_000;
        Source source = open("rate", Map.of("rowspersecond", "1"));
        Offset from = source.offset("[50000,4]");
        Offset to = source.plan(from, Source.Limit.NONE).orElseThrow();
        assertEquals("[50000,10]", to.json());
        assertEquals(
                List.of(Instant.ofEpochMilli(54_000), 4L),
                Reading.rows(source, from, to).get(0));
    }

    @Test
    void the_rate_ramps_up_and_times_never_go_back() throws Exception {
        Source source = open("rate", Map.of("rowspersecond", "100", "rampuptime", "4s"));
        clock.nowMs = 5_000 + 2_000;
        assertEquals(
                "[5000,50]", source.plan(null, Source.Limit.NONE).orElseThrow().json());
        clock.nowMs = 5_000 + 6_000;
        Offset to = source.plan(null, Source.Limit.NONE).orElseThrow();
        assertEquals("[5000,400]", to.json());
        var rows = Reading.rows(source, null, to);
        Instant last = Instant.EPOCH;
        for (var row : rows) {
            Instant time = (Instant) row.get(0);
            assertTrue(!time.isBefore(last) && time.isBefore(Instant.ofEpochMilli(11_000)), time.toString());
            last = time;
        }
    }

    @Test
    void a_limit_cuts_the_range() throws Exception {
        Source source = open("rate", Map.of("rowspersecond", "1000000"));
        clock.nowMs = 6_000;
        Offset to = source.plan(null, new Source.Limit(70_000)).orElseThrow();
        assertEquals("[5000,70000]", to.json());
        assertEquals(70_000, Reading.rows(source, null, to).size());
    }

    @Test
    void micro_batches_have_the_same_rows_whatever_the_clock_says() throws Exception {
        Source source = open(
                "rate-micro-batch",
                Map.of("rowsperbatch", "2", "starttimestamp", "1000", "advancemillisperbatch", "50"));
        Offset one = source.plan(null, Source.Limit.NONE).orElseThrow();
        Offset two = source.plan(one, Source.Limit.NONE).orElseThrow();
        var all = new ArrayList<>(Reading.rows(source, null, one));
        all.addAll(Reading.rows(source, one, two));
        assertEquals(
                List.of(
                        List.of(Instant.ofEpochMilli(1000), 0L),
                        List.of(Instant.ofEpochMilli(1000), 1L),
                        List.of(Instant.ofEpochMilli(1050), 2L),
                        List.of(Instant.ofEpochMilli(1050), 3L)),
                all);
        assertEquals(all, Reading.rows(source, null, two));
    }

    @Test
    void wrong_options_are_told_when_the_source_is_made() {
        assertEquals("TR-404", code("rate", Map.of("rowspersecond", "fast")));
        assertEquals("TR-404", code("rate", Map.of("rowspersecond", "0")));
        assertEquals("TR-403", code("rate-micro-batch", Map.of()));
        var unknown = assertThrows(PlanException.class, () -> open("rate", Map.of("rowpersecond", "1")));
        assertEquals("TR-402", unknown.code());
        assertTrue(unknown.getMessage().contains("did you mean 'rowsPerSecond'?"), unknown.getMessage());
        var kind = assertThrows(PlanException.class, () -> open("rte", Map.of()));
        assertEquals("TR-401", kind.code());
        assertTrue(kind.getMessage().contains("did you mean 'rate'?"), kind.getMessage());
    }

    private String code(String kind, Map<String, String> options) {
        return assertThrows(PlanException.class, () -> open(kind, options)).code();
    }
}
