package org.tailrace.kernel.exec.magic;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.spi.Cell;

/** What these magics know of the notebook beyond what every plug-in may. */
public interface NotebookControl {

    /** @param cell the cell that declared it; 0 for a plug-in's */
    record Variable(String name, String type, @Nullable Object value, int cell) {}

    /**
     * A thread whose cell had to end without it.
     *
     * @param call the method that it is in
     */
    record LeftBehind(String thread, String call) {}

    List<Variable> variables();

    List<LeftBehind> leftBehind();

    /** What was added, in order. */
    List<Path> classPath();

    /** How long a cell may run; empty for ever. */
    Optional<Duration> timeout();

    void timeout(Optional<Duration> timeout);

    /** Whether no magic may ask a server. */
    boolean offline();

    void offline(boolean yes);

    /** As the environment gave them when the kernel started. */
    List<String> compilerOptions();

    /** Runs a text whose errors name it. On a cell's own thread. */
    Optional<Object> runScript(String name, String text, Cell cell) throws Exception;
}
