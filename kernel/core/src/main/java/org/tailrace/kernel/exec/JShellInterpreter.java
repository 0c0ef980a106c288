package org.tailrace.kernel.exec;

import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.exec.magic.MavenMagics;
import org.tailrace.kernel.exec.magic.NotebookMagics;
import org.tailrace.kernel.lang.Assistant;
import org.tailrace.kernel.maven.MavenLibraries;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.output.Scope;
import org.tailrace.kernel.protocol.Interpreter;
import org.tailrace.kernel.protocol.StopSignal;
import org.tailrace.kernel.spi.KernelPlugin;
import org.tailrace.kernel.spi.WorkDone;

/**
 * Java, by JShell in this JVM. It is ready at once and warms up in the background: imports, plug-ins, compiler; the first
 * cell waits for that. Nothing in it is static, so several run in one JVM.
 */
public final class JShellInterpreter implements Interpreter {

    /** An interrupt this short after a cell's end was meant for the cell. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Nobody uses a notebook that was left alone for this long; a person who thinks leaves it alone longer. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long PRACTICE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /** Practice ends when nothing is gained by it any more. */
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final int QUICK_IN_A_ROW = 5;

    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final OutputRouter router;
    private final List<KernelPlugin> plugins;
    private final Consumer<String> log;
    private final PreparedJava prepared;
    private final JShellSession session;
    private final Renderers renderers = new Renderers();
    private final ErrorRenderer errors;
    private final CellRunner runner;
    private final NotebookHost host;
    private final Assistant assistant;
    private final OwnClasses own;
    private final RunningNotebook notebook;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile boolean asked;
    private volatile boolean closed;

    /**
     * @param plugins started before the first cell, in this order
     * @param log takes one line about what belongs to no cell
     */
    public JShellInterpreter(OutputRouter router, List<KernelPlugin> plugins, Consumer<String> log) {
        this(router, plugins, new PreparedJava(System.getenv()), log);
    }

    /** @param prepared for this interpreter alone */
    public JShellInterpreter(
            OutputRouter router, List<KernelPlugin> plugins, PreparedJava prepared, Consumer<String> log) {
        this.prepared = prepared;
        this.router = router;
        this.plugins = List.copyOf(plugins);
        this.log = log;
        var loader = prepared.loader;
        this.own = prepared.own;
        this.session = prepared.session;
        this.errors = new ErrorRenderer(session.sources());
        this.runner = new CellRunner(loader, own::stopOthers);
        var variables = new Variables(loader, session.sources());
        var magics = NotebookHost.magicTable();
        this.host = new NotebookHost(
                session,
                variables,
                new JavaRunner(session, variables, this::note),
                magics,
                router,
                renderers,
                errors,
                defined -> own.define(defined.name(), defined.value()),
                log);
        this.notebook =
                new RunningNotebook(host, variables, runner, new FrameRenderer(session.sources()), prepared.settings);
        this.assistant = new Assistant(session::analyse, magics, host.completionSources());
        var warmUp = new GuardedThread(this::warmUp, "warm-up", () -> false);
        warmUp.setContextClassLoader(loader);
        warmUp.start();
    }

