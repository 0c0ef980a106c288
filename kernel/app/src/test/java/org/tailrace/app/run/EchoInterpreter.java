package org.tailrace.app.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputSink;
import org.tailrace.kernel.protocol.Interpreter;
import org.tailrace.kernel.protocol.StopSignal;

/** A language of a few words, to run notebooks without JShell: print, show, update, fail, hang, background. */
final class EchoInterpreter implements Interpreter {

    private final OutputSink sink;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final List<String> background = new ArrayList<>();
    private final CountDownLatch toldTwice = new CountDownLatch(2);
    private CellContext shown = new CellContext("", 0, "", "");
    Duration liveFor = Duration.ZERO;
    boolean closed;

    EchoInterpreter(OutputSink sink) {
        this.sink = sink;
    }

    @Override
    public Outcome execute(CellContext cell, boolean silent, StopSignal stop) {
        stop.then(interrupted::countDown);
        for (String line : cell.source().split("\n")) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "print" -> sink.stream(cell, "stdout", rest + "\n");
                case "show" -> {
                    shown = cell;
                    sink.display(cell, table(rest), "view");
                }
                case "update" -> sink.updateDisplay(cell, table(rest), "view");
                case "background" -> background.add(rest);
                case "hang" -> {
                    try {
                        interrupted.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return fail(cell, "Interrupted", "by the watchdog");
                }
                case "fail" -> {
                    return fail(cell, "Failure", rest);
                }
                default -> sink.result(cell, cell.number(), Map.of("text/plain", line));
            }
        }
        return Outcome.OK;
    }

    private Outcome fail(CellContext cell, String name, String value) {
        List<String> traceback = List.of("\u001b[31m" + name + "\u001b[0m: " + value);
        sink.error(cell, name, value, traceback);
        return new Outcome(true, name, value, traceback);
    }

    private static Map<String, String> table(String text) {
        return Map.of("text/plain", "text of " + text, "text/html", "<table><tr><td>" + text + "</td></tr></table>");
    }

    /** Ends the background work: updates the view once more, and reports what begins with {@code broken}. */
    @Override
    public List<String> awaitQuiet(Duration liveFor) throws InterruptedException {
        this.liveFor = liveFor;
        if (background.contains("endless")) {
            new CountDownLatch(1).await();
        }
        if (background.contains("slow")) {
            toldTwice.await();
        }
        if (!background.isEmpty()) {
            sink.updateDisplay(shown, table("the end"), "view");
        }
        return background.stream().filter(b -> b.startsWith("broken")).toList();
    }

    /** What is slow ends when somebody has looked at it twice. */
    @Override
    public Optional<Progress> workDone() {
        if (!background.contains("slow")) {
            return Optional.empty();
        }
        toldTwice.countDown();
        return Optional.of(new Progress(4 - 2 * toldTwice.getCount(), 6));
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public Map.Entry<Outcome, Map<String, String>> evaluate(CellContext cell, String expression, StopSignal stop) {
        return Map.entry(Outcome.OK, Map.of("text/plain", expression));
    }

    @Override
    public boolean declares(String name) {
        return false;
    }

    @Override
    public Completeness isComplete(String code) {
        return new Completeness("complete", "");
    }

    @Override
    public Completions complete(String code, int cursor) {
        return new Completions(cursor, cursor, List.of(), List.of());
    }

    @Override
    public Map<String, String> inspect(String code, int cursor, int detail) {
        return Map.of();
    }
}
