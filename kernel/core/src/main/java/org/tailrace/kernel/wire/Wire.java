package org.tailrace.kernel.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * The five sockets of a kernel, owned by one thread, {@code jupyter-io}. It blocks in a poll and is woken over an inproc
 * socket; any thread may enqueue a message and never waits, whatever a subscriber does.
 *
 * <pre>
 *   any thread ── send ──▶ queue ──┐                       ┌──▶ shell, control, stdin (ROUTER)
 *                                  ├── jupyter-io thread ──┼──▶ iopub (XPUB, refuses beyond 1,000 waiting messages)
 *   jupyter-wake ── inproc ────────┘          │            └──▶ heartbeat (REP, echoes)
 *                                             └── accepted messages ──▶ the dispatcher, which only hands them on
 * </pre>
 *
 * <p>Bytes that are no valid message (no delimiter, bad signature, a repeated message, broken JSON) are dropped and logged at a
 * limited rate. A frame above 64 MB ends its connection before it is buffered.
 */
public final class Wire implements AutoCloseable {

    /** What a wire hands on; called on the I/O thread, so an implementation returns at once. */
    public interface Receiver {
        void received(Message message);

        /** The sockets are of no more use; nothing will come or go. */
        void failed(Throwable cause);
    }

    public static final String PROTOCOL_VERSION = "5.5";

    private static final int CLOSE_MS = 5_000;
    /** How often a message is tried again that a subscriber keeps from going out. */
    private static final int RETRY_MS = 10;

    /** Messages taken from one socket, or published, before the others get their turn. */
    private static final int BATCH = 100;

    private final Signer signer;
    private final Consumer<String> log;
    private final LimitedLog rejects;
    private final String session = UUID.randomUUID().toString();
    private final AtomicLong messages = new AtomicLong();

    private final Queue<Message> replies = new ConcurrentLinkedQueue<>();
    private final IopubQueue published = new IopubQueue();
    private final Sockets sockets;
    private final Publication publication;
    private final Questions questions;
    private @Nullable Thread io;
    private volatile boolean ended;

    /**
     * Binds the ports; nothing is answered before {@link #start}.
     *
     * @param log takes one line about what was dropped
     * @throws IOException if a port cannot be bound
     */
    public Wire(ConnectionInfo info, Consumer<String> log) throws IOException {
        this.log = log;
        this.rejects = new LimitedLog(log);
        this.signer = new Signer(info.signatureScheme(), info.key());
        this.sockets = new Sockets(info);
        this.publication = new Publication(sockets.iopub, published, this::welcome, signer, log);
        this.questions = new Questions(sockets.stdin, log);
    }

    /** The connection with the ports that were bound. */
    public ConnectionInfo connection() {
        return sockets.bound;
    }

    public synchronized void start(Receiver receiver) {
        if (io != null) {
            throw new IllegalStateException("the wire was started before");
        }
        io = new Thread(null, () -> run(receiver), "jupyter-io", 0, false);
        io.setDaemon(true);
        sockets.wake.start();
        io.start();
    }

    /** Makes a message of this kernel's; an empty parent belongs to no request. */
    public Message message(
            Channel channel,
            List<byte[]> identities,
            String type,
            ObjectNode parent,
            ObjectNode content,
            List<byte[]> buffers) {
        ObjectNode header = Json.object()
                .put("msg_id", session + "_" + messages.incrementAndGet())
                .put("session", session)
                .put("username", "kernel")
                .put("date", Instant.now().toString())
                .put("msg_type", type)
                .put("version", PROTOCOL_VERSION);
        return new Message(channel, identities, header, parent, Json.object(), content, buffers);
    }

    /** Enqueues a message and returns at once. From any thread; after {@link #close} it is dropped. */
    public void send(Message message) {
        if (message.channel() == Channel.IOPUB) {
            published.offer(message);
        } else {
            replies.add(message);
        }
        sockets.wake.signal();
    }

    /** Sends what is enqueued, waiting for slow readers no longer than two seconds, and closes the sockets. */
    @Override
    public void close() {
        ended = true;
        Thread running;
        synchronized (this) {
            running = io;
        }
        if (running == null) {
            sockets.discard();
            return;
        }
        sockets.wake.signal();
        if (Thread.currentThread() != running) {
            try {
                running.join(CLOSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(Receiver receiver) {
        try {
            loop(receiver);
        } catch (RuntimeException | Error e) {
            log.accept("the wire has failed: " + e);
            receiver.failed(e);
        } finally {
            sockets.close();
        }
    }

    private void loop(Receiver receiver) {
        try (ZMQ.Poller poller = sockets.poller()) {
            boolean idle = true;
            while (!ended) {
                poller.poll(waitMs(idle));
                while (!Sockets.receive(sockets.wakeUp).isEmpty()) {}
                sockets.wake.clear();
                echo();
                receive(Channel.CONTROL, receiver);
                receive(Channel.SHELL, receiver);
                receive(Channel.STDIN, receiver);
                reply();
                // a cell that prints without end must not keep the interrupt request from being read
                idle = publication.publish(BATCH, System.nanoTime());
            }
            reply();
            publication.publish(Integer.MAX_VALUE, System.nanoTime());
        }
    }

    private long waitMs(boolean idle) {
        boolean retry = publication.isStalled() || questions.isWaiting();
        return retry ? RETRY_MS : idle ? -1 : 0;
    }

    private void echo() {
        List<byte[]> beat;
        while (!(beat = Sockets.receive(sockets.heartbeat)).isEmpty()) {
            Sockets.send(beat, sockets.heartbeat);
        }
    }

    private Message welcome(byte[] topic) {
        ObjectNode content = Json.object().put("subscription", new String(topic, StandardCharsets.UTF_8));
        return message(Channel.IOPUB, List.of(topic), "iopub_welcome", Json.object(), content, List.of());
    }

    private void receive(Channel channel, Receiver receiver) {
        for (int i = 0; i < BATCH; i++) {
            List<byte[]> frames = Sockets.receive(sockets.of(channel));
            if (frames.isEmpty()) {
                return;
            }
            try {
                receiver.received(Frames.decode(channel, frames, signer));
            } catch (MalformedMessageException e) {
                rejects.accept("dropped a message on " + channel + ": " + e.getMessage(), System.nanoTime());
            } catch (RuntimeException e) {
                rejects.accept("a message on " + channel + " could not be handed on: " + e, System.nanoTime());
            }
        }
    }

    private void reply() {
        long nowNanos = System.nanoTime();
        Message reply;
        while ((reply = replies.poll()) != null) {
            Channel channel = reply.channel();
            Frames.encodeOrDrop(reply, signer, log).ifPresent(frames -> {
                if (channel == Channel.STDIN) {
                    questions.add(frames, nowNanos);
                } else {
                    Sockets.send(frames, sockets.of(channel));
                }
            });
        }
        questions.send(nowNanos);
    }
}
