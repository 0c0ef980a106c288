package org.tailrace.kernel.wire;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Wakes the I/O thread out of its poll. ZeroMQ in Java signals through a {@link java.nio.channels.Pipe}, which an interrupt of
 * the writing thread closes for good, and it clears that thread's interrupt flag. Cells print from threads that are
 * interrupted all the time, so no such thread may touch a socket: they release a semaphore, and a thread of our own,
 * which nobody interrupts, passes the signal on.
 */
final class Wake extends Thread {

    private static final byte[] SIGNAL = {};

    private final ZMQ.Socket push;
    private final Semaphore requests = new Semaphore(0);
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile boolean ended;

    Wake(ZMQ.Socket push) {
        super(null, null, "jupyter-wake", 0, false);
        setDaemon(true);
        this.push = push;
    }

    /** From any thread; never blocks. */
    void signal() {
        if (signalled.compareAndSet(false, true)) {
            requests.release();
        }
    }

    /** On the I/O thread, before it looks at what is to be sent: what is enqueued from now on signals anew. */
    void clear() {
        signalled.set(false);
    }

    /** On the I/O thread; returns when the socket is no longer used. */
    void end() {
        ended = true;
        requests.release();
        boolean interrupted = false;
        while (isAlive()) {
            try {
                join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (true) {
            requests.acquireUninterruptibly();
            if (ended) {
                return;
            }
            try {
                push.send(SIGNAL, ZMQ.DONTWAIT);
            } catch (ZMQException e) {
                return;
            }
        }
    }
}
