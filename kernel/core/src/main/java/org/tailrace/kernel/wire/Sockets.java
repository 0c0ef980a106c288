package org.tailrace.kernel.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** The sockets of one kernel, bound; handed over to the I/O thread, which is the only one to touch them after that. */
final class Sockets {

    /** Larger frames end their connection before they are buffered. */
    static final int FRAME_BYTES = 64 << 20;

    private static final int SUBSCRIPTION_BYTES = 64 << 10;
    private static final int WAITING_MESSAGES = 1_000;
    private static final int LINGER_MS = 2_000;

    final ZMQ.Socket shell;
    final ZMQ.Socket control;
    final ZMQ.Socket stdin;
    final ZMQ.Socket iopub;
    final ZMQ.Socket heartbeat;
    final ZMQ.Socket wakeUp;
    final Wake wake;
    /** With the ports that were bound. */
    final ConnectionInfo bound;

    private final ZContext context = new ZContext(1);

    Sockets(ConnectionInfo info) throws IOException {
        context.setLinger(LINGER_MS);
        context.setThreadFactor((task, name) -> new Thread(null, task, name, 0, false));
        try {
            shell = router();
            control = router();
            stdin = router();
            // a question for a front end that is still connecting waits for it instead of getting lost
            stdin.setRouterMandatory(true);
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
            String inproc = "inproc://wake-" + UUID.randomUUID();
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

    /** A poller that reports whatever can be read. */
    ZMQ.Poller poller() {
        ZMQ.Poller poller = context.createPoller(6);
        for (ZMQ.Socket socket : List.of(wakeUp, control, shell, stdin, iopub, heartbeat)) {
            poller.register(socket, ZMQ.Poller.POLLIN);
        }
        return poller;
    }

    ZMQ.Socket of(Channel channel) {
        return switch (channel) {
            case SHELL -> shell;
            case CONTROL -> control;
            case STDIN -> stdin;
            case IOPUB -> iopub;
        };
    }

    /** One whole message, or nothing if none has come. */
    static List<byte[]> receive(ZMQ.Socket socket) {
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

    /** False if the socket takes no message now; it takes all frames of one or none. */
    static boolean send(List<byte[]> frames, ZMQ.Socket socket) {
        int last = frames.size() - 1;
        for (int i = 0; i < last; i++) {
            if (!socket.send(frames.get(i), ZMQ.DONTWAIT | ZMQ.SNDMORE)) {
                return false;
            }
        }
        return socket.send(frames.get(last), ZMQ.DONTWAIT);
    }

    /** Waits up to two seconds for readers that are slow. */
    void close() {
        wake.end();
        for (ZMQ.Socket socket : List.of(shell, control, stdin, iopub, heartbeat)) {
            socket.close();
        }
        context.close();
    }

    /** For sockets that no I/O thread was started for. */
    void discard() {
        context.close();
    }
}
