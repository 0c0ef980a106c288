package org.tailrace.kernel.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tailrace.kernel.exec.magic.NotebookControl;
import org.tailrace.kernel.spi.Cell;

/** The notebook as its own magics see it. */
final class RunningNotebook implements NotebookControl {

    private final NotebookHost host;
    private final Variables variables;
    private final CellRunner runner;
    private final FrameRenderer frames;
    private final List<String> compilerOptions;
    private volatile Optional<Duration> timeout = Optional.empty();
    private volatile boolean offline;

    RunningNotebook(
            NotebookHost host, Variables variables, CellRunner runner, FrameRenderer frames, Environment settings) {
        this.host = host;
        this.variables = variables;
        this.runner = runner;
        this.frames = frames;
        this.compilerOptions = settings.compilerOptions();
        this.offline = settings.offline();
    }

    @Override
    public List<Variable> variables() {
        return variables.all().stream()
                .map(each -> new Variable(each.name(), SourceMap.plain(each.type()), each.value(), each.cell()))
                .toList();
    }

    @Override
    public List<LeftBehind> leftBehind() {
        return runner.leftBehind().stream()
                .map(thread -> new LeftBehind(
                        thread.getName(),
                        frames.calledByUser(thread.getStackTrace()).orElse("notebook code")))
                .toList();
    }

    @Override
    public List<Path> classPath() {
        return host.classPath();
    }

    @Override
    public Optional<Duration> timeout() {
        return timeout;
    }

    @Override
    public void timeout(Optional<Duration> limit) {
        timeout = limit;
    }

    @Override
    public boolean offline() {
        return offline;
    }

    @Override
    public void offline(boolean yes) {
        offline = yes;
    }

    @Override
    public List<String> compilerOptions() {
        return compilerOptions;
    }

    /** 0 for none. */
    long timeoutNanos() {
        return timeout.map(Duration::toNanos).orElse(0L);
    }

    @Override
    public Optional<Object> runScript(String name, String text, Cell cell) throws Exception {
        return host.evaluate(text, new Origin(cell.number(), name, text, 0), cell);
    }
}
