package org.tailrace.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a running query used is declared anew: it goes on with what it began with until its cell is run again. */
@Timeout(120)
class RedefinitionWhileRunningTest {

    private static final String QUERY = "var q = trades.as(Trade.class).filter(t -> dear(t.price())).toTable()"
            + ".to(memory(\"kept\")).append().start(\"kept\");";

    private final TestNotebook notebook = new TestNotebook();

    @BeforeEach
    void startQuery() {
        notebook.ok("record Trade(String symbol, double price) {}");
        notebook.ok("var trades = streams.memory(\"trades\", Trade.class);");
        notebook.ok("boolean dear(double price) { return price > 5; }");
        notebook.ok(QUERY);
        notebook.ok("trades.add(new Trade(\"A\", 9), new Trade(\"B\", 1)); q.processAllAvailable();");
    }

    @AfterEach
    void close() {
        notebook.close();
    }

    private String value(String source) {
        return notebook.result(notebook.ok(source));
    }

    @Test
    void helper_declared_anew_changes_the_query_once_its_cell_is_run_again() {
        assertEquals("", notebook.printed(notebook.ok("boolean dear(double price) { return price > 100; }")));
        notebook.ok("trades.add(new Trade(\"C\", 8)); q.processAllAvailable();");
        assertEquals("2", value("q.rows().size()"));
        notebook.ok(QUERY);
        notebook.ok("trades.add(new Trade(\"D\", 7), new Trade(\"E\", 200)); q.processAllAvailable();");
        assertEquals("1", value("q.rows().size()"));
    }

    @Test
    void lambda_declared_anew_changes_no_query() {
        notebook.ok("Predicate<Trade> cheap = t -> t.price() < 5;");
        notebook.ok("var q2 = trades.as(Trade.class).filter(t -> cheap.test(t)).toTable()"
                + ".to(memory(\"cheap\")).append().start(\"cheap\");");
        notebook.ok("q2.processAllAvailable();");
        int before = Integer.parseInt(value("q2.rows().size()"));
        assertEquals("", notebook.printed(notebook.ok("Predicate<Trade> cheap = t -> false;")));
        notebook.ok("trades.add(new Trade(\"C\", 2)); q2.processAllAvailable();");
        assertEquals(String.valueOf(before + 1), value("q2.rows().size()"));
        assertEquals("true", value("q2.isActive()"));
    }

    @Test
    void record_of_the_same_shape_keeps_typed_values_and_says_which_others_are_gone() {
        notebook.ok("Trade one = new Trade(\"Z\", 50);");
        int redefined =
                notebook.ok("record Trade(String symbol, double price) { double twice() { return 2 * price; } }");
        assertEquals(
                "Trade was declared anew: trades, q have lost their values; run cells [2], [4] again.\n",
                notebook.printed(redefined));
        assertEquals("100.0", value("one.twice()"));
        goesOnAndCanBeStartedAgain("new Trade(\"Y\", 60)", 2);
    }

    @Test
    void record_of_another_shape_says_what_is_gone_and_the_query_goes_on() {
        int made = notebook.ok("Trade one = new Trade(\"Z\", 50);");
        int redefined = notebook.ok("record Trade(String symbol, double price, int size) {}");
        assertEquals(
                "Trade was declared anew: trades, q, one have lost their values; run cells [2], [4], [" + made
                        + "] again.\n",
                notebook.printed(redefined));
        goesOnAndCanBeStartedAgain("new Trade(\"Y\", 60, 3)", 1);
    }

    private void goesOnAndCanBeStartedAgain(String row, int kept) {
        assertEquals("true", value("streams.query(\"kept\").isActive()"));
        assertEquals("1", value("streams.query(\"kept\").rows().size()"));
        notebook.ok("var trades = streams.memory(\"trades\", Trade.class);");
        notebook.ok(QUERY);
        notebook.ok("trades.add(" + row + "); q.processAllAvailable();");
        assertEquals(String.valueOf(kept), value("q.rows().size()"));
    }
}
