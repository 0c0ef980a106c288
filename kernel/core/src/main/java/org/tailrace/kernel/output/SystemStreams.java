package org.tailrace.kernel.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * {@code System.out}, {@code System.err} and {@code System.in} of this JVM, shared by every router that is open. They are the
 * one thing that cannot be per kernel: the first router puts ours in place, the last one puts the JVM's own back.
 */
final class SystemStreams {

    private static final List<OutputRouter> ROUTERS = new CopyOnWriteArrayList<>();

    private static final InheritableThreadLocal<@Nullable Binding> CURRENT = new InheritableThreadLocal<>() {
        @Override
        protected @Nullable Binding childValue(@Nullable Binding parent) {
            return parent == null ? null : parent.inherit();
        }
    };

    private static @Nullable PrintStream realOut;
    private static @Nullable PrintStream realErr;
    private static @Nullable InputStream realIn;
    private static @Nullable PrintStream ourOut;
    private static @Nullable PrintStream ourErr;
    private static @Nullable InputStream ourIn;

    private SystemStreams() {}

    static synchronized void capture(OutputRouter router) {
        if (ROUTERS.isEmpty()) {
            realOut = System.out;
            realErr = System.err;
            realIn = System.in;
            ourOut = new PrintStream(new RoutedStream("stdout", realErr), true, StandardCharsets.UTF_8);
            ourErr = new PrintStream(new RoutedStream("stderr", realErr), true, StandardCharsets.UTF_8);
            ourIn = new RoutedInput(realIn);
            System.setOut(ourOut);
            System.setErr(ourErr);
            System.setIn(ourIn);
        }
        ROUTERS.add(router);
    }

    static synchronized void release(OutputRouter router) {
        if (!ROUTERS.remove(router) || !ROUTERS.isEmpty()) {
            return;
        }
        // a program that put its own streams in place keeps them
        if (System.out == ourOut) {
            System.setOut(realOut);
        }
        if (System.err == ourErr) {
            System.setErr(realErr);
        }
        if (System.in == ourIn) {
            System.setIn(realIn);
        }
    }

    /** The JVM's own standard error, also while ours is in place. */
    static synchronized PrintStream realErr() {
        return realErr != null && !ROUTERS.isEmpty() ? realErr : System.err;
    }

    static @Nullable Binding binding() {
        return CURRENT.get();
    }

    static void bind(@Nullable Binding binding) {
        if (binding == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(binding);
        }
    }

    /** For a thread that no cell started: a binding to the cell that runs, in whichever kernel one does. */
    private static Optional<Binding> anyRunning() {
        for (int i = ROUTERS.size() - 1; i >= 0; i--) {
            OutputRouter router = ROUTERS.get(i);
            Optional<CellContext> cell = router.running();
            if (cell.isPresent()) {
                return Optional.of(new Binding(router, cell.get(), null));
            }
        }
        return Optional.empty();
    }

    private static Optional<Binding> source() {
        Binding own = CURRENT.get();
        return own != null ? Optional.of(own) : anyRunning();
    }

    private static final class RoutedStream extends OutputStream {
        private final String name;
        private final PrintStream log;

        RoutedStream(String name, PrintStream log) {
            this.name = name;
            this.log = log;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Optional<Binding> source = source();
            if (source.isEmpty()) {
                log.write(bytes, offset, length);
                log.flush();
                return;
            }
            Binding binding = source.get();
            if (binding.lines != null) {
                binding.lines.write(bytes, offset, length);
            } else {
                binding.router.write(binding.target(), name, bytes, offset, length);
            }
        }
    }

    private static final class RoutedInput extends InputStream {
        private final InputStream real;

        RoutedInput(InputStream real) {
            this.real = real;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Optional<Binding> source = source();
            if (source.isEmpty()) {
                return real.read(into, offset, length);
            }
            Binding binding = source.get();
            return binding.router.readInput(binding.target(), into, offset, length);
        }
    }
}
