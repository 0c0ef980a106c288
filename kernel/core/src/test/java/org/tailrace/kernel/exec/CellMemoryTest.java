package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two hundred cells leave behind. */
@Timeout(300)
class CellMemoryTest {

    private static final long SLACK_BYTES = 5 << 20;
    /**
     * A snippet's classes go with its loader when it has run or was replaced, so no number of cells adds any. What may
     * appear all the same is of the JVM and the JDK, once: classes first needed in the second half of the test.
     */
    private static final int SLACK_CLASSES = 60;

    private static long liveHeapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static final List<String> CELLS = List.of(
            "names.add(\"n\") + \" \" + names.size()",
            "var big = new byte[1_000_000];",
            "for (int i = 0; i < 3; i++) { Runnable r = () -> names.add(\"r\"); r.run(); }",
            "int twice(int x) { return x * 2 + big.length; }",
            "record Point(int x, int y) {}\nvar point = new Point(twice(1), 2);",
            "names.stream().map(name -> new Object() { String it = name; }.it).distinct().count()",
            "names.clear();");

    private static void cells(Kernel kernel, int count) {
        for (int i = 0; i < count; i++) {
            kernel.value(CELLS.get(i % CELLS.size()));
            kernel.outputs.clear();
        }
    }

    @Test
    void two_hundred_cells_leave_the_heap_flat_and_no_classes() {
        try (var kernel = new Kernel()) {
            kernel.value("var names = new ArrayList<String>();");
            cells(kernel, 60);
            long before = liveHeapBytes();
            var classes = ManagementFactory.getClassLoadingMXBean();
            int loadedBefore = classes.getLoadedClassCount();
            cells(kernel, 200);
            long grown = liveHeapBytes() - before;
            int loaded = classes.getLoadedClassCount() - loadedBefore;
            assertTrue(grown < SLACK_BYTES, "grown by " + grown);
            assertTrue(loaded < SLACK_CLASSES, "classes: " + loaded);
        }
    }

    @Test
    void replaced_code_that_still_runs_keeps_what_it_began_with() {
        try (var kernel = new Kernel()) {
            kernel.value("int base = 1;\nint add(int x) { return x + base; }");
            kernel.value("IntUnaryOperator later = x -> x > 0 ? add(x) + new Object() { int y = base; }.y : x;");
            var running = kernel.host().variables(IntUnaryOperator.class).get("later");
            kernel.value("String base = \"text\";\nint add(int x) { return -1; }\nint later = 0;");
            liveHeapBytes();
            assertEquals(7, running.applyAsInt(5));
        }
    }

    @Test
    void members_that_are_not_public_are_reached_from_other_cells() {
        try (var kernel = new Kernel()) {
            kernel.value(
                    "class Account { int balance; Account(int b) { balance = b; } int twice() { return balance * 2; } }");
            kernel.value("var account = new Account(4);");
            liveHeapBytes();
            assertEquals("12", kernel.value("account.balance + account.twice()"));
            assertEquals("5", kernel.value("new Account(3) { int more() { return balance + 2; } }.more()"));
            kernel.value("class Saving extends Account { Saving() { super(9); } }");
            assertEquals("18", kernel.value("new Saving().twice()"));
        }
    }
}
