package org.tailrace.kernel.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Sends questions to front ends on the stdin channel. A front end may run a cell before its stdin channel is connected; a
 * question then waits for it, for some seconds. Used by the I/O thread.
 */
final class Questions {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Question(List<byte[]> frames, long askedNanos) {}

    private final ZMQ.Socket socket;
    private final Consumer<String> log;
    private final Deque<Question> waiting = new ArrayDeque<>();

    Questions(ZMQ.Socket socket, Consumer<String> log) {
        this.socket = socket;
        this.log = log;
    }

    void add(List<byte[]> frames, long nowNanos) {
        waiting.add(new Question(frames, nowNanos));
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    void send(long nowNanos) {
        waiting.removeIf(question -> {
            if (reaches(question.frames())) {
                return true;
            }
            boolean tooLate = nowNanos - question.askedNanos() > PATIENCE_NANOS;
            if (tooLate) {
                log.accept("a cell asks for input, but its front end has no stdin channel");
            }
            return tooLate;
        });
    }

    private boolean reaches(List<byte[]> frames) {
        try {
            return Sockets.send(frames, socket);
        } catch (ZMQException e) {
            if (e.getErrorCode() == ZMQ.Error.EHOSTUNREACH.getCode()) {
                return false;
            }
            throw e;
        }
    }
}
