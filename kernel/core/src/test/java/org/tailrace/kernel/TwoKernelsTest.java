package org.tailrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.kernel.ProtocolClient.code;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.kernel.wire.Channel;
import org.tailrace.kernel.wire.ConnectionInfo;

@Timeout(60)
final class TwoKernelsTest {

    private static Kernel kernel(CompletableFuture<EchoInterpreter> made) throws IOException {
        return Kernel.start(
                ConnectionInfo.anyPort("key"),
                (output, plugins) -> {
                    made.complete(new EchoInterpreter(output));
                    return made.join();
                },
                List.of(),
                line -> {});
    }

    @Test
    void two_kernels_in_one_jvm_keep_apart_what_they_print_count_and_interrupt() throws Exception {
        PrintStream before = System.out;
        var madeA = new CompletableFuture<EchoInterpreter>();
        var madeB = new CompletableFuture<EchoInterpreter>();
        try (var a = kernel(madeA);
                var b = kernel(madeB);
                var clientA = new ProtocolClient(a.connection());
                var clientB = new ProtocolClient(b.connection())) {
            String waiting = clientA.execute("wait gate");
            madeA.join().awaitWaiting("gate");
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        i + 1,
                        clientB.reply(clientB.execute("echo"))
                                .content()
                                .path("execution_count")
                                .asInt());
            }
            String printing = clientB.execute("print 1");
            assertTrue(clientB.brief(printing).contains("stream line 0\n"));
            String interrupt = clientB.request(Channel.CONTROL, "interrupt_request", ProtocolClient.object());
            clientB.reply(Channel.CONTROL, interrupt);
            assertEquals(1, madeB.join().idleInterrupts.get());
            madeA.join().open("gate");
            assertEquals("ok", clientA.reply(waiting).content().path("status").asText());
            assertEquals(List.of("busy", "execute_input", "idle"), clientA.brief(waiting));
            clientB.reply(clientB.request(Channel.SHELL, "execute_request", code("echo")));
            b.close();
            String after = clientA.execute("print 1");
            assertTrue(clientA.brief(after).contains("stream line 0\n"));
        }
        assertSame(before, System.out);
    }

    @Test
    void a_kernel_whose_interpreter_cannot_be_made_says_so_in_each_cell() throws IOException {
        try (var kernel = Kernel.start(
                        ConnectionInfo.anyPort("key"),
                        (output, plugins) -> {
                            throw new IllegalStateException("no compiler here");
                        },
                        List.of(),
                        line -> {});
                var client = new ProtocolClient(kernel.connection())) {
            var reply = client.reply(client.execute("echo")).content();
            assertEquals("error", reply.path("status").asText());
            assertTrue(reply.path("evalue").asText().contains("no compiler here"), reply.toString());
            String completion = client.request(Channel.SHELL, "complete_request", code("e"));
            assertEquals(
                    "error", client.reply(completion).content().path("status").asText());
        }
    }
}
