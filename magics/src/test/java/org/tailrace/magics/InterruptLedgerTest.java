package org.tailrace.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.kernel.protocol.Interpreter;

/** Interrupts of cells while a query runs whose rows are numbered, so that each that is missing or came twice shows. */
@Timeout(300)
public class InterruptLedgerTest {

    private static final int TIMES = 50;

    private static final String[] FORMS = {
        "%s while (true) {}",
        "%s Thread.sleep(1_000_000);",
        "%s for (;;) { try { while (true) {} } catch (Throwable t) {} }",
        "%s new Spin().go();"
    };

    private static volatile CountDownLatch begun = new CountDownLatch(1);

    /** For cells: they are under way. */
    public static void begin() {
        begun.countDown();
    }

    @Test
    void two_hundred_interrupts_lose_and_double_nothing_of_a_running_query() throws Exception {
        try (var notebook = new TestNotebook()) {
            notebook.ok("record Tick(long value) {}\nclass Spin { void go() { for (long i = 0; ; i++) {} } }");
            notebook.ok(
                    "var ledger = streams.rate(1000).select(\"value\").as(Tick.class)"
                            + ".filter(tick -> tick.value() >= 0).toTable().to(memory(\"ledger\")).append().start(\"ledger\");");
            for (String form : FORMS) {
                String source = String.format(form, InterruptLedgerTest.class.getName() + ".begin();");
                for (int i = 0; i < TIMES; i++) {
                    begun = new CountDownLatch(1);
                    var outcome = new Interpreter.Outcome[1];
                    var cell = new Thread(() -> outcome[0] = notebook.run(source));
                    cell.start();
                    begun.await();
                    notebook.interpreter().interrupt();
                    cell.join();
                    assertEquals("Interrupted", outcome[0].errorName(), form);
                }
            }
            assertEquals("true", notebook.result(notebook.ok("ledger.isActive()")));
            // a query keeps its last rows only; before these, what is missing or came twice shows in the number of all
            notebook.ok("ledger.stop();\n"
                    + "long[] values = ledger.rows(Tick.class).stream().mapToLong(Tick::value).sorted().toArray();\n"
                    + "long last = values[values.length - 1];");
            assertEquals(
                    "true",
                    notebook.result(
                            notebook.ok(
                                    "Arrays.equals(values, LongStream.rangeClosed(last - values.length + 1, last).toArray())")));
            assertEquals("true", notebook.result(notebook.ok("ledger.totals().outputRows() == last + 1")));
        }
    }
}
