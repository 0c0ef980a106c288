package org.tailrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final SinkSpec SINK = new SinkSpec("memory", "memory(out)", Map.of(), null);

    private final Queries queries =
            new Queries().stream("m", "k string, v bigint, ts timestamp", "ts").bounded("dim", "k string, w int");

    private List<String> of(String sql) {
        return Fingerprint.of(queries.resolve(sql), SINK);
    }

    @Test
    void it_names_sources_sink_and_the_shape_of_each_state() {
        assertEquals(
                List.of(
                        "source memory memory(m)",
                        "sink memory",
                        "groups by window struct<start:timestamp,end:timestamp> event time, k string; window tumbling 600000000"
                                + " from 0; values count(int) bigint, sum(bigint) bigint"),
                of(
                        "select window.start as ws, k, count(*) as n, sum(v) as s from m group by window(ts, '10 minutes'), k"));
    }

    @Test
    void filters_projections_aliases_and_static_tables_may_change() {
        List<String> before = of("select k, count(*) as n from m group by k");
        assertEquals(
                before, of("select count(*) + 1 as more, k as name from m where v > 1 group by k having count(*) > 2"));
        assertEquals(before, of("select m.k, count(*) from m join dim on m.k = dim.k group by m.k"));
        assertEquals(of("select k from m"), of("select k, v * 2 as v2 from m where v > 3"));
    }

    @Test
    void keys_aggregates_and_operators_may_not() {
        List<String> before = of("select k, count(*) as n from m group by k");
        assertNotEquals(before, of("select v, count(*) as n from m group by v"));
        assertNotEquals(before, of("select k, max(v) as n from m group by k"));
        assertNotEquals(before, of("select k, count(*) as n, max(v) from m group by k"));
        assertNotEquals(before, of("select k from m"));
    }

    @Test
    void a_file_sink_counts_with_its_path() {
        var plan = queries.resolve("select k from m");
        var file = new SinkSpec("json", "json(out/a)", Map.of(), null);
        assertEquals("sink json(out/a)", Fingerprint.of(plan, file).get(1));
    }

    @Test
    void a_difference_names_the_lines_that_differ() {
        assertEquals(
                "was: groups by k string; values count(int) bigint\nis:  groups by v bigint; values count(int) bigint",
                Fingerprint.difference(
                        of("select k, count(*) from m group by k"), of("select v, count(*) from m group by v")));
        assertEquals(
                "new: groups by k string; values none",
                Fingerprint.difference(of("select k from m"), of("select distinct k from m")));
        assertEquals("", Fingerprint.difference(of("select k from m"), of("select v from m")));
    }
}
