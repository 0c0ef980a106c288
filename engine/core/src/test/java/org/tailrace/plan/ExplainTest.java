package org.tailrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.tailrace.sql.SqlParser;

class ExplainTest {
    private final Queries queries = new Queries()
            .stream("e", "k string, v bigint, ts timestamp", "ts").stream("f", "id string, t timestamp")
                    .bounded("dim", "k string, w int");

    @Test
    void a_plan_is_a_tree_with_the_result_on_top() {
        assertEquals(
                """
                project  window.start as ws, k, count(1) as n
                └─ filter  (count(1) > 1)
                   └─ aggregate  by window, k (tumbling ts, 10 minutes): count(1)
                      └─ watermark  ts, 0 seconds late
                         └─ filter  (v > 2)
                            └─ source  memory(e): k string, v bigint, ts timestamp
                """,
                Explain.tree(queries.resolve("select window.start as ws, k, count(*) as n from e where v > 2"
                        + " group by window(ts, '10 minutes'), k having count(*) > 1")));
    }

    @Test
    void branches_hang_below_their_join() {
        assertEquals(
                """
                project  k, w
                └─ left outer join  k = k
                   ├─ inner join  k = id
                   │  ├─ watermark  ts, 0 seconds late
                   │  │  └─ filter  isnotnull(k)
                   │  │     └─ source  memory(e): k string, v bigint, ts timestamp
                   │  └─ filter  isnotnull(id)
                   │     └─ source  memory(f): id string, t timestamp
                   └─ table  memory(dim): k string, w int
                """,
                Explain.tree(
                        queries.resolve("select e.k, w from e join f on e.k = f.id left join dim on dim.k = e.k")));
    }

    @Test
    void a_plan_as_it_was_written_is_a_tree_too() {
        var parsed = new SqlParser(ZoneOffset.UTC)
                .query("select k, count(*) as n from e where v > 1 group by k order by n desc limit 3");
        assertEquals("""
                limit  3
                └─ order by  n desc
                   └─ group by  k: k, count(1) as n
                      └─ where  (v > 1)
                         └─ table  e
                """, Explain.tree(parsed.tree()));
    }
}
