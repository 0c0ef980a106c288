package org.tailrace.kernel;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tailrace.kernel.comm.CommRegistry;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.protocol.Dispatcher;
import org.tailrace.kernel.protocol.Interpreter;
import org.tailrace.kernel.protocol.InterpreterFactory;
import org.tailrace.kernel.spi.KernelPlugin;
import org.tailrace.kernel.wire.ConnectionInfo;
import org.tailrace.kernel.wire.Wire;

/**
 * One running kernel. It listens as soon as it is made; its interpreter is made in the background, and cells wait for it.
 * Several kernels live in one JVM; they share nothing but {@code System.out}, {@code err} and {@code in}.
 */
public final class Kernel implements AutoCloseable {

    /** Plug-ins have two seconds to say goodbye; a session that does not end is left behind a little later. */
    private static final long QUIESCE_SECONDS = 3;

    /** From the beginning of the end, for the replies of cells that were interrupted by it. */
    private static final long REPLY_SECONDS = 4;

    private static final long LAST_REPLY_SECONDS = 1;

    private final Wire wire;
    private final Dispatcher dispatcher;
    private final Consumer<String> log;
    private final CompletableFuture<Interpreter> interpreter = new CompletableFuture<>();
    private boolean quiet;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Kernel(ConnectionInfo info, Consumer<String> log) throws IOException {
        this.log = log;
        wire = new Wire(info, log);
        dispatcher = new Dispatcher(
                wire,
                interpreter,
                KernelVersion.read(),
                new Dispatcher.Lifecycle() {
                    @Override
                    public void quiesce() {
                        Kernel.this.quiesce();
                    }

                    @Override
                    public void end() {
                        thread("shutdown", Kernel.this::close).start();
                    }
                },
                log);
    }

    /**
     * Starts a kernel.
     *
     * @param log takes lines that belong to no cell; called from any thread
     * @throws IOException if a port cannot be bound
     */
    public static Kernel start(
            ConnectionInfo info, InterpreterFactory factory, List<KernelPlugin> plugins, Consumer<String> log)
            throws IOException {
        var kernel = new Kernel(info, log);
        kernel.wire.start(kernel.dispatcher);
        kernel.dispatcher.starting();
        thread("warm-up", () -> kernel.warmUp(factory, List.copyOf(plugins))).start();
        return kernel;
    }

    private static Thread thread(String name, Runnable task) {
        // inherits no thread locals: a kernel made in a cell of another one does not print there
        var thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    private void warmUp(InterpreterFactory factory, List<KernelPlugin> plugins) {
        try {
            Interpreter made = factory.create(dispatcher.output(), plugins);
            if (!interpreter.complete(made)) {
                made.close();
            }
        } catch (Throwable e) {
            log.accept("the interpreter could not be made: " + e);
            interpreter.completeExceptionally(e);
        }
    }

    /** Where this kernel listens, with the ports that were free if it was told any. */
    public ConnectionInfo connection() {
        return wire.connection();
    }

    public OutputRouter output() {
        return dispatcher.output();
    }

    public CommRegistry comms() {
        return dispatcher.comms();
    }

    /** Returns when the kernel has gone down, by {@link #close} or because a front end asked. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Ends the session once: interrupts what runs and lets the plug-ins and the interpreter finish, for three seconds. */
    private synchronized void quiesce() {
        if (quiet) {
            return;
        }
        quiet = true;
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(REPLY_SECONDS);
        dispatcher.interruptCells();
        interpreter.completeExceptionally(new IllegalStateException("the kernel is going down"));
        if (!interpreter.isCompletedExceptionally()) {
            Thread closing = thread("close-session", () -> close(interpreter.join()));
            closing.start();
            try {
                closing.join(TimeUnit.SECONDS.toMillis(QUIESCE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (closing.isAlive()) {
                log.accept("the session did not end within " + QUIESCE_SECONDS + " s and is left behind");
            }
        }
        dispatcher.close(deadlineNanos);
    }

    private void close(Interpreter session) {
        try {
            session.close();
        } catch (RuntimeException | Error e) {
            log.accept("the session did not end well: " + e);
        }
    }

    /** Ends the session, sends what is still to be sent, and closes the sockets. A second call does nothing. */
    @Override
    public void close() {
        quiesce();
        // another thread may have brought about the quiet and not have replied yet
        dispatcher.awaitLastReply(System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_REPLY_SECONDS));
        wire.close();
        ended.countDown();
    }
}
