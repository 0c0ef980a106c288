package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two hundred cells leave behind. */
@Timeout(300)
class CellMemoryTest {

    private static final long SLACK_BYTES = 5 << 20;
    /** A statement's wrapper, and what the JVM spins for string concatenation and lambdas in it. */
    private static final int CLASSES_PER_CELL = 5;

    private static long liveHeapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void cells(Kernel kernel, int count) {
        for (int i = 0; i < count; i++) {
            kernel.value(
                    i % 2 == 0 ? "names.add(\"n" + i + "\") + \" \" + names.size()" : "var big = new byte[1_000_000];");
            kernel.outputs.clear();
        }
    }

    @Test
    void two_hundred_cells_leave_the_heap_flat_and_a_few_classes_each() {
        try (var kernel = new Kernel()) {
            kernel.value("var names = new ArrayList<String>();");
            cells(kernel, 100);
            long before = liveHeapBytes();
            var classes = ManagementFactory.getClassLoadingMXBean();
            int loadedBefore = classes.getLoadedClassCount();
            cells(kernel, 200);
            long grown = liveHeapBytes() - before;
            int loaded = classes.getLoadedClassCount() - loadedBefore;
            assertTrue(grown < SLACK_BYTES, "grown by " + grown);
            assertTrue(loaded < 200 * CLASSES_PER_CELL, "classes: " + loaded);
        }
    }
}
