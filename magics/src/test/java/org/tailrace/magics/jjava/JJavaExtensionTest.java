package org.tailrace.magics.jjava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** JJava's own base library finds the extension by its service and runs a notebook with it. */
class JJavaExtensionTest {

    private final StockKernel kernel = new StockKernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    private String text(int display) {
        return kernel.shown().get(display).get("text/plain");
    }

    /** What a cell shows that shows one thing. */
    private Map<String, String> shownBy(String source) {
        int before = kernel.shown().size();
        kernel.cell(source);
        assertEquals(before + 1, kernel.shown().size());
        return kernel.shown().get(before);
    }

    @Test
    void a_query_is_named_after_its_variable_and_its_view_changes_while_cells_run() {
        kernel.cell("var in = streams.memory(\"in\", \"k string, n int\");");
        kernel.cell("var q1 = in.groupBy(\"k\").count().live();");
        assertEquals(1, kernel.shown().size());
        kernel.cell("in.addRow(\"ACME\", 1); q1.processAllAvailable(); q1.stop();");
        assertEquals(1, kernel.shown().size());
        assertTrue(text(0).startsWith("q1 stopped at batch #0"), text(0));
        assertTrue(kernel.shown().get(0).get("text/html").contains("ACME"));
    }

    @Test
    void a_statement_run_again_replaces_its_query() {
        kernel.cell("import java.nio.file.*;\nimport java.util.stream.*;");
        kernel.cell("var in = streams.memory(\"in\", \"k string\");");
        kernel.cell("in.live();");
        kernel.cell("in.live();");
        var queries = shownBy("%queries").get("text/plain");
        assertTrue(queries.contains("live1"), queries);
        assertFalse(queries.contains("live2"), queries);
        assertTrue(text(0).contains("replaced by cell [4]"), text(0));
    }

    @Test
    void magics_run_and_their_results_are_drawn() {
        kernel.cell("var trades = streams.memory(\"in\", \"k string, n int\");");
        kernel.cell("%%sql --name counts\nselect k, count(*) as n from trades group by k");
        kernel.cell("trades.addRow(\"ACME\", 1); counts.processAllAvailable();");
        var queries = shownBy("%queries");
        assertTrue(queries.get("text/html").startsWith("<div"), queries.get("text/html"));
        assertTrue(queries.get("text/plain").contains("counts"), queries.get("text/plain"));
        assertTrue(shownBy("%batch counts 0").get("text/plain").contains("ACME"));
        kernel.cell("%explain counts");
        assertTrue(kernel.printed().contains("Project k, n"), kernel.printed());
        kernel.cell("%stop counts");
        assertTrue(shownBy("%queries").get("text/plain").contains("stopped"));
        var wrong = assertThrows(RuntimeException.class, () -> kernel.cell("%stop nothing"));
        assertTrue(wrong.getMessage().contains("nothing"), wrong.getMessage());
    }

    @Test
    void values_of_ours_are_drawn_and_others_are_left_alone() {
        var table = kernel.cell("record P(String k, int n) {}\nList.of(new P(\"A\", 1), new P(\"B\", 2))");
        assertTrue(table.get("text/html").contains("<table"), table.get("text/html"));
        assertEquals(
                List.of("text/plain"), List.copyOf(kernel.cell("List.of(1, 2)").keySet()));
        kernel.cell("display(streams.memory(\"in\", \"n int\"));");
        assertTrue(text(0).contains("unbounded table"), text(0));
    }

    @Test
    void a_frame_that_comes_while_no_cell_runs_waits_for_the_next_one() {
        kernel.cell("var in = streams.memory(\"in\", \"k string\");");
        kernel.cell("var q = in.live();");
        kernel.evalRaw("in.addRow(\"ACME\"); q.processAllAvailable(); q.stop();");
        assertFalse(text(0).contains("stopped"), text(0));
        kernel.cell("%queries");
        assertTrue(text(0).startsWith("q stopped at batch #0"), text(0));
    }
}
