package org.tailrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.Dsl.files;
import static org.tailrace.Dsl.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tailrace.error.PlanException;

/** Each refusal of a query on a stream says why, and what to do instead; whoever does that sees the query start. */
class CuresTest {
    private static final String E = "(select * from e watermark ts delay of interval 5 minutes)";
    private static final String F = "(select * from f watermark rs delay of interval 5 minutes)";
    private static final String WINDOW = "select window, count(*) as n from " + E + " group by window(ts, '1 minute')";
    private static final String PAIRS = " on l.k = r.k and rs between ts and ts + interval 15 minutes";

    /** @param cured what the refusal's advice makes of it, in its mode */
    private record Case(String code, String sql, String mode, String cured, String curedMode) {}

    private static final List<Case> CASES = List.of(
            new Case("TR-202", "select k from e", "complete", "select k, count(*) from e group by k", "complete"),
            new Case("TR-202", "select k from e", "complete", "select k from e", "append"),
            new Case(
                    "TR-203",
                    "select k, count(*) from " + E + " group by session_window(ts, '1 minute'), k",
                    "update",
                    "select k, count(*) from " + E + " group by session_window(ts, '1 minute'), k",
                    "append"),
            new Case(
                    "TR-203",
                    "select k, count(*) from " + E + " group by session_window(ts, '1 minute'), k",
                    "update",
                    "select k, count(*) from " + E + " group by session_window(ts, '1 minute'), k",
                    "complete"),
            new Case(
                    "TR-204",
                    "select k, count(*) from e group by k",
                    "append",
                    "select k, count(*) from e group by k",
                    "update"),
            new Case(
                    "TR-204",
                    "select k, count(*) from e group by k",
                    "append",
                    "select k, count(*) from e group by k",
                    "complete"),
            new Case("TR-204", "select k, count(*) from e group by k", "append", WINDOW, "append"),
            new Case("TR-204", "select count(*) from e group by window(ts, '1 minute')", "append", WINDOW, "append"),
            new Case("TR-204", "select k, count(*) from " + E + " group by k", "append", WINDOW, "append"),
            new Case("TR-205", "select k from e order by k", "append", "select k from e", "append"),
            new Case(
                    "TR-205",
                    "select k, count(*) as n from e group by k order by n",
                    "update",
                    "select k, count(*) as n from e group by k order by n",
                    "complete"),
            new Case("TR-206", "select k from e limit 2", "update", "select k from e limit 2", "append"),
            new Case(
                    "TR-206",
                    "select k from e limit 2",
                    "update",
                    "select k, count(*) as n from e group by k order by n desc limit 2",
                    "complete"),
            new Case("TR-207", "select k from e offset 2", "append", "select k from e where v > 2", "append"),
            new Case(
                    "TR-208",
                    "select k from e intersect select k from d",
                    "append",
                    "select k from e left semi join d using (k)",
                    "append"),
            new Case(
                    "TR-209",
                    "select k from d except select k from e",
                    "update",
                    "select k from e left anti join d using (k)",
                    "append"),
            new Case(
                    "TR-210",
                    "select k from e where k in (select k from f)",
                    "append",
                    "select l.k from " + E + " l left semi join " + F + " r" + PAIRS,
                    "append"),
            new Case("TR-211", "select k from e union all select k from d", "append", "select k from e", "append"),
            new Case("TR-212", "select rank() over (partition by k order by v) from e", "append", WINDOW, "append"),
            new Case(
                    "TR-213",
                    "select count(distinct k) from e",
                    "complete",
                    "select approx_count_distinct(k) from e",
                    "complete"),
            new Case(
                    "TR-214",
                    "select * from e tablesample (10 percent)",
                    "append",
                    "select * from e where hash(k) % 10 = 0",
                    "append"),
            new Case(
                    "TR-216",
                    "select sum(n) from (" + WINDOW + ") group by window(window, '1 hour')",
                    "update",
                    "select sum(n) from (" + WINDOW + ") group by window(window, '1 hour')",
                    "append"),
            new Case(
                    "TR-217",
                    "select count(*) from " + E + " group by session_window(ts, '1 minute')",
                    "append",
                    "select k, count(*) from " + E + " group by session_window(ts, '1 minute'), k",
                    "append"),
            new Case(
                    "TR-218",
                    "select * from (select ts, ts as t2 from " + E + ") watermark t2 delay of interval 1 minute",
                    "append",
                    "select ts, ts as t2 from " + E,
                    "append"),
            new Case(
                    "TR-221",
                    "select d.k from d left join e on d.k = e.k",
                    "append",
                    "select e.k from e left join d on d.k = e.k",
                    "append"),
            new Case(
                    "TR-221",
                    "select d.k from e right join d on d.k = e.k",
                    "append",
                    "select d.k from e join d on d.k = e.k",
                    "append"),
            new Case(
                    "TR-222",
                    "select d.k from e full join d on d.k = e.k",
                    "append",
                    "select d.k from e left join d on d.k = e.k",
                    "append"),
            new Case(
                    "TR-222",
                    "select d.k from d full join e on d.k = e.k",
                    "append",
                    "select d.k from d right join e on d.k = e.k",
                    "append"),
            new Case(
                    "TR-223",
                    "select k from d left anti join e using (k)",
                    "append",
                    "select k from e left anti join d using (k)",
                    "append"),
            new Case(
                    "TR-224",
                    "select e.k from e join f on e.v < f.w",
                    "append",
                    "select e.k from e join f on e.k = f.k and e.v < f.w",
                    "append"),
            new Case(
                    "TR-224",
                    "select e.k from e cross join f",
                    "append",
                    "select e.k from e join f on e.k = f.k",
                    "append"),
            new Case(
                    "TR-225",
                    "select e.k, w from e left join f on e.k = f.k",
                    "append",
                    "select l.k, w from " + E + " l left join " + F + " r" + PAIRS,
                    "append"),
            new Case(
                    "TR-225",
                    "select l.k, w from " + E + " l full join " + F + " r on l.k = r.k",
                    "append",
                    "select l.k, w from " + E + " l full join " + F + " r" + PAIRS,
                    "append"),
            new Case(
                    "TR-226",
                    "select l.k, w from " + E + " l left join " + F + " r" + PAIRS,
                    "update",
                    "select l.k, w from " + E + " l left join " + F + " r" + PAIRS,
                    "append"),
            new Case(
                    "TR-227",
                    "select l.k from " + E + " l left anti join " + F + " r" + PAIRS,
                    "append",
                    "select l.k from " + E + " l left join " + F + " r" + PAIRS + " where w is null",
                    "append"),
            new Case(
                    "TR-228",
                    "select l.k, count(*) from e l join f r on l.k = r.k group by l.k",
                    "complete",
                    "select l.k, w from e l join f r on l.k = r.k",
                    "append"));

