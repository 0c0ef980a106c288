package org.tailrace.keyed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.error.PlanException;

/** What Spark's UnsupportedOperationChecker refuses of SQL, one line each: mode, our code, query. Each has a reason and a cure. */
@Timeout(60)
class SparkRefusalsTest {
    private static final String AGREE = "group by window(ts, '1 minute'), user";
    private static final String[][] RULES = {
        {"append", "TR-232", "select * from d"},
        {"complete", "TR-202", "select * from s"},
        {"append", "TR-204", "select user, count(*) from s group by user"},
        {"update", "TR-203", "select user, count(*) from w group by session_window(ts, '1 minute'), user"},
        {"append", "TR-205", "select * from s order by user"},
        {"update", "TR-206", "select * from s limit 3"},
        {"append", "TR-207", "select * from s offset 3"},
        {"append", "TR-208", "select user from s intersect select user from s"},
        {"append", "TR-209", "select user from d except select user from s"},
        {"append", "TR-210", "select * from s where user in (select user from s)"},
        {"append", "TR-211", "select user from s union all select user from d"},
        {"append", "TR-212", "select row_number() over (partition by user order by ts) from s"},
        {"update", "TR-213", "select count(distinct user) from s"},
        {"append", "TR-214", "select * from s tablesample (10 percent)"},
        {
            "update",
            "TR-216",
            "select ts2, count(*) from (select window(ts, '1 minute').start as ts2, user, count(*) as n" + " from w "
                    + AGREE + ") group by ts2"
        },
        {"append", "TR-217", "select count(*) from w group by session_window(ts, '1 minute')"},
        {"append", "TR-218", "select * from (select * from w) watermark ts delay of interval 1 minute"},
        {"append", "TR-221", "select s.user from s right join d on s.user = d.user"},
        {"append", "TR-222", "select s.user from s full join d on s.user = d.user"},
        {"append", "TR-223", "select d.user from d left semi join s on s.user = d.user"},
        {"append", "TR-224", "select a.user from s a join s b on a.user < b.user"},
        {"append", "TR-225", "select a.user from s a left join s b on a.user = b.user"},
        {"update", "TR-226", "select a.user from w a left join w b on a.user = b.user and a.ts = b.ts"},
        {"append", "TR-227", "select a.user from s a left anti join s b on a.user = b.user"},
        {"complete", "TR-228", "select a.user, count(*) from s a join s b on a.user = b.user group by a.user"},
    };
    private final Visits world = new Visits();

    @AfterEach
    void stop() throws Exception {
        world.streams.close();
    }

    @Test
    void each_rule_has_a_code_a_reason_and_a_cure() throws Exception {
        world.streams.register("s", world.visits);
        world.streams.register("w", world.visits.withWatermark("ts", "10 minutes"));
        world.streams.register("d", world.streams.sql("select * from values ('ann', 1) as t(user, n)"));
        List<String> wrong = new ArrayList<>();
        for (String[] rule : RULES) {
            String got = code(rule[0], rule[2]);
            if (!got.equals(rule[1])) {
                wrong.add(rule[1] + " is " + got + ": " + rule[0] + " of " + rule[2]);
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    private String code(String mode, String sql) throws Exception {
        try {
            var writer = world.streams
                    .sql(sql)
                    .to(org.tailrace.Dsl.noop())
                    .outputMode(mode)
                    .step();
            writer.start("q").stop();
            return "accepted";
        } catch (PlanException e) {
            boolean whole = e.getMessage().contains("\n  why") && e.getMessage().contains("\n  fix");
            return whole ? e.code() : e.code() + " without reason and cure (" + e.getMessage() + ")";
        }
    }
}
