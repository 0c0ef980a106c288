package org.tailrace.app;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.kernel.Kernel;
import org.tailrace.kernel.wire.ConnectionInfo;

final class KernelCommandTest {

    @Test
    @Timeout(60)
    void a_kernel_ends_when_the_server_that_started_it_dies() throws IOException, InterruptedException {
        // any process will do that lives until it is killed: this one waits for its input
        Process server = new ProcessBuilder("cat").start();
        try (Kernel kernel = KernelCommand.start(ConnectionInfo.anyPort("key"), line -> {})) {
            KernelCommand.endWithParent(kernel, String.valueOf(server.pid()));
            server.destroyForcibly();
            kernel.awaitEnd();
        } finally {
            server.destroyForcibly();
        }
    }
}
