package org.tailrace.kernel.wire;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.zeromq.ZMQ;

/**
 * Publishes what the {@link IopubQueue} holds, on the I/O thread, and decides what happens when a subscriber does not read.
 *
 * <p>The socket refuses a message while any subscriber has 1,000 waiting. The message is then tried again, for five seconds
 * without progress; after that it is sent with dropping allowed. ZeroMQ takes a subscriber for which a message was
 * dropped out of the distribution until it has read half of what waits for it, so from then on the others are served
 * at full speed, and the stalled one comes back by itself.
 *
 * <p>A new subscriber is welcomed before anything else that goes out: from its welcome on it misses nothing. ZeroMQ applies a
 * subscription while it sends, so a message may slip in between by microseconds; its manual mode would rule that out, but in
 * this version it can mix up subscribers when one of them leaves.
 */
final class Publication {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ZMQ.Socket socket;
    private final IopubQueue queue;
    private final Function<byte[], Message> welcome;
    private final Signer signer;
    private final Consumer<String> log;

    /** Written and not yet taken by the socket. */
    private final Deque<List<byte[]>> written = new ArrayDeque<>();

    private boolean stalled;
    private long stalledNanos;

    /** @param welcome makes the message that greets a subscriber to a topic */
    Publication(
            ZMQ.Socket socket,
            IopubQueue queue,
            Function<byte[], Message> welcome,
            Signer signer,
            Consumer<String> log) {
        this.socket = socket;
        this.queue = queue;
        this.welcome = welcome;
        this.signer = signer;
        this.log = log;
    }

    /** Whether a message waits for a subscriber; XPUB does not say when it would take it. */
    boolean isStalled() {
        return !written.isEmpty();
    }

    /** Publishes up to {@code most} messages; true if all are out, false if some still wait. */
    boolean publish(int most, long nowNanos) {
        for (int i = 0; i < most; i++) {
            if (written.isEmpty()) {
                queue.poll().flatMap(m -> Frames.encodeOrDrop(m, signer, log)).ifPresent(written::add);
            }
            // after the message was written, which takes time, and right before it goes out
            welcomeNewcomers();
            if (written.isEmpty() && queue.isEmpty()) {
                reportDropped();
                return true;
            }
            if (!written.isEmpty()) {
                if (!publish(written.getFirst(), nowNanos)) {
                    return false;
                }
                written.removeFirst();
            }
        }
        return false;
    }

    private void welcomeNewcomers() {
        List<byte[]> frames;
        while (!(frames = Sockets.receive(socket)).isEmpty()) {
            byte[] frame = frames.get(0);
            if (frame.length > 0 && frame[0] == 1) {
                Message message = welcome.apply(Arrays.copyOfRange(frame, 1, frame.length));
                Frames.encodeOrDrop(message, signer, log).ifPresent(written::addFirst);
            }
        }
    }

    private void reportDropped() {
        long dropped = queue.takeDropped();
        if (dropped > 0) {
            log.accept(dropped + " displays were dropped: a front end did not read them");
        }
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
