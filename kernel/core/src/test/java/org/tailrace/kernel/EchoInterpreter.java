package org.tailrace.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.NoInputException;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.protocol.Interpreter;
import org.tailrace.kernel.protocol.StopSignal;

/**
 * A language of a few words, one command a cell: {@code echo text}, {@code print n}, {@code fail}, {@code ask prompt},
 * {@code wait name}, {@code slow}, {@code flood n}, {@code spin}, {@code stubborn}, {@code break}. Each of them runs on the thread that calls it.
 */
final class EchoInterpreter implements Interpreter {

    private final OutputRouter output;
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();
    final AtomicInteger idleInterrupts = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);

    EchoInterpreter(OutputRouter output) {
        this.output = output;
    }

    /** Lets {@code wait name} end. */
    void open(String name) {
        gate(gates, name).countDown();
    }

    /** Returns when a cell has come to {@code wait name}. */
    void awaitWaiting(String name) throws InterruptedException {
        gate(waiting, name).await();
    }

    private static CountDownLatch gate(Map<String, CountDownLatch> gates, String name) {
        return gates.computeIfAbsent(name, n -> new CountDownLatch(1));
    }

    @Override
    public Outcome execute(CellContext cell, boolean silent, StopSignal stop) {
        stop.then(Thread.currentThread()::interrupt);
        String[] words = cell.source().split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        try {
            switch (words[0]) {
                case "echo" -> {
                    if (!silent) {
                        output.result(cell, Map.of("text/plain", rest, "application/json", "{\"echo\":true}"));
                    }
                }
                case "print" -> {
                    for (int i = 0; i < Integer.parseInt(rest); i++) {
                        System.out.println("line " + i);
                    }
                }
                case "spin" -> {
                    while (!Thread.interrupted()) {
                        System.out.println("round and round");
                    }
                    throw new InterruptedException();
                }
                case "stubborn" -> {
                    Thread.currentThread().interrupt();
                    for (int i = 0; i < 1_000; i++) {
                        System.out.println(i);
                        output.flush(cell);
                    }
                    output.result(cell, Map.of("text/plain", "interrupted: " + Thread.interrupted()));
                }
                case "page" -> output.page(cell, Map.of("text/plain", rest));
                case "flood" -> flood(cell, Integer.parseInt(rest));
                case "fail" -> {
                    return failure(cell, "Failure", rest);
                }
                case "ask" -> System.out.print("got " + output.input(cell, rest, false));
                case "wait" -> {
                    gate(waiting, rest).countDown();
                    gate(gates, rest).await();
                }
                case "slow" -> {
                    try {
                        gate(waiting, "slow").countDown();
                        gate(gates, "slow").await();
                    } catch (InterruptedException e) {
                        closed.await();
                        // a kernel that does not wait for this cell has the time to go down without its reply
                        Thread.sleep(300);
                        throw e;
                    }
                }
                case "break" -> throw new IllegalStateException("a bug");
                default -> {}
            }
            return Outcome.OK;
        } catch (InterruptedException e) {
            return failure(cell, "Interrupted", "");
        } catch (IOException | NoInputException e) {
            return failure(cell, e.getClass().getSimpleName(), e.getMessage());
        } finally {
            // the lane's thread serves the next cell too
            Thread.interrupted();
        }
    }

    private void flood(CellContext cell, int count) {
        var live = output.live(cell, "flooded", () -> Map.of("text/plain", "first"));
        String padding = "x".repeat(4_000);
        for (int i = 0; i < count; i++) {
            output.display(cell, Map.of("text/plain", padding));
        }
        live.update(() -> Map.of("text/plain", "last"));
    }

    private Outcome failure(CellContext cell, String name, String value) {
        output.error(cell, name, value, List.of(name + ": " + value));
        return new Outcome(true, name, value, List.of(name + ": " + value));
    }

    @Override
    public Map.Entry<Outcome, Map<String, String>> evaluate(CellContext cell, String expression, StopSignal stop) {
        return expression.equals("bad")
                ? Map.entry(new Outcome(true, "Bad", "bad expression", List.of()), Map.of())
                : Map.entry(Outcome.OK, Map.of("text/plain", expression));
    }

    @Override
    public boolean declares(String name) {
        return name.equals("quit");
    }

    @Override
    public Completeness isComplete(String code) {
        return code.endsWith("{") ? new Completeness("incomplete", "  ") : new Completeness("complete", "");
    }

    @Override
    public Completions complete(String code, int cursor) {
        return new Completions(cursor - 1, cursor, List.of(code.charAt(cursor - 1) + "cho"), List.of("word"));
    }

    @Override
    public Map<String, String> inspect(String code, int cursor, int detail) {
        return code.isEmpty() ? Map.of() : Map.of("text/plain", code + " at " + cursor);
    }

    @Override
    public void interrupt() {
        idleInterrupts.incrementAndGet();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
