package org.tailrace.kernel.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tailrace.kernel.spi.LiveDisplay;

/**
 * Brings every output of one kernel to the cell that it belongs to.
 *
 * <p>What a thread prints to {@code System.out} and {@code System.err} belongs to the cell it was bound to ({@link #run},
 * {@link #bind}) or whose thread started it, also after that cell has ended. Workers of pools print for the cell that
 * runs. A thread that no cell started prints for the cell that runs too, and to the JVM's own standard error while
 * none does. Streams are gathered for 30 ms or 16 KB and keep their place among the other outputs of their cell.
 *
 * <p>One lock orders everything that goes to the sink, so that no output slips behind the end of its cell. The sink is
 * therefore called under that lock and must neither block nor call back.
 *
 * <p>Capturing is shared by all kernels of a JVM and ends when the last router is closed; who needs the real
 * {@code System.out} reads it before the first router is made.
 */
public final class OutputRouter implements AutoCloseable {

    static final String STDOUT = "stdout";
    static final String STDERR = "stderr";
    private static final int STREAM_BYTES = 16 * 1024;

    private final OutputSink sink;
    private final Consumer<String> log;
    private final DisplayThread displays;
    private final TypedLines typed = new TypedLines();

    private final Object lock = new Object();
    private final Map<CellContext, StreamBuffer> pending = new IdentityHashMap<>();
    private final List<CellContext> running = new ArrayList<>();
    private boolean closed;

    /** @param log takes one line about what went wrong with an output itself */
    public OutputRouter(OutputSink sink, Consumer<String> log) {
        this.sink = sink;
        this.log = log;
        this.displays = new DisplayThread(this, log);
        SystemStreams.capture(this);
        displays.start();
    }

    /**
     * Marks a cell as the one that runs and binds the calling thread to it. Closing the scope sends what is pending, the views'
     * frames included, and waits for it at most two seconds; the cell's idle status comes after that.
     */
    public Scope run(CellContext cell) {
        synchronized (lock) {
            running.add(cell);
        }
        Scope bound = bind(cell);
        return () -> {
            displays.flush();
            synchronized (lock) {
                emitPending(cell, true);
                end(cell);
            }
            bound.close();
        };
    }

