package org.tailrace.kernel.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailrace.kernel.output.CellContext;

/**
 * A language, as the protocol sees it. The dispatcher is tested with an echo; {@code exec.JShellInterpreter} is the real
 * one. Output during {@link #execute} goes through the {@code OutputRouter} that the interpreter was made with.
 */
public interface Interpreter extends AutoCloseable {

    /**
     * What a cell came to.
     *
     * @param failed whether an error was sent
     * @param errorName empty unless failed
     */
    record Outcome(boolean failed, String errorName, String errorValue, List<String> traceback) {
        public static final Outcome OK = new Outcome(false, "", "", List.of());
    }

    /** How far background work has come, in rows or what else it is counted in; {@code total} is more than zero. */
    record Progress(long done, long total) {}

    /** @param status {@code complete}, {@code incomplete}, {@code invalid} or {@code unknown} */
    record Completeness(String status, String indent) {}

    /** What may replace {@code [start, end)}, offsets of Java's (UTF-16 units) into the code that was asked about. */
    record Completions(int start, int end, List<String> matches, List<String> types) {}

    /**
     * Runs a cell and returns when it has ended, also by an interrupt. One cell runs at a time per subshell.
     *
     * @param silent no result, no history
     * @param stop ends the cell within 100 ms, whenever it is given
     */
    Outcome execute(CellContext cell, boolean silent, StopSignal stop);

    /** Runs a cell that only {@link #interrupt} ends before its time. */
    default Outcome execute(CellContext cell, boolean silent) {
        return execute(cell, silent, new StopSignal());
    }

    /** Evaluates an expression for {@code user_expressions}: the bundle of its value, or a failed outcome. */
    Map.Entry<Outcome, Map<String, String>> evaluate(CellContext cell, String expression, StopSignal stop);

    /** Whether a cell has declared something under that name. */
    boolean declares(String name);

    Completeness isComplete(String code);

    /** @param cursor an offset of Java's, in UTF-16 units */
    Completions complete(String code, int cursor);

    /** Documentation as a bundle; empty if nothing is known. */
    Map<String, String> inspect(String code, int cursor, int detail);

    /** Ends what runs within 100 ms; with nothing running, tells the plug-ins. Never touches a plug-in's threads. */
    void interrupt();

    /**
     * Waits until the bounded background work of every plug-in has ended, as a notebook runner does before it saves.
     *
     * @param liveFor how long from now unbounded work goes on before it is stopped
     * @return one sentence per piece of work that failed
     */
    default List<String> awaitQuiet(Duration liveFor) throws InterruptedException {
        return List.of();
    }

    /** How far the work has come that {@link #awaitQuiet} waits for; empty if nobody can say. From any thread. */
    default Optional<Progress> workDone() {
        return Optional.empty();
    }

    /** Runs the plug-ins' shutdown actions and frees the session. */
    @Override
    void close();
}
