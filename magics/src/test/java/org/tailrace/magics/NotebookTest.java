package org.tailrace.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tailrace.kernel.protocol.Interpreter;

class NotebookTest {
    private static final String TRADES = """
            record Trade(String symbol, double price, long qty, Instant ts) {}
            var trades = streams.memory("trades", Trade.class);
            Trade trade(String symbol, double price, String time) {
                return new Trade(symbol, price, 1, Instant.parse("2024-05-01T" + time + "Z"));
            }
            """;

    private final TestNotebook notebook = new TestNotebook();

    @AfterEach
    void close() {
        notebook.close();
    }

    private static String html(List<Map<String, String>> shown) {
        return shown.get(shown.size() - 1).get("text/html");
    }

    private static String text(List<Map<String, String>> shown) {
        return shown.get(shown.size() - 1).get("text/plain");
    }

    @Test
    void a_live_query_is_named_after_its_variable_and_draws_in_its_own_cell() {
        notebook.ok(TRADES);
        int cell = notebook.ok("var q1 = trades.groupBy(\"symbol\").count().live();");
        notebook.ok("trades.add(trade(\"ACME\", 1, \"10:00:00\")); q1.processAllAvailable(); q1.stop();");
        assertEquals(1, notebook.shown(cell).size());
        assertTrue(text(notebook.shown(cell)).startsWith("q1 stopped at batch #0"), text(notebook.shown(cell)));
        assertTrue(html(notebook.shown(cell)).contains("ACME"));
    }

    @Test
    void the_last_frame_holds_every_row_that_the_memory_sink_holds() {
        notebook.ok("var in = streams.memory(\"in\", \"k int, v bigint\");");
        notebook.ok("var t = in.groupBy(\"k\").agg(\"sum(v) as v\");");
        int view = notebook.ok("var shown = t.to(view(table(600))).update().start(\"shown\");");
        notebook.ok("var kept = t.to(memory(\"kept\")).complete().start(\"kept\");");
        notebook.ok("""
                for (int i = 0; i < 300; i++) {
                    in.addRow(i % 50, (long) i);
                }
                shown.processAllAvailable(); kept.processAllAvailable(); shown.stop(); kept.stop();
                """);
        String last = text(notebook.shown(view));
        String all = notebook.result(notebook.ok("""
                var lines = new StringBuilder();
                for (var row : streams.table("kept").collect().rows()) lines.append(row.get(0)).append(' ').append(row.get(1)).append('\\n');
                lines.toString()
                """));
        for (String line : all.split("\n")) {
            String[] cells = line.split(" ");
            assertTrue(
                    last.lines()
                            .anyMatch(l -> l.strip()
                                    .matches("(new )?" + cells[0] + "( new)?\\s+(\\+[0-9,]+ )?"
                                            + String.format(java.util.Locale.ROOT, "%,d", Long.parseLong(cells[1])))),
                    line + "\n" + last);
        }
    }

    @Test
    void a_cell_run_again_replaces_its_query_and_the_old_view_says_so() {
        notebook.ok(TRADES);
        notebook.run("a", "var q1 = trades.live();");
        int first = notebook.lastCell();
        notebook.run("a", "var q1 = trades.where(\"price > 1\").live();");
        assertTrue(text(notebook.shown(first)).contains("replaced"), text(notebook.shown(first)));
        assertTrue(text(notebook.shown(first)).contains("cell [" + notebook.lastCell() + "]"));
        assertTrue(text(notebook.shown(notebook.lastCell())).startsWith("q1 "));
    }

    @Test
    void an_unnamed_live_query_keeps_its_name_when_its_cell_runs_again() {
        notebook.ok(TRADES);
        notebook.run("b", "trades.live();");
        notebook.run("b", "trades.live();");
        int table = notebook.ok("%queries");
        String queries = notebook.result(table);
        assertTrue(queries.contains("live1"), queries);
        assertFalse(queries.contains("live2"), queries);
    }

    @Test
    void a_memory_source_in_a_cell_that_runs_again_keeps_its_rows() {
        notebook.run("c", "var t = streams.memory(\"t\", \"a int\"); t.addRow(1);");
        notebook.run("c", "var t = streams.memory(\"t\", \"a int\"); t.addRow(1);");
        notebook.ok("var q = t.to(memory(\"m\")).start(\"m\"); q.processAllAvailable();");
        assertEquals("2", notebook.result(notebook.ok("q.rows().size()")));
    }

