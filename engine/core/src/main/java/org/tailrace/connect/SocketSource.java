package org.tailrace.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.BytesVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.text.Utf8;
import org.tailrace.env.Environment;
import org.tailrace.error.Problem;
import org.tailrace.error.SourceException;
import org.tailrace.report.BadRow;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;

/**
 * Lines from a TCP connection. A thread reads them into a block that the next range takes; when too much waits, it stops
 * reading, so that the other side has to wait too. Bytes that are not UTF-8 become the replacement character.
 *
 * <p>An offset counts lines. A range can be read until it is committed, and never again: what a crash finds in memory is
 * lost. A connection that cannot be made, or that ends, is told once all its lines have been given; the next planning
 * connects anew.
 */
final class SocketSource implements Source {
    private static final long MOST_BYTES = 16 << 20;
    private static final int MOST_LINES = 500_000;
    private static final int CONNECT_MS = 1000;

    private record Block(long first, Batch rows, long bytes, BadRecordList bad) {
        long end() {
            return first + rows.size();
        }
    }

    private final String identity;
    private final String host;
    private final int port;
    private final Schema schema;
    private final boolean timed;
    private final Environment env;

    // All below: guarded by this.
    private final Deque<Block> blocks = new ArrayDeque<>();
    private BatchBuilder filling;
    private long fillingBytes;
    private BadRecordList fillingBad;
    private long heldBytes;
    private long heldLines;
    /** The number of the first line of the next block. */
    private long next;

    private @Nullable Socket socket;
    private @Nullable String ended;
    private boolean closed;
    private Runnable wake = () -> {};

    SocketSource(String identity, String host, int port, Schema schema, Environment env) {
        this.identity = identity;
        this.host = host;
        this.port = port;
        this.schema = schema;
        timed = schema.size() > 1;
        this.env = env;
        filling = new BatchBuilder(schema);
        fillingBad = new BadRecordList(identity, false);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Replay.NONE, false);
    }

    @Override
    public Optional<Offset> plan(@Nullable Offset from, Limit limit) {
        long start = Numbers.first(from);
        synchronized (this) {
            if (blocks.isEmpty() && next < start) {
                next = start;
            }
            seal();
            if (next > start) {
                return Optional.of(Numbers.of(next));
            }
            if (ended != null) {
                String why = ended;
                ended = null;
                socket = null;
                throw away(why, null);
            }
            if (socket != null) {
                return Optional.empty();
            }
        }
        connect();
        return Optional.empty();
    }

    private SourceException away(String why, @Nullable Throwable cause) {
        return new SourceException(
                Problem.of("TR-451", "no lines from " + host + ":" + port + ": " + why)
                        .fix("start a server there, for instance nc -lk " + port),
                cause,
                true);
    }

    private void connect() {
        var made = new Socket();
        try {
            made.connect(new InetSocketAddress(host, port), CONNECT_MS);
        } catch (IOException e) {
            throw away(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        synchronized (this) {
            socket = made;
            if (closed) {
                quietly(made);
                return;
            }
        }
        env.scheduler().start("tailrace-" + identity, () -> read(made));
    }

    private void read(Socket from) {
        String why = "the other side has closed the connection";
        try (InputStream in = from.getInputStream();
                var lines = new Lines(in)) {
            while (lines.next()) {
                if (!take(lines)) {
                    return;
                }
            }
        } catch (IOException e) {
            why = e.getMessage() == null ? e.toString() : e.getMessage();
        } catch (InterruptedException e) {
            why = "its reader was interrupted";
        }
        synchronized (this) {
            ended = why;
        }
        wake().run();
    }

    private synchronized Runnable wake() {
        return wake;
    }

    /** Adds a line to the block that is being filled; false once the source is closed. */
    private boolean take(Lines lines) throws InterruptedException {
        boolean first;
        synchronized (this) {
            while (!closed && (heldBytes + fillingBytes > MOST_BYTES || heldLines + filling.size() >= MOST_LINES)) {
                wait();
            }
            if (closed) {
                return false;
            }
            first = filling.size() == 0;
            if (lines.tooLong()) {
                fillingBad.add(identity + " line " + lines.number(), lines.shown(), "the line is longer than 16 MB");
                return true;
            }
            var values = (BytesVector) filling.vector(0);
            if (Utf8.valid(lines.bytes(), lines.start(), lines.end())) {
                values.append(lines.bytes(), lines.start(), lines.end(), true);
            } else {
                values.appendValue(
                        new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8));
            }
            if (timed) {
                ((LongVector) filling.vector(1)).append(env.clock().currentTimeMs() * 1000, true);
            }
            fillingBytes += lines.end() - lines.start() + 16;
        }
        if (first) {
            wake().run();
        }
        return true;
    }

    private void seal() {
        if (filling.size() == 0) {
            return;
        }
        var block = new Block(next, filling.build(), fillingBytes, fillingBad);
        blocks.add(block);
        next = block.end();
        heldBytes += fillingBytes;
        heldLines += block.rows().size();
        fillingBytes = 0;
        fillingBad = new BadRecordList(identity, false);
    }

    @Override
    public synchronized Optional<Offset> latest(@Nullable Offset from) {
        if (blocks.isEmpty() && next < Numbers.first(from)) {
            next = Numbers.first(from);
        }
        seal();
        return next == 0 ? Optional.empty() : Optional.of(Numbers.of(next));
    }

    @Override
    public boolean reached(Offset at, Offset target) {
        return Numbers.first(at) >= Numbers.first(target);
    }

    @Override
    public synchronized BatchReader read(@Nullable Offset from, Offset to) {
        long start = Numbers.first(from);
        long end = Numbers.first(to);
        var rows = new ArrayList<Batch>();
        var bad = new ArrayList<BadRow>();
        long badCount = 0;
        long at = start;
        for (Block block : blocks) {
            if (block.first() == at && block.end() <= end) {
                rows.add(block.rows());
                badCount += block.bad().count();
                bad.addAll(block.bad().samples());
                at = block.end();
            }
        }
        if (at != end) {
            throw new SourceException(
                    Problem.of("TR-452", identity + " cannot give lines " + start + " to " + end + " again")
                            .because("a socket sends every line once"));
        }
        long total = badCount;
        var all = BatchReader.of(rows);
        return new BatchReader() {
            @Override
            public @Nullable Batch next() throws Exception {
                return all.next();
            }

            @Override
            public long badRows() {
                return total;
            }

            @Override
            public List<BadRow> badSamples() {
                return bad.subList(0, Math.min(100, bad.size()));
            }
        };
    }

    @Override
    public synchronized void commit(Offset to) {
        while (!blocks.isEmpty() && blocks.peek().end() <= Numbers.first(to)) {
            Block done = blocks.remove();
            heldBytes -= done.bytes();
            heldLines -= done.rows().size();
        }
        notifyAll();
    }

    @Override
    public Offset offset(String json) {
        return Numbers.parse(identity, json, 1);
    }

    @Override
    public void onAvailable(Runnable callback) {
        synchronized (this) {
            wake = callback;
        }
    }

    @Override
    public List<String> notes() {
        return List.of("a socket cannot replay: lines that were read before a crash are lost");
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (socket != null) {
            quietly(socket);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }
}
