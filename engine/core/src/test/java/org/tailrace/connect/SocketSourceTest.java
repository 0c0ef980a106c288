package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.error.SourceException;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Providers;
import org.tailrace.spi.Source;

@Timeout(60)
class SocketSourceTest {
    private final ManualClock clock = new ManualClock(1_000);
    private final Semaphore woken = new Semaphore(0);
    private ServerSocket server;

    @BeforeEach
    void listen() throws Exception {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private Source open(String... options) throws Exception {
        var given = new TreeMap<>(Map.of("host", "localhost", "port", String.valueOf(server.getLocalPort())));
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        var env = clock.environment();
        var provider = Providers.source("socket", getClass().getClassLoader());
        Source source = provider.open(provider.describe("socket", given, new Schema(List.of()), true, env), env);
        source.onAvailable(woken::release);
        return source;
    }

    private static void send(OutputStream out, byte[] bytes) throws Exception {
        out.write(bytes);
        out.flush();
    }

    private static void send(OutputStream out, String text) throws Exception {
        send(out, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Plans and reads until so many lines are there; where that was. */
    private Offset collect(Source source, @Nullable Offset from, int lines, List<Object> into) throws Exception {
        Offset at = from;
        while (into.size() < lines) {
            var to = source.plan(at, Source.Limit.NONE);
            if (to.isEmpty()) {
                assertTrue(woken.tryAcquire(30, TimeUnit.SECONDS));
                continue;
            }
            Reading.rows(source, at, to.get()).forEach(row -> into.add(row.get(0)));
            at = to.get();
            source.commit(at);
        }
        return at;
    }

    @Test
    void lines_are_values_in_order() throws Exception {
        try (Source source = open()) {
            assertTrue(source.plan(null, Source.Limit.NONE).isEmpty());
            try (Socket client = server.accept()) {
                send(client.getOutputStream(), "one\ntwo\r\n\nfo");
                var lines = new ArrayList<Object>();
                Offset at = collect(source, null, 3, lines);
                send(client.getOutputStream(), "ur\n");
                at = collect(source, at, 4, lines);
                assertEquals(List.of("one", "two", "", "four"), lines);
                assertEquals("[4]", at.json());
            }
        }
    }

    @Test
    void a_range_can_be_read_until_it_is_committed() throws Exception {
        try (Source source = open()) {
            source.plan(null, Source.Limit.NONE);
            try (Socket client = server.accept()) {
                send(client.getOutputStream(), "one\n");
                assertTrue(woken.tryAcquire(30, TimeUnit.SECONDS));
                Offset to = source.plan(null, Source.Limit.NONE).orElseThrow();
                assertEquals(List.of(List.of("one")), Reading.rows(source, null, to));
                source.commit(to);
                assertEquals(
                        "TR-452",
                        assertThrows(SourceException.class, () -> source.read(null, to))
                                .code());
            }
        }
    }

    @Test
    void bytes_that_are_not_utf8_are_replaced_and_a_time_is_given() throws Exception {
        try (Source source = open("includetimestamp", "true")) {
            source.plan(null, Source.Limit.NONE);
            try (Socket client = server.accept()) {
                send(client.getOutputStream(), new byte[] {'a', (byte) 0xFF, 'b', '\n'});
                assertTrue(woken.tryAcquire(30, TimeUnit.SECONDS));
                Offset to = source.plan(null, Source.Limit.NONE).orElseThrow();
                assertEquals(List.of(List.of("a\uFFFDb", Instant.ofEpochMilli(1000))), Reading.rows(source, null, to));
            }
        }
    }

    @Test
    void nobody_listening_is_told_and_worth_another_try() throws Exception {
        int port = server.getLocalPort();
        server.close();
        try (Source source = open("port", String.valueOf(port))) {
            var away = assertThrows(SourceException.class, () -> source.plan(null, Source.Limit.NONE));
            assertEquals("TR-451", away.code());
            assertTrue(away.retries());
        }
    }

    @Test
    void an_ended_connection_is_told_after_its_last_line_and_made_anew() throws Exception {
        try (Source source = open()) {
            source.plan(null, Source.Limit.NONE);
            var lines = new ArrayList<Object>();
            Offset at;
            try (Socket client = server.accept()) {
                send(client.getOutputStream(), "one\nlast");
                client.shutdownOutput();
                at = collect(source, null, 2, lines);
            }
            SourceException away = null;
            while (away == null) {
                try {
                    source.plan(at, Source.Limit.NONE);
                    assertTrue(woken.tryAcquire(30, TimeUnit.SECONDS));
                } catch (SourceException e) {
                    away = e;
                }
            }
            assertTrue(away.retries());
            assertTrue(source.plan(at, Source.Limit.NONE).isEmpty());
            try (Socket client = server.accept()) {
                send(client.getOutputStream(), "again\n");
                at = collect(source, at, 3, lines);
            }
            assertEquals(List.of("one", "last", "again"), lines);
        }
    }

    @Test
    void a_source_that_nobody_reads_makes_the_sender_wait() throws Exception {
        try (Source source = open()) {
            source.plan(null, Source.Limit.NONE);
            try (Socket client = server.accept()) {
                int lines = 60_000;
                byte[] line = ("x".repeat(999) + "\n").getBytes(StandardCharsets.UTF_8);
                var sender = new Thread(() -> {
                    try {
                        OutputStream out = client.getOutputStream();
                        for (int i = 0; i < lines; i++) {
                            out.write(line);
                        }
                        out.flush();
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                sender.start();
                Offset at = null;
                long most = 0;
                while (Numbers.first(at) < lines) {
                    var to = source.plan(at, Source.Limit.NONE);
                    if (to.isEmpty()) {
                        assertTrue(woken.tryAcquire(30, TimeUnit.SECONDS));
                        continue;
                    }
                    most = Math.max(most, Numbers.first(to.get()) - Numbers.first(at));
                    source.commit(to.get());
                    at = to.get();
                }
                sender.join();
                assertTrue(most < 20_000, "lines held " + most);
            }
        }
    }

    @Test
    void a_restored_source_counts_on() throws Exception {
        try (Source source = open()) {
            Offset from = source.offset("[100]");
            assertTrue(source.plan(from, Source.Limit.NONE).isEmpty());
            try (Socket client = server.accept()) {
                send(client.getOutputStream(), "one\n");
                assertEquals(
                        "[101]", collect(source, from, 1, new ArrayList<>()).json());
            }
        }
    }

    @Test
    void options_are_checked() {
        assertEquals(
                "TR-403",
                assertThrows(PlanException.class, () -> open("host", "")).code());
        assertEquals(
                "TR-404",
                assertThrows(PlanException.class, () -> open("port", "70000")).code());
    }
}