    @Test
    void interrupting_a_cell_leaves_the_query_running() throws Exception {
        notebook.ok(TRADES);
        notebook.ok("var q = trades.groupBy(\"symbol\").count().live();");
        var outcome = new Interpreter.Outcome[1];
        var started = new java.util.concurrent.CountDownLatch(1);
        var cell = new Thread(() -> {
            started.countDown();
            outcome[0] = notebook.run("while (true) {}");
        });
        cell.start();
        started.await();
        while (cell.isAlive()) {
            notebook.interpreter().interrupt();
            cell.join(20);
        }
        assertTrue(outcome[0].failed());
        notebook.ok("q.resume(); trades.add(trade(\"A\", 1, \"10:00:00\")); q.processAllAvailable();");
        assertEquals("1", notebook.result(notebook.ok("q.rows().size()")));
    }

    @Test
    void a_query_that_fails_in_a_lambda_turns_its_card_red_and_the_notebook_lives_on() {
        notebook.ok(TRADES);
        int view = notebook.ok("""
                var q = trades.as(Trade.class).filter(t -> {
                    if (t.price() > 5) throw new IllegalStateException("too dear");
                    return true;
                }).toTable().live();
                """);
        notebook.ok("trades.add(trade(\"A\", 1, \"10:00:00\")); q.processAllAvailable();");
        String failure = notebook.failure("trades.add(trade(\"B\", 9, \"10:00:01\")); q.processAllAvailable();");
        assertTrue(failure.contains("too dear"), failure);
        String card = text(notebook.shown(view));
        assertTrue(card.contains("failed in batch #1"), card);
        assertTrue(card.contains("too dear"), card);
        assertTrue(card.contains("last good result"), card);
        assertEquals("3", notebook.result(notebook.ok("1 + 2")));
    }

    @Test
    void what_a_querys_code_prints_goes_to_its_card_and_to_no_cell() {
        notebook.ok(TRADES);
        int view = notebook.ok("var q = trades.as(Trade.class).filter(t -> { System.out.println(\"saw \" + t.symbol());"
                + " return true; }).toTable().live();");
        int later = notebook.ok("trades.add(trade(\"ACME\", 1, \"10:00:00\")); q.processAllAvailable(); q.stop();");
        assertEquals("", notebook.printed(later));
        assertTrue(text(notebook.shown(view)).contains("saw ACME"), text(notebook.shown(view)));
    }

    @Test
    void two_batches_are_compared_row_by_row() {
        notebook.ok("var in = streams.memory(\"in\", \"k string, n int\");");
        notebook.ok("var q = in.groupBy(\"k\").agg(\"sum(n) as n\").to(memory(\"m\")).update().step().start(\"q\");");
        notebook.ok("in.addRow(\"a\", 1); in.addRow(\"b\", 2); in.addRow(\"c\", 3); q.step();");
        notebook.ok("in.addRow(\"a\", 4); in.addRow(\"b\", 0); in.addRow(\"d\", 5); q.step();");
        String diff = notebook.result(notebook.ok("%batch q 1 --diff 0"));
        assertTrue(
                diff.startsWith("Batch #1 against #0 · 1 changed · 1 only in #1 · 1 only in #0 · 1 the same\n"), diff);
        assertTrue(diff.contains("+4 5") && diff.contains("d new"), diff);
        assertTrue(diff.indexOf("c") > 0 && diff.strip().endsWith("only in #0 · 1 row"), diff);
        assertEquals(diff, notebook.result(notebook.ok("%batch q --diff")));
        String none = notebook.failure("%batch q 1 --diff 7");
        assertTrue(none.contains("TR-803") && none.contains("batches #0 to #1"), none);
        assertTrue(notebook.failure("%batch q 1 --diff x").contains("TR-802"));
    }

    @Test
    void a_frozen_query_is_text_and_a_picture_that_never_change() {
        notebook.ok("var in = streams.memory(\"in\", \"k string, n int\");");
        notebook.ok(
                "var q = in.groupBy(\"k\").agg(\"sum(n) as n\").live(); in.addRow(\"a\", 1); q.processAllAvailable();");
        int frozen = notebook.ok("%freeze q --png");
        notebook.ok("in.addRow(\"b\", 2); q.processAllAvailable();");
        notebook.ok("var names = in.select(\"k\").live(); names.processAllAvailable(); q.stop(); names.stop();");
        List<Map<String, String>> shown = notebook.shown(frozen);
        assertEquals(2, shown.size());
        assertEquals(java.util.Set.of("text/plain"), shown.get(0).keySet());
        assertTrue(shown.get(0).get("text/plain").startsWith("q running · "), shown.toString());
        assertFalse(shown.get(0).get("text/plain").contains("b new"), shown.toString());
        assertTrue(shown.get(1).containsKey("image/png"));
        int all = notebook.ok("%freeze --all --png");
        assertEquals(3, notebook.shown(all).size());
        assertTrue(notebook.printed(all).contains("TR-158"), notebook.printed(all));
    }

