package org.tailrace.kernel.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

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
 * <p>A subscriber that stops reading makes {@code iopub} refuse. Then {@link IopubQueue} holds what comes, bounded. After five
 * seconds without progress one message is sent for which dropping is allowed: that takes the stalled subscriber out of the
 * distribution until it has read half of what waits for it, and the others go on.
 *
 * <p>Bytes that are no valid message (no delimiter, bad signature, a repeated message, broken JSON) are dropped and logged at a
 * limited rate. A frame above 64 MB ends its connection before it is buffered.
 */
public final class Wire implements AutoCloseable {

    public static final String PROTOCOL_VERSION = "5.5";

    static final int FRAME_BYTES = 64 << 20;
    private static final int SUBSCRIPTION_BYTES = 64 << 10;
    private static final int WAITING_MESSAGES = 1_000;
    private static final int LINGER_MS = 1_000;
    /** How often a refused message is tried again; XPUB does not say when it would be accepted. */
    private static final int RETRY_MS = 10;

    /** Messages taken from one socket before the others get their turn. */
    private static final int BATCH = 100;

    private final ConnectionInfo bound;
    private final Signer signer;
    private final Consumer<String> log;
    private final LimitedLog rejects;
    private final String session = UUID.randomUUID().toString();
    private final AtomicLong messages = new AtomicLong();

    private final ZContext context = new ZContext(1);
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket stdin;
    private final ZMQ.Socket iopub;
    private final ZMQ.Socket heartbeat;
    private final ZMQ.Socket wakeUp;
    private final Wake wake;
    private @Nullable Thread io;

    private final Queue<Message> replies = new ConcurrentLinkedQueue<>();
    private final IopubQueue published = new IopubQueue();
    private final Stall stall = new Stall();
    private volatile boolean ended;