    /** Undoes one {@link #run}; an interpreter may mark a cell that the dispatcher has marked already. */
    private void end(CellContext cell) {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (running.get(i) == cell) {
                running.remove(i);
                return;
            }
        }
    }

    /** Binds the calling thread, and threads it will start, to a cell. */
    public Scope bind(CellContext cell) {
        return bind(new Binding(this, cell, null));
    }

    /**
     * Sends what the calling thread, and threads it will start, print to {@code lines}, line by line, instead of to the
     * cell; for work in the background that keeps a log of its own. Called on the printing thread.
     */
    public Scope bindLines(CellContext cell, Consumer<String> lines) {
        var splitter = new LineSplitter(lines);
        Scope bound = bind(new Binding(this, cell, splitter));
        return () -> {
            splitter.close();
            bound.close();
        };
    }

    private static Scope bind(Binding binding) {
        Binding before = SystemStreams.binding();
        SystemStreams.bind(binding);
        return () -> SystemStreams.bind(before);
    }

    /** The cell that the calling thread works for: bound, inherited, or for a pool's worker the running one. */
    public Optional<CellContext> current() {
        Binding binding = SystemStreams.binding();
        return binding == null || binding.router != this ? Optional.empty() : Optional.of(binding.target());
    }

    /** The cell that runs now; of several, in subshells, the one that began last. */
    public Optional<CellContext> running() {
        synchronized (lock) {
            return running.isEmpty() ? Optional.empty() : Optional.of(running.get(running.size() - 1));
        }
    }

    /** Writes to a cell's standard output. */
    public void print(CellContext cell, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(cell, STDOUT, bytes, 0, bytes.length);
    }

    /** Writes to a cell's standard error. */
    public void printError(CellContext cell, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(cell, STDERR, bytes, 0, bytes.length);
    }

    void write(CellContext cell, String name, byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        synchronized (lock) {
            if (closed) {
                return;
            }
            StreamBuffer buffer = pending.get(cell);
            if (buffer != null && !buffer.name.equals(name)) {
                emitPending(cell, true);
                buffer = null;
            }
            if (buffer == null) {
                buffer = new StreamBuffer(name);
                pending.put(cell, buffer);
                displays.streamsPending();
            }
            buffer.append(bytes, offset, length);
            if (buffer.size() >= STREAM_BYTES) {
                emitPending(cell, false);
            }
        }
    }

    /** Shows a bundle (MIME type to text) once. */
    public void display(CellContext cell, Map<String, String> bundle) {
        display(cell, bundle, "");
    }

    /** Shows a bundle that {@link #updateDisplay} can replace later; an empty id is none. */
    public void display(CellContext cell, Map<String, String> bundle, String displayId) {
        inOrder(cell, () -> sink.display(cell, bundle, displayId));
    }

    /** Replaces every display of that id now; on behalf of the running cell, or of {@code cell} if none runs. */
    public void updateDisplay(CellContext cell, Map<String, String> bundle, String displayId) {
        synchronized (lock) {
            if (!closed) {
                sink.updateDisplay(running.isEmpty() ? cell : running.get(running.size() - 1), bundle, displayId);
            }
        }
    }

    /**
     * Shows what {@code first} gives, on the calling thread, and opens the display for changes: its later pictures are
     * pulled by this kernel's display thread.
     */
    public LiveDisplay live(CellContext cell, String displayId, Supplier<Map<String, String>> first) {
        return displays.open(cell, displayId, first);
    }

    public void result(CellContext cell, Map<String, String> bundle) {
        inOrder(cell, () -> sink.result(cell, cell.number(), bundle));
    }

    public void error(CellContext cell, String name, String value, List<String> traceback) {
        inOrder(cell, () -> sink.error(cell, name, value, traceback));
    }

    /** @param wait whether the outputs stay until the next one comes */
    public void clear(CellContext cell, boolean wait) {
        inOrder(cell, () -> sink.clear(cell, wait));
    }

    /** Offers something to read beside the notebook. */
    public void page(CellContext cell, Map<String, String> bundle) {
        inOrder(cell, () -> sink.page(cell, bundle));
    }

    /** Says who answers {@link #input}; without, there is no input. */
    public void inputFrom(InputSource source) {
        typed.source(source);
    }

    /**
     * Asks for a line; what the cell has printed so far is shown first.
     *
     * @throws NoInputException if the front end allows no input
     * @throws IOException if the wait was interrupted
     */
    public String input(CellContext cell, String prompt, boolean password) throws IOException {
        flush(cell);
        return typed.ask(cell, prompt, password);
    }

    int readInput(CellContext cell, byte[] into, int offset, int length) throws IOException {
        flush(cell);
        return typed.read(cell, into, offset, length);
    }

    /** Sends what the cell has printed and not yet sent. */
    public void flush(CellContext cell) {
        synchronized (lock) {
            emitPending(cell, false);
        }
    }

    void flushAll() {
        synchronized (lock) {
            for (CellContext cell : List.copyOf(pending.keySet())) {
                emitPending(cell, false);
            }
        }
    }

    private void inOrder(CellContext cell, Runnable output) {
        synchronized (lock) {
            if (!closed) {
                emitPending(cell, true);
                output.run();
            }
        }
    }

    private void emitPending(CellContext cell, boolean all) {
        StreamBuffer buffer = pending.get(cell);
        if (buffer == null) {
            return;
        }
        String text = all ? buffer.takeAll() : buffer.takeWhole();
        if (buffer.size() == 0) {
            pending.remove(cell);
        } else {
            displays.streamsPending();
        }
        if (!text.isEmpty()) {
            try {
                sink.stream(cell, buffer.name, text);
            } catch (RuntimeException e) {
                log.accept("output of cell " + cell.number() + " was lost: " + e);
            }
        }
    }

    /** Sends what is pending and takes no more; gives the JVM its own streams back if this was the last router. */
    @Override
    public void close() {
        displays.close();
        synchronized (lock) {
            for (CellContext cell : List.copyOf(pending.keySet())) {
                emitPending(cell, true);
            }
            closed = true;
        }
        SystemStreams.release(this);
    }
}