    @Test
    void sql_starts_a_live_query_and_shows_rows_of_bounded_tables() {
        notebook.ok(TRADES);
        int live = notebook.ok("%%sql --name q2\nselect symbol, count(*) as n\nfrom trades group by symbol");
        assertTrue(text(notebook.shown(live)).startsWith("q2 "));
        notebook.ok("trades.add(trade(\"A\", 1, \"10:00:00\")); q2.processAllAvailable();");
        int bounded = notebook.ok("%%sql\nselect 1 + 1 as two");
        assertTrue(notebook.result(bounded).contains("two"), notebook.result(bounded));
        int table = notebook.ok("%%sql --no-live\nselect symbol from trades");
        assertTrue(notebook.result(table).contains("unbounded table"), notebook.result(table));
    }

    @Test
    void magics_step_stop_and_explain_queries_by_name() {
        notebook.ok(TRADES);
        notebook.ok("var q = trades.groupBy(\"symbol\").count().to(memory(\"m\")).update().step().start(\"q\");");
        notebook.ok("trades.add(trade(\"A\", 1, \"10:00:00\"));");
        int step = notebook.ok("%step q");
        assertTrue(notebook.result(step).contains("Batch #0 · 1 row in"), notebook.result(step));
        int explain = notebook.ok("%explain q");
        assertTrue(
                notebook.printed(explain).toLowerCase(java.util.Locale.ROOT).contains("aggregate"),
                notebook.printed(explain));
        notebook.ok("%stop q");
        assertEquals("false", notebook.result(notebook.ok("q.isActive()")));
        String wrong = notebook.failure("%stop qq");
        assertTrue(wrong.contains("TR-151"), wrong);
        assertTrue(wrong.contains("did you mean 'q'?"), wrong);
    }

    @Test
    void errors_point_at_the_cells_own_line() {
        notebook.ok(TRADES);
        String failure = notebook.failure("var t = trades\n    .where(\"prise > 100\")\n    .select(\"symbol\");");
        assertTrue(failure.startsWith("TR-101 no column 'prise'"), failure);
        assertTrue(failure.contains("line 2: .where(\"prise > 100\")"), failure);
        List<String> lines = failure.lines().toList();
        int in = lines.indexOf(
                lines.stream().filter(l -> l.contains("line 2")).findFirst().orElseThrow());
        assertEquals(lines.get(in).indexOf("prise"), lines.get(in + 1).indexOf('^'));
        String sql = notebook.failure("%%sql\nselect symbol,\n  prise\nfrom trades");
        assertTrue(sql.contains("line 3"), sql);
        String mode =
                notebook.failure("trades.groupBy(\"symbol\").count()\n    .to(console())\n    .start(\"by-symbol\");");
        assertTrue(mode.startsWith("TR-204"), mode);
        assertTrue(mode.contains("line 3: .start(\"by-symbol\")"), mode);
    }

    @Test
    void each_mistake_has_its_code_in_the_cell_that_made_it() throws Exception {
        notebook.ok(TRADES);
        assertCode("TR-101", "trades.select(\"symbl\")", "did you mean 'symbol'?");
        assertCode("TR-131", "trades.withWatermark(\"price\", \"10 seconds\")", "timestamp");
        assertCode("TR-107", "trades.withWatermark(\"ts\", \"10 secnds\")", "did you mean 'seconds'?");
        assertCode("TR-103", "trades.select(\"cuont(1)\")", "did you mean 'count'");
        assertCode("TR-100", "trades.where(\"price >\")", "^");
        assertCode("TR-204", "trades.groupBy(\"symbol\").count().to(memory(\"m\")).start(\"m\")", "withWatermark");
        assertCode("TR-112", "streams.table(\"nothing\")", "trades");
        String missing = notebook.failure("streams.files(\"no/such/folder\").json(\"a int\")");
        assertTrue(missing.startsWith("TR-4"), missing);
        assertTrue(missing.contains("no/such/folder"), missing);
    }

    private void assertCode(String code, String cell, String word) {
        String failure = notebook.failure(cell);
        assertTrue(failure.startsWith(code + " "), failure);
        assertTrue(failure.contains(word), failure);
    }

