package org.tailrace.app.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputSink;
import org.tailrace.kernel.protocol.Interpreter;
import org.tailrace.kernel.protocol.StopSignal;

/**
 * Executes a notebook in this process, without Jupyter: every code cell in order, then whatever the cells started in the
 * background, then the files asked for. Stops at the first cell that fails, as Jupyter's own tools do, and still writes
 * the files. A cell tagged {@code raises-exception} may fail; one tagged {@code skip-execution} does not run.
 */
public final class NotebookRunner {

    private final Function<OutputSink, Session> sessions;
    private final PrintStream terminal;

    /**
     * @param sessions starts a session whose output goes to a sink
     * @param terminal where progress is shown; not {@code System.out}, which the session may capture
     */
    public NotebookRunner(Function<OutputSink, Session> sessions, PrintStream terminal) {
        this.sessions = sessions;
        this.terminal = terminal;
    }

    /**
     * Runs it and writes the outputs.
     *
     * @return whether no cell and no query failed, or errors are allowed
     * @throws IOException if the notebook cannot be read or an output not written
     */
    public boolean run(RunOptions options) throws IOException, NotebookException, InterruptedException {
        Notebook notebook = read(options.notebook());
        for (String name : Parameters.inject(notebook, options.parameters())) {
            terminal.println("warning: the notebook declares no parameter " + name);
        }
        notebook.stampKernel();
        boolean ok = execute(notebook, options);
        for (Path output : options.outputs()) {
            write(notebook, options, output);
        }
        LastTable.of(notebook).ifPresent(table -> terminal.printf("%n%s%n%n", table.stripTrailing()));
        for (Path output : options.outputs()) {
            terminal.println("wrote " + output);
        }
        return ok || options.allowErrors();
    }

    private static Notebook read(Path file) throws IOException, NotebookException {
        try {
            return Notebook.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new NotebookException("no such notebook: " + file);
        } catch (NotebookException e) {
            throw new NotebookException(file + ": " + e.getMessage());
        }
    }

    private boolean execute(Notebook notebook, RunOptions options) throws InterruptedException {
        var sink = new NotebookSink();
        List<NotebookCell> cells =
                notebook.cells().stream().filter(NotebookCell::isCode).toList();
        var progress = new Progress(
                terminal, (int) cells.stream().filter(NotebookRunner::runs).count());
        boolean ok = true;
        try (var watchdog = new Watchdog();
                Session session = sessions.apply(sink)) {
            Interpreter kernel = session.interpreter();
            int count = 0;
            for (NotebookCell cell : cells) {
                if (!runs(cell) || (!ok && !options.allowErrors())) {
                    cell.setExecutionCount(0);
                    continue;
                }
                cell.setExecutionCount(++count);
                ok &= executeCell(kernel, cell, count, sink, progress, watchdog, options);
            }
            if (ok || options.allowErrors()) {
                ok &= awaitQuiet(kernel, progress, watchdog, options);
            }
        }
        cells.forEach(cell -> cell.setOutputs(sink.outputs(cell.id())));
        return ok;
    }

    private static boolean runs(NotebookCell cell) {
        return !cell.isBlank() && !cell.tags().contains("skip-execution");
    }

    private static boolean executeCell(
            Interpreter kernel,
            NotebookCell cell,
            int count,
            NotebookSink sink,
            Progress progress,
            Watchdog watchdog,
            RunOptions options) {
        progress.begin(cell.title());
        var context = new CellContext(cell.id(), count, cell.source(), cell.id());
        Interpreter.Outcome outcome;
        boolean late;
        var stop = new StopSignal();
        try (Watchdog.Watch watch = watchdog.watch(options.timeout(), stop::give)) {
            outcome = kernel.execute(context, false, stop);
            late = watch.expired();
        }
        boolean mayFail = cell.tags().contains("raises-exception");
        Output.Failure failure = sink.takeFailure();
        if (!outcome.failed()) {
            progress.end("");
            return true;
        }
        progress.end(mayFail ? "failed, as it may" : late ? "timed out" : "FAILED");
        if (!mayFail && failure != null) {
            progress.error(failure);
        }
        return mayFail;
    }

    private static boolean awaitQuiet(Interpreter kernel, Progress progress, Watchdog watchdog, RunOptions options)
            throws InterruptedException {
        Thread waiting = Thread.currentThread();
        List<String> failures;
        var estimate = new Estimate(kernel.workDone(), System.nanoTime());
        try (var saying = watchdog.remind(() -> progress.say(
                        "waiting for queries to finish" + estimate.text(kernel.workDone(), System.nanoTime())));
                var watch = watchdog.watch(options.timeout().map(options.liveFor()::plus), waiting::interrupt)) {
            try {
                failures = kernel.awaitQuiet(options.liveFor());
                if (watch.expired()) {
                    Thread.interrupted();
                }
            } catch (InterruptedException e) {
                if (!watch.expired()) {
                    throw e;
                }
                failures = List.of("queries did not finish in time");
            }
        }
        failures.forEach(failure -> progress.say("FAILED  " + failure));
        return failures.isEmpty();
    }

    private static void write(Notebook notebook, RunOptions options, Path output) throws IOException {
        String name = output.getFileName().toString();
        String text = name.endsWith(".html")
                ? new HtmlExporter(options.notebook().toAbsolutePath().getParent()).export(notebook, titleOf(options))
                : notebook.toJson();
        AtomicFile.write(output, text);
    }

    private static String titleOf(RunOptions options) {
        return options.notebook().getFileName().toString().replaceFirst("\\.ipynb$", "");
    }
}
