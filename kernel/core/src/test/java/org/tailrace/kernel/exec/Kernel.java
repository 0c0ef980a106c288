package org.tailrace.kernel.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.output.OutputSink;
import org.tailrace.kernel.protocol.Interpreter.Outcome;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.KernelPlugin;

/** An interpreter with everything around it that a test looks at. */
final class Kernel implements AutoCloseable {

    /** What one output was: {@code stdout}, {@code stderr}, {@code display}, {@code update}, {@code result} or {@code error}. */
    record Output(int cell, String kind, String text, Map<String, String> bundle) {}

    final List<Output> outputs = new CopyOnWriteArrayList<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    final OutputRouter router = new OutputRouter(new Sink(), log::add);
    final PreparedJava prepared;
    final JShellInterpreter interpreter;
    private KernelHost host;
    private int count;

    Kernel(KernelPlugin... plugins) {
        this(Map.of(), plugins);
    }

    /** @param environment variables as the operating system would give them */
    Kernel(Map<String, String> environment, KernelPlugin... plugins) {
        var all = new ArrayList<KernelPlugin>(List.of(plugins));
        all.add(given -> host = given);
        prepared = new PreparedJava(environment);
        interpreter = new JShellInterpreter(router, all, prepared, log::add);
    }

    KernelHost host() {
        interpreter.isComplete("");
        return host;
    }

    Outcome run(String source) {
        count++;
        return interpreter.execute(new CellContext("cell-" + count, count, source, ""), false);
    }

    /** The text of the result of a cell that must not fail. */
    String value(String source) {
        int before = outputs.size();
        var outcome = run(source);
        if (outcome.failed()) {
            throw new AssertionError(String.join("\n", outcome.traceback()));
        }
        return outputs.subList(before, outputs.size()).stream()
                .filter(output -> output.kind().equals("result"))
                .map(Output::text)
                .collect(Collectors.joining());
    }

    /** The traceback of a cell that must fail, without colours. */
    String failure(String source) {
        var outcome = run(source);
        if (!outcome.failed()) {
            throw new AssertionError("did not fail: " + source);
        }
        return plain(String.join("\n", outcome.traceback()));
    }

    static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    String text(String kind) {
        return outputs.stream()
                .filter(output -> output.kind().equals(kind))
                .map(Output::text)
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        interpreter.close();
        router.close();
    }

    private final class Sink implements OutputSink {

        private void add(CellContext parent, String kind, String text, Map<String, String> bundle) {
            outputs.add(new Output(parent.number(), kind, text, bundle));
        }

        @Override
        public void stream(CellContext parent, String name, String text) {
            add(parent, name, text, Map.of());
        }

        @Override
        public void display(CellContext parent, Map<String, String> bundle, String displayId) {
            add(parent, "display", bundle.getOrDefault("text/plain", ""), bundle);
        }

        @Override
        public void updateDisplay(CellContext parent, Map<String, String> bundle, String displayId) {
            add(parent, "update", bundle.getOrDefault("text/plain", ""), bundle);
        }

        @Override
        public void result(CellContext parent, int executionCount, Map<String, String> bundle) {
            add(parent, "result", bundle.getOrDefault("text/plain", ""), bundle);
        }

        @Override
        public void error(CellContext parent, String name, String value, List<String> traceback) {
            add(parent, "error", plain(String.join("\n", traceback)), Map.of());
        }

        @Override
        public void clear(CellContext parent, boolean wait) {
            add(parent, "clear", "", Map.of());
        }
    }
}