    @Test
    void malformed_rows_are_counted_and_kept_and_fail_the_query_only_if_asked() throws Exception {
        var folder = java.nio.file.Path.of("target/bad");
        java.nio.file.Files.createDirectories(folder.resolve("csv"));
        java.nio.file.Files.createDirectories(folder.resolve("json"));
        java.nio.file.Files.writeString(folder.resolve("csv/a.csv"), "k,v\na,1\nb,many\nc,3\n");
        java.nio.file.Files.writeString(folder.resolve("json/a.json"), "{\"k\":\"a\",\"v\":1}\n{\"k\":\n");
        notebook.ok(
                "var csv = streams.files(\"target/bad/csv\").csv(\"k string, v int\").to(memory(\"c\")).availableNow().start(\"c\"); csv.await();");
        assertEquals("2", notebook.result(notebook.ok("csv.rows().size()")));
        String bad = notebook.result(notebook.ok("csv.badRows().get(0).toString()"));
        assertTrue(bad.contains("a.csv") && bad.contains("3") && bad.contains("many"), bad);
        notebook.ok(
                "var json = streams.files(\"target/bad/json\").json(\"k string, v int\").to(memory(\"j\")).availableNow().start(\"j\"); json.await();");
        assertEquals("1", notebook.result(notebook.ok("json.rows().size()")));
        assertEquals("1", notebook.result(notebook.ok("json.badRows().size()")));
        String failed = notebook.failure("streams.files(\"target/bad/csv\").csv(\"k string, v int\").failFast()"
                + ".to(memory(\"f\")).availableNow().start(\"f\").await();");
        assertTrue(failed.startsWith("TR-4") || failed.startsWith("TR-3"), failed);
    }

    @Test
    void a_console_owns_one_display_with_the_last_three_batches() {
        notebook.ok(TRADES);
        int cell = notebook.ok("var q = trades.groupBy(\"symbol\").count().to(console()).update().start(\"q\");");
        for (int i = 0; i < 5; i++) {
            notebook.ok("trades.add(trade(\"A\", 1, \"10:00:00\")); q.processAllAvailable();");
        }
        notebook.ok("q.stop();");
        assertEquals(1, notebook.shown(cell).size());
        String text = text(notebook.shown(cell));
        assertTrue(text.startsWith("Batch #2\n"), text);
        assertTrue(text.contains("Batch #4\n"), text);
    }

    @Test
    void two_notebooks_in_one_jvm_do_not_know_of_each_other() {
        try (var other = new TestNotebook()) {
            notebook.ok("var t = streams.memory(\"t\", \"a int\"); var q = t.live();");
            other.ok("var t = streams.memory(\"t\", \"b string\"); var q = t.live();");
            notebook.ok("t.addRow(1); q.processAllAvailable(); q.stop();");
            other.ok("t.addRow(\"x\"); t.addRow(\"y\"); q.processAllAvailable(); q.stop();");
            assertEquals("1", notebook.result(notebook.ok("q.rows().size()")));
            assertEquals("2", other.result(other.ok("q.rows().size()")));
        }
    }

    @Test
    void values_of_our_types_and_charts_render_as_people_expect() {
        notebook.ok(TRADES);
        notebook.ok("trades.add(trade(\"A\", 1, \"10:00:00\"));");
        notebook.ok("var q = trades.groupBy(\"symbol\").count().to(memory(\"m\")).update().start(\"m\");");
        notebook.ok("q.processAllAvailable();");
        assertTrue(notebook.result(notebook.ok("q.rows()")).contains("symbol"));
        assertTrue(notebook.result(notebook.ok("q.toTable()")).contains("symbol"));
        assertTrue(notebook.result(notebook.ok("q.toChart()")).contains("A 1.0"));
        assertTrue(notebook.result(notebook.ok("trades")).contains("unbounded table"));
        assertTrue(notebook.result(notebook.ok("List.of(trade(\"A\", 1, \"10:00:00\"))"))
                .contains("price"));
    }

    @Test
    void columns_and_functions_complete_inside_strings_and_sql() {
        notebook.ok(TRADES);
        String code = "trades.where(\"pri\")";
        assertTrue(notebook.interpreter()
                .complete(code, code.indexOf("pri\"") + 3)
                .matches()
                .contains("price"));
        String sql = "%%sql\nselect sym from trades";
        assertTrue(notebook.interpreter()
                .complete(sql, sql.indexOf("sym") + 3)
                .matches()
                .contains("symbol"));
    }
}
