package org.tailrace.kernel.wire;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * Publishes what the {@link IopubQueue} holds, on the I/O thread, and decides what happens when a subscriber does not read.
 *
 * <p>The socket refuses a message while any subscriber has 1,000 waiting. The message is then tried again, for five seconds
 * without progress; after that it is sent with dropping allowed. ZeroMQ takes a subscriber for which a message was
 * dropped out of the distribution until it has read half of what waits for it, so from then on the others are served
 * at full speed, and the stalled one comes back by itself.
 */
final class Publication {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ZMQ.Socket socket;
    private final IopubQueue queue;
    private final Signer signer;
    private final Consumer<String> log;

    private @Nullable List<byte[]> refused;
    private boolean stalled;
    private long stalledNanos;

    Publication(ZMQ.Socket socket, IopubQueue queue, Signer signer, Consumer<String> log) {
        this.socket = socket;
        this.queue = queue;
        this.signer = signer;
        this.log = log;
    }

    /** Whether a message waits for a subscriber; XPUB does not say when it would take it. */
    boolean isStalled() {
        return refused != null;
    }

    /** Publishes up to {@code most} messages; true if all are out, false if some still wait. */
    boolean publish(int most, long nowNanos) {
        if (refused != null && !publish(refused, nowNanos)) {
            return false;
        }
        refused = null;
        for (int i = 0; i < most; i++) {
            Message next = queue.poll().orElse(null);
            if (next == null) {
                long dropped = queue.takeDropped();
                if (dropped > 0) {
                    log.accept(dropped + " displays were dropped: a front end did not read them");
                }
                return true;
            }
            refused = Frames.encodeOrDrop(next, signer, log).orElse(null);
            if (refused != null && !publish(refused, nowNanos)) {
                return false;
            }
            refused = null;
        }
        return false;
    }

    private boolean publish(List<byte[]> frames, long nowNanos) {
        if (Sockets.send(frames, socket)) {
            stalled = false;
            return true;
        }
        if (!stalled) {
            stalled = true;
            stalledNanos = nowNanos;
        }
        if (nowNanos - stalledNanos < PATIENCE_NANOS) {
            return false;
        }
        socket.setXpubNoDrop(false);
        try {
            return Sockets.send(frames, socket);
        } finally {
            socket.setXpubNoDrop(true);
        }
    }
}
