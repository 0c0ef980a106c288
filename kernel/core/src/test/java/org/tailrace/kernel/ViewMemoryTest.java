package org.tailrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.wire.Channel;
import org.tailrace.kernel.wire.ConnectionInfo;

/** A view that changes ten thousand times costs no memory, whoever reads it or does not. */
@Timeout(120)
final class ViewMemoryTest {

    private static final int CHANGES = 10_000;
    private static final long SLACK_BYTES = 5 << 20;

    private static Kernel kernel() throws Exception {
        return Kernel.start(
                ConnectionInfo.anyPort("key"), (output, plugins) -> new EchoInterpreter(output), List.of(), line -> {});
    }

    private static Map<String, String> picture(int number) {
        return Map.of("text/plain", number + "x".repeat(30_000));
    }

    /** Shows picture {@code from} and then each up to {@code from + CHANGES}. */
    private static void change(Kernel kernel, int from) {
        var cell = new CellContext("c", 1, "", "");
        var live = kernel.output().live(cell, "view", () -> picture(from));
        for (int i = 1; i <= CHANGES; i++) {
            int number = from + i;
            live.update(() -> picture(number));
        }
        live.flush();
    }

    private static long liveHeapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void assertFlat(Kernel kernel) {
        change(kernel, 0);
        long before = liveHeapBytes();
        change(kernel, CHANGES);
        long grown = liveHeapBytes() - before;
        assertTrue(grown < SLACK_BYTES, "grown by " + grown);
    }

    @Test
    void with_no_reader() throws Exception {
        try (var kernel = kernel()) {
            assertFlat(kernel);
        }
    }

    @Test
    void with_a_reader_that_has_stopped_and_another_one_that_sees_the_last_picture() throws Exception {
        try (var kernel = kernel();
                var client = new ProtocolClient(kernel.connection());
                var stalled = new StalledSubscriber(kernel.connection())) {
            assertFlat(kernel);
            assertTrue(stalled.isConnected());
            String last = picture(2 * CHANGES).get("text/plain");
            var update = client.await(
                    Channel.IOPUB,
                    m -> m.content().path("data").path("text/plain").asText().equals(last));
            assertEquals("update_display_data", update.type());
        }
    }
}
