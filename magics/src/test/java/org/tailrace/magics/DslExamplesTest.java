package org.tailrace.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every example of README.md and engine/DSL.md runs in a cell as written, against a fixture: a socket server in this process, prepared
 * folders. No broker is there, and none is needed: no example starts a query on Kafka.
 */
class DslExamplesTest {
    private static final Path ROOT = Path.of("..", "..", "..");
    private static final Pattern BLOCK = Pattern.compile("```(java|sql)\n(.*?)```", Pattern.DOTALL);

    @Test
    void every_example_runs_as_written() throws Exception {
        prepareFolders();
        try (var server = new ServerSocket(9999, 50, InetAddress.getLoopbackAddress());
                var notebook = new TestNotebook()) {
            serve(server);
            assertEquals(7, run(ROOT.resolve("engine").resolve("DSL.md"), notebook), "blocks of examples");
            assertEquals(2, run(ROOT.resolve("README.md"), notebook), "blocks of examples");
            notebook.ok("%stop --all");
            assertEquals("true", notebook.result(notebook.ok("streams.queries().stream().noneMatch(Query::isActive)")));
            assertTrue(notebook.result(notebook.ok("streams.queries().size() >= 4"))
                    .equals("true"));
        }
    }

    /** Each block is a cell; returns how many there are. */
    private static int run(Path guide, TestNotebook notebook) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(guide));
        int count = 0;
        while (blocks.find()) {
            boolean sql = blocks.group(1).equals("sql");
            notebook.ok((sql ? "%%sql --name example\n" : "") + blocks.group(2));
            count++;
        }
        return count;
    }

    private static void prepareFolders() throws IOException {
        Files.createDirectories(Path.of("in", "clicks"));
        Files.writeString(
                Path.of("in", "clicks", "a.json"),
                "{\"id\":\"1\",\"user\":\"ann\",\"page\":\"/home\",\"ms\":12,\"ts\":\"2024-05-01T12:00:00Z\"}\n");
        Files.createDirectories(Path.of("data"));
        Files.writeString(
                Path.of("data", "flights.csv"),
                "origin,delay,scheduled,arrived\nORD,10,2001-02-24 10:00:00,2001-02-24 10:10:00\n");
    }

    /** Sends one line to whoever connects, and keeps the connection. */
    private static void serve(ServerSocket server) {
        var thread = new Thread(() -> {
            var open = new ArrayList<Socket>();
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    open.add(client);
                    client.getOutputStream().write("hello world\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