    private final Tailrace streams = Tailrace.local();
    private int queries;

    @BeforeEach
    void tables() {
        streams.register("e", streams.memory("e", "k string, v bigint, ts timestamp"));
        streams.register("f", streams.memory("f", "k string, w bigint, rs timestamp"));
        streams.register("d", streams.sql("select * from values ('a', 1) as d(k, x)"));
    }

    @AfterEach
    void stop() throws Exception {
        streams.close();
    }

    private Query start(StreamTable table, String mode) {
        String name = "q" + queries++;
        StreamWriter writer = table.to(memory(name)).step();
        return (mode.equals("update") ? writer.update() : mode.equals("complete") ? writer.complete() : writer.append())
                .start(name);
    }

    @Test
    void whoever_follows_the_advice_sees_the_query_start() throws Exception {
        var failures = new ArrayList<String>();
        var seen = new TreeSet<String>();
        for (Case c : CASES) {
            seen.add(c.code());
            try {
                start(streams.sql(c.sql()), c.mode()).stop();
                failures.add(c.sql() + " in " + c.mode() + " mode was not refused");
            } catch (PlanException e) {
                if (!e.code().equals(c.code())) {
                    failures.add(c.sql() + " in " + c.mode() + " mode: " + e.code() + " and not " + c.code());
                }
                assertFalse(e.problem().why().isEmpty(), c.code() + " says no reason");
                assertFalse(e.problem().fix().isEmpty(), c.code() + " says no cure");
            }
            try {
                start(streams.sql(c.cured()), c.curedMode()).stop();
            } catch (PlanException e) {
                failures.add("the cure of " + c.code() + " is refused: " + c.cured() + "\n" + e.getMessage());
            }
        }
        assertEquals("", String.join("\n", failures));
        assertTrue(seen.size() >= 22, seen.toString());
    }

    @Test
    void refusals_of_verbs_and_sinks_have_cures_too() throws Exception {
        StreamTable e = streams.memory("e", "k string, v bigint, ts timestamp");
        assertEquals(
                "TR-219",
                assertThrows(PlanException.class, () -> start(e.dropDuplicatesWithinWatermark("k"), "append"))
                        .code());
        start(e.withWatermark("ts", "10 minutes").dropDuplicatesWithinWatermark("k"), "append")
                .stop();
        start(e.dropDuplicates("k"), "append").stop();

        StreamTable counts = e.groupBy("k").agg("count(*) as n");
        assertEquals(
                "TR-231",
                assertThrows(
                                PlanException.class,
                                () -> counts.to(files("target/never").json())
                                        .update()
                                        .step()
                                        .start("files"))
                        .code());
        counts.to(Dsl.forEachBatch((rows, id) -> {}))
                .update()
                .step()
                .start("each")
                .stop();

        StreamTable bounded = streams.sql("select 1 as x");
        assertEquals(
                "TR-232",
                assertThrows(PlanException.class, () -> start(bounded, "append"))
                        .code());
        assertEquals(1, bounded.collect().size());
        assertEquals("TR-233", assertThrows(PlanException.class, e::collect).code());
        start(e, "append").stop();
    }
}