    /** Taken from the queue and refused by the socket; the I/O thread's. */
    private @Nullable Message refused;

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
        context.setLinger(LINGER_MS);
        context.setThreadFactor((task, name) -> new Thread(null, task, name, 0, false));
        try {
            shell = router();
            control = router();
            stdin = router();
            iopub = socket(SocketType.XPUB, SUBSCRIPTION_BYTES);
            iopub.setSndHWM(WAITING_MESSAGES);
            iopub.setXpubVerbose(true);
            iopub.setXpubNoDrop(true);
            heartbeat = socket(SocketType.REP, SUBSCRIPTION_BYTES);
            bound = new ConnectionInfo(
                    info.ip(),
                    bind(shell, info.ip(), info.shellPort()),
                    bind(control, info.ip(), info.controlPort()),
                    bind(stdin, info.ip(), info.stdinPort()),
                    bind(iopub, info.ip(), info.iopubPort()),
                    bind(heartbeat, info.ip(), info.heartbeatPort()),
                    info.signatureScheme(),
                    info.key());
            String inproc = "inproc://wake-" + session;
            wakeUp = context.createSocket(SocketType.PULL);
            wakeUp.bind(inproc);
            ZMQ.Socket push = context.createSocket(SocketType.PUSH);
            push.connect(inproc);
            wake = new Wake(push);
        } catch (IOException | RuntimeException e) {
            context.close();
            throw e;
        }
    }

    private ZMQ.Socket router() {
        ZMQ.Socket socket = socket(SocketType.ROUTER, FRAME_BYTES);
        // a front end that comes back under its old name takes over from its dead connection
        socket.setRouterHandover(true);
        // whoever asks gets an answer, however many questions came before
        socket.setSndHWM(0);
        return socket;
    }

    private ZMQ.Socket socket(SocketType type, long frameBytes) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setLinger(LINGER_MS);
        socket.setMaxMsgSize(frameBytes);
        return socket;
    }

    private static int bind(ZMQ.Socket socket, String ip, int port) throws IOException {
        try {
            socket.bind("tcp://" + ip + ":" + (port == 0 ? "*" : port));
        } catch (ZMQException e) {
            throw new IOException("cannot listen on " + ip + ":" + port + ": " + e.getMessage(), e);
        }
        String endpoint = socket.getLastEndpoint();
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    /** The connection with the ports that were bound. */
    public ConnectionInfo connection() {
        return bound;
    }

    /** @param receiver called on the I/O thread; hands the message on and returns at once */
    public synchronized void start(Consumer<Message> receiver) {
        if (io != null) {
            throw new IllegalStateException("the wire was started before");
        }
        io = new Thread(null, () -> loop(receiver), "jupyter-io", 0, false);
        io.setDaemon(true);
        wake.start();
        io.start();
    }

    /** Makes a message of this kernel's; an empty parent belongs to no request. */
    public Message message(
            Channel channel,
            List<byte[]> identities,
            String type,
            ObjectNode parent,
            ObjectNode metadata,
            ObjectNode content,
            List<byte[]> buffers) {
        ObjectNode header = Json.object()
                .put("msg_id", session + "_" + messages.incrementAndGet())
                .put("session", session)
                .put("username", "kernel")
                .put("date", Instant.now().toString())
                .put("msg_type", type)
                .put("version", PROTOCOL_VERSION);
        return new Message(channel, identities, header, parent, metadata, content, buffers);
    }

    /** Enqueues a message and returns at once. From any thread; after {@link #close} it is dropped. */
    public void send(Message message) {
        if (message.channel() == Channel.IOPUB) {
            published.offer(message);
        } else {
            replies.add(message);
        }
        wake.signal();
    }

    /** Sends what is enqueued, waiting for slow readers no longer than a second, and closes the sockets. */
    @Override
    public void close() {
        ended = true;
        wake.signal();
        Thread running;
        synchronized (this) {
            running = io;
        }
        if (running == null) {
            context.close();
        } else if (Thread.currentThread() != running) {
            try {
                running.join(4L * LINGER_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void loop(Consumer<Message> receiver) {
        try (ZMQ.Poller poller = context.createPoller(6)) {
            for (ZMQ.Socket socket : List.of(wakeUp, control, shell, stdin, iopub, heartbeat)) {
                poller.register(socket, ZMQ.Poller.POLLIN);
            }
            boolean idle = true;
            while (!ended) {
                poller.poll(idle ? -1 : refused == null ? 0 : RETRY_MS);
                while (wakeUp.recv(ZMQ.DONTWAIT) != null) {}
                wake.clear();
                echo();
                subscriptions();
                receive(control, Channel.CONTROL, receiver);
                receive(shell, Channel.SHELL, receiver);
                receive(stdin, Channel.STDIN, receiver);
                sendReplies();
                // a cell that prints without end must not keep the interrupt request from being read
                idle = publishSome(BATCH);
            }
            sendReplies();
            publishSome(Integer.MAX_VALUE);
        } catch (RuntimeException e) {
            log.accept("the wire has failed: " + e);
        } finally {
            wake.end();
            for (ZMQ.Socket socket : List.of(shell, control, stdin, iopub, heartbeat)) {
                socket.close();
            }
            context.close();
        }
    }

    private void echo() {
        List<byte[]> beat;
        while (!(beat = frames(heartbeat)).isEmpty()) {
            sendFrames(beat, heartbeat, 0);
        }
    }

    /** Welcomes a new subscriber: from then on it misses nothing. */
    private void subscriptions() {
        byte[] frame;
        while ((frame = iopub.recv(ZMQ.DONTWAIT)) != null) {
            if (frame.length > 0 && frame[0] == 1) {
                byte[] topic = Arrays.copyOfRange(frame, 1, frame.length);
                ObjectNode content = Json.object().put("subscription", new String(topic, StandardCharsets.UTF_8));
                published.offer(message(
                        Channel.IOPUB,
                        List.of(topic),
                        "iopub_welcome",
                        Json.object(),
                        Json.object(),
                        content,
                        List.of()));
            }
        }
    }

    private void receive(ZMQ.Socket socket, Channel channel, Consumer<Message> receiver) {
        for (int i = 0; i < BATCH; i++) {
            List<byte[]> frames = frames(socket);
            if (frames.isEmpty()) {
                return;
            }
            try {
                receiver.accept(Frames.decode(channel, frames, signer));
            } catch (MalformedMessageException e) {
                rejects.accept("dropped a message on " + channel + ": " + e.getMessage(), System.nanoTime());
            } catch (RuntimeException e) {
                rejects.accept("a message on " + channel + " could not be handed on: " + e, System.nanoTime());
            }
        }
    }

    /** One whole message, or nothing if none has come. */
    private static List<byte[]> frames(ZMQ.Socket socket) {
        byte[] first = socket.recv(ZMQ.DONTWAIT);
        if (first == null) {
            return List.of();
        }
        var frames = new ArrayList<byte[]>(8);
        frames.add(first);
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv(0));
        }
        return frames;
    }

    private void sendReplies() {
        Message reply;
        while ((reply = replies.poll()) != null) {
            send(reply, socketOf(reply.channel()), 0);
        }
    }

    /** Publishes up to {@code most} messages; true if all are out, false if some still wait. */
    private boolean publishSome(int most) {
        if (refused != null && !publish(refused)) {
            return false;
        }
        refused = null;
        for (int i = 0; i < most; i++) {
            Message next = published.poll().orElse(null);
            if (next == null) {
                long dropped = published.takeDropped();
                if (dropped > 0) {
                    log.accept(dropped + " displays were dropped: a front end did not read them");
                }
                return true;
            }
            if (!publish(next)) {
                refused = next;
                return false;
            }
        }
        return false;
    }

    private ZMQ.Socket socketOf(Channel channel) {
        return switch (channel) {
            case SHELL -> shell;
            case CONTROL -> control;
            case STDIN -> stdin;
            case IOPUB -> iopub;
        };
    }

    /** False if a subscriber is too far behind and the wait for it is not over. */
    private boolean publish(Message message) {
        if (send(message, iopub, ZMQ.DONTWAIT)) {
            stall.progress();
            return true;
        }
        if (!stall.giveUp(System.nanoTime())) {
            return false;
        }
        iopub.setXpubNoDrop(false);
        try {
            return send(message, iopub, ZMQ.DONTWAIT);
        } finally {
            iopub.setXpubNoDrop(true);
        }
    }

    private boolean send(Message message, ZMQ.Socket socket, int flags) {
        return sendFrames(Frames.encode(message, signer), socket, flags);
    }

    private static boolean sendFrames(List<byte[]> frames, ZMQ.Socket socket, int flags) {
        int last = frames.size() - 1;
        for (int i = 0; i < last; i++) {
            if (!socket.send(frames.get(i), flags | ZMQ.SNDMORE)) {
                return false;
            }
        }
        return socket.send(frames.get(last), flags);
    }

    /** Since when nothing was accepted. */
    private static final class Stall {
        private static final long PATIENCE_NANOS = 5_000_000_000L;
        private boolean stalled;
        private long sinceNanos;

        void progress() {
            stalled = false;
        }

        boolean giveUp(long nowNanos) {
            if (!stalled) {
                stalled = true;
                sinceNanos = nowNanos;
            }
            return nowNanos - sinceNanos >= PATIENCE_NANOS;
        }
    }
}