    /** The plug-ins on the class path. */
    public static List<KernelPlugin> installedPlugins() {
        return ServiceLoader.load(KernelPlugin.class, JShellInterpreter.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private void warmUp() {
        try {
            own.connect(new CellFunctions(router, renderers, host));
            new NotebookMagics(notebook).start(host);
            new MavenMagics(MavenLibraries.ofUser(), notebook::offline).start(host);
            for (var plugin : plugins) {
                start(plugin);
            }
            if (!prepared.imported()) {
                host.addImports(PreparedJava.IMPORTS.toArray(String[]::new));
            }
            new StartUp(prepared.settings, log).run(host, notebook);
        } catch (RuntimeException | Error e) {
            logUnlessClosed("the kernel could not be warmed up: " + e);
        } finally {
            if (asked) {
                runner.used();
            }
            ready.complete(null);
        }
        useIdleTime();
    }

    /**
     * Makes later cells quicker while nobody waits for one: small cells come to be compiled machine code sooner if a few
     * were run before, and completion knows more once the class path was indexed. Both take the cores from cells that run.
     */
    private void useIdleTime() {
        try {
            long practisedNanos = 0;
            int quick = 0;
            while (!closed && practisedNanos < PRACTICE_NANOS && quick < QUICK_IN_A_ROW) {
                runner.awaitQuiet(IDLE_NANOS);
                long begin = System.nanoTime();
                host.runOwn("1 + 1");
                long took = System.nanoTime() - begin;
                practisedNanos += took;
                quick = took < QUICK_NANOS ? quick + 1 : 0;
            }
            runner.awaitQuiet(IDLE_NANOS);
            session.startIndexing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            logUnlessClosed("the kernel could not be warmed up: " + e);
        }
    }

    private void start(KernelPlugin plugin) {
        try {
            plugin.start(host);
        } catch (Exception | LinkageError e) {
            logUnlessClosed("plug-in " + plugin.getClass().getName() + " did not start: " + e);
        }
    }

    /** A kernel that goes down while it warms up has not failed. */
    private void logUnlessClosed(String line) {
        if (!closed) {
            log.accept(line);
        }
    }

    private void awaitReady() {
        awaitReady(new StopSignal());
    }

    private boolean awaitReady(StopSignal stop) {
        asked = true;
        runner.used();
        return stop.await(ready);
    }

    /** A sentence of the kernel, on the running cell's standard error. */
    private void note(String sentence) {
        router.current().ifPresentOrElse(cell -> router.printError(cell, sentence + "\n"), () -> log.accept(sentence));
    }

    @Override
    public Outcome execute(CellContext cell, boolean silent, StopSignal stop) {
        boolean started = awaitReady(stop);
        try (Scope scope = router.run(cell)) {
            var end = run(started, cell, notebook.timeoutNanos(), stop, () -> {
                var value = host.evaluate(cell.source(), Origin.of(cell, 0), new RunningCell(router, cell));
                return silent
                        ? Map.<String, String>of()
                        : value.map(renderers::render).orElse(Map.of());
            });
            if (end instanceof CellRunner.End.Done<Map<String, String>> done) {
                if (done.value() != null && !done.value().isEmpty()) {
                    router.result(cell, done.value());
                }
                return Outcome.OK;
            }
            var outcome = failure(cell, end);
            router.error(cell, outcome.errorName(), outcome.errorValue(), outcome.traceback());
            return outcome;
        }
    }

    @Override
    public Map.Entry<Outcome, Map<String, String>> evaluate(CellContext cell, String expression, StopSignal stop) {
        boolean started = awaitReady(stop);
        try (Scope scope = router.bind(cell)) {
            var end = run(
                    started,
                    cell,
                    0,
                    stop,
                    () -> host.evaluate(expression, Origin.within(cell, expression), new RunningCell(router, cell))
                            .map(renderers::render)
                            .orElse(Map.of()));
            return end instanceof CellRunner.End.Done<Map<String, String>> done && done.value() != null
                    ? new SimpleImmutableEntry<>(Outcome.OK, done.value())
                    : new SimpleImmutableEntry<>(failure(cell, end), Map.of());
        }
    }

    private <T> CellRunner.End<T> run(
            boolean started, CellContext cell, long timeoutNanos, StopSignal stop, Callable<@Nullable T> body) {
        return started
                ? runner.run(cell, timeoutNanos, stop, body)
                : new CellRunner.End.Interrupted<>(CellRunner.Reason.INTERRUPT, null);
    }

    private <T> Outcome failure(CellContext cell, CellRunner.End<T> end) {
        if (end instanceof CellRunner.End.Interrupted<T> interrupted) {
            return errors.interrupted(cell, interrupted.reason(), interrupted.failure());
        }
        if (end instanceof CellRunner.End.LeftBehind<T> left) {
            return errors.leftBehind(cell, left.stack());
        }
        return errors.failed(cell, ((CellRunner.End.Failed<T>) end).failure());
    }

    @Override
    public boolean declares(String name) {
        awaitReady();
        return session.declares(name);
    }

    @Override
    public Completeness isComplete(String code) {
        awaitReady();
        return assistant.isComplete(code);
    }

    @Override
    public Completions complete(String code, int cursor) {
        awaitReady();
        session.startIndexing();
        return assistant.complete(code, cursor);
    }

    @Override
    public Map<String, String> inspect(String code, int cursor, int detail) {
        awaitReady();
        return assistant
                .inspect(code, cursor)
                .map(text -> Map.of("text/plain", text))
                .orElse(Map.of());
    }

    @Override
    public void interrupt() {
        if (!runner.interrupt() && runner.nanosSinceLastEnd() > QUIET_NANOS) {
            var actions = new GuardedThread(() -> runAll(host.interruptActions()), "interrupt", () -> false);
            actions.start();
        }
    }

    private void runAll(List<Runnable> actions) {
        for (var action : actions) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                log.accept("a plug-in's action failed: " + e);
            }
        }
    }

    @Override
    public List<String> awaitQuiet(Duration liveFor) throws InterruptedException {
        var failures = new ArrayList<String>();
        for (var plugin : plugins) {
            failures.addAll(plugin.awaitQuiet(liveFor));
        }
        return failures;
    }

    @Override
    public Optional<Progress> workDone() {
        return plugins.stream()
                .flatMap(plugin -> plugin.workDone().stream())
                .reduce(WorkDone::plus)
                .map(all -> new Progress(all.done(), all.total()));
    }

    @Override
    public void close() {
        closed = true;
        runner.interrupt();
        var actions = new GuardedThread(() -> runAll(host.shutdownActions()), "shutdown", () -> false);
        actions.start();
        try {
            actions.join(SHUTDOWN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }
}
