package org.tailrace.magics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tailrace.kernel.exec.JShellInterpreter;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.output.OutputSink;
import org.tailrace.kernel.protocol.Interpreter;

/** A notebook without a front end: cells go in, and what a front end would show of each can be asked. */
final class TestNotebook implements AutoCloseable {
    private final Object lock = new Object();
    // all guarded by lock
    private final Map<Integer, StringBuilder> printed = new LinkedHashMap<>();
    private final Map<Integer, List<String>> displays = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> byId = new LinkedHashMap<>();
    private final List<String> pictures = new ArrayList<>();
    private final Map<Integer, Map<String, String>> results = new LinkedHashMap<>();

    private final OutputRouter router = new OutputRouter(new Sink(), line -> {});
    private final JShellInterpreter interpreter;
    private int count;

    /** Knows of no other notebook. */
    TestNotebook() {
        this(freshFolder());
    }

    /** @param knownQueries where durable queries are listed for the kernels that come after */
    TestNotebook(Path knownQueries) {
        this(knownQueries, "one.ipynb");
    }

    TestNotebook(Path knownQueries, String name) {
        interpreter = new JShellInterpreter(router, List.of(new TailracePlugin(knownQueries, name)), line -> {});
    }

    private static Path freshFolder() {
        try {
            return Files.createTempDirectory("known-queries-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Interpreter interpreter() {
        return interpreter;
    }

    /** Runs a cell of its own. */
    Interpreter.Outcome run(String source) {
        return run("cell-" + (count + 1), source);
    }

    /** Runs a cell of the front end's given identity, as a cell that is run again has. */
    Interpreter.Outcome run(String id, String source) {
        count++;
        return interpreter.execute(new CellContext(id, count, source, ""), false);
    }

    /** Runs a cell that must not fail; returns its number. */
    int ok(String source) {
        Interpreter.Outcome outcome = run(source);
        if (outcome.failed()) {
            throw new AssertionError(source + "\n" + plain(String.join("\n", outcome.traceback())));
        }
        return count;
    }

    /** The traceback of a cell that must fail. */
    String failure(String source) {
        Interpreter.Outcome outcome = run(source);
        if (!outcome.failed()) {
            throw new AssertionError("did not fail: " + source);
        }
        return plain(String.join("\n", outcome.traceback()));
    }

    int lastCell() {
        return count;
    }

    String printed(int cell) {
        synchronized (lock) {
            return printed.getOrDefault(cell, new StringBuilder()).toString();
        }
    }

    /** What the displays of a cell show now, by MIME type. */
    List<Map<String, String>> shown(int cell) {
        synchronized (lock) {
            return displays.getOrDefault(cell, List.of()).stream()
                    .map(byId::get)
                    .collect(Collectors.toList());
        }
    }

    /** How many pictures were sent for the displays of a cell, first ones and later ones. */
    long picturesSent(int cell) {
        synchronized (lock) {
            List<String> ids = displays.getOrDefault(cell, List.of());
            return pictures.stream().filter(ids::contains).count();
        }
    }

    String result(int cell) {
        synchronized (lock) {
            return results.getOrDefault(cell, Map.of()).getOrDefault("text/plain", "");
        }
    }

    private static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    @Override
    public void close() {
        interpreter.close();
        router.close();
    }

    private final class Sink implements OutputSink {
        @Override
        public void stream(CellContext parent, String name, String text) {
            synchronized (lock) {
                printed.computeIfAbsent(parent.number(), n -> new StringBuilder())
                        .append(text);
            }
        }

        @Override
        public void display(CellContext parent, Map<String, String> bundle, String displayId) {
            synchronized (lock) {
                String id = displayId.isEmpty() ? "display-" + byId.size() : displayId;
                displays.computeIfAbsent(parent.number(), n -> new ArrayList<>())
                        .add(id);
                byId.put(id, bundle);
                pictures.add(id);
            }
        }

        @Override
        public void updateDisplay(CellContext parent, Map<String, String> bundle, String displayId) {
            synchronized (lock) {
                byId.put(displayId, bundle);
                pictures.add(displayId);
            }
        }

        @Override
        public void result(CellContext parent, int executionCount, Map<String, String> bundle) {
            synchronized (lock) {
                results.put(parent.number(), bundle);
            }
        }

        @Override
        public void error(CellContext parent, String name, String value, List<String> traceback) {}

        @Override
        public void clear(CellContext parent, boolean wait) {}
    }
}
