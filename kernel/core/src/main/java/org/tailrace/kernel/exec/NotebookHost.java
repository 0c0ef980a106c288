package org.tailrace.kernel.exec;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.output.Scope;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.CompletionSource;
import org.tailrace.kernel.spi.ErrorAdvisor;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.Renderer;

/** The notebook as plug-ins see it. */
final class NotebookHost implements KernelHost {

    private static final CellContext NO_CELL = new CellContext("", 0, "", "");

    private final JShellSession session;
    private final Variables variables;
    private final JavaRunner java;
    private final CellExecution execution;
    private final OutputRouter router;
    private final Renderers renderers;
    private final ErrorRenderer errors;
    private final Consumer<String> log;
    private final Map<String, Magic> magics;
    private final Consumer<DefinedValue> definitions;

    private final List<CompletionSource> completionSources = new CopyOnWriteArrayList<>();
    private final List<Path> classPath = new CopyOnWriteArrayList<>();
    private final List<Runnable> interruptActions = new CopyOnWriteArrayList<>();
    private final List<Runnable> shutdownActions = new CopyOnWriteArrayList<>();
    private final AtomicInteger threads = new AtomicInteger();

    /** A value on its way into a variable. */
    record DefinedValue(String name, Object value) {}

    NotebookHost(
            JShellSession session,
            Variables variables,
            JavaRunner java,
            Map<String, Magic> magics,
            OutputRouter router,
            Renderers renderers,
            ErrorRenderer errors,
            Consumer<DefinedValue> definitions,
            Consumer<String> log) {
        this.session = session;
        this.variables = variables;
        this.java = java;
        this.magics = magics;
        this.execution = new CellExecution(java, magics);
        this.router = router;
        this.renderers = renderers;
        this.errors = errors;
        this.definitions = definitions;
        this.log = log;
    }

    /** In the order of names; safe to read while magics are added. */
    static Map<String, Magic> magicTable() {
        return new ConcurrentSkipListMap<>();
    }

    @Override
    public <T> void define(String name, Class<? super T> type, T value) {
        definitions.accept(new DefinedValue(name, value));
        var typeName = type.getCanonicalName();
        runOwn(typeName + " " + name + " = (" + typeName + ") " + NotebookLink.class.getName() + ".take(\"" + name
                + "\");");
    }

    @Override
    public void addImports(String... imports) {
        var sources = sources(List.of(imports));
        if (!session.importAll(sources)) {
            sources.forEach(this::runOwn);
        }
    }

    static List<String> sources(List<String> imports) {
        return imports.stream().map(each -> "import " + each + ";").toList();
    }

    /** Runs text that the kernel wrote; on a thread that no interrupt reaches, unless the calling one knows when to stop. */
    void runOwn(String source) {
        runOwn(
                source,
                router.current()
                        .map(cell -> Origin.within(cell, source))
                        .orElse(new Origin(0, "kernel start", source, 0)));
    }

    private void runOwn(String source, Origin origin) {
        runOwn(origin, () -> java.run(java.parse(source, origin), origin));
    }

    /** The same for text that may hold magics, which write to {@code cell}. */
    void runOwn(String source, Origin origin, Cell cell) {
        runOwn(origin, () -> execution.run(source, origin, cell));
    }

    private interface Work {
        void run() throws Throwable;
    }

    private void runOwn(Origin origin, Work work) {
        var failure = new AtomicReference<@Nullable Throwable>();
        Runnable body = () -> {
            try {
                work.run();
            } catch (Throwable e) {
                failure.set(e);
            }
        };
        if (Thread.currentThread() instanceof OwnedThread) {
            body.run();
        } else {
            runAndWait(threadFactory(() -> false).newThread(body));
        }
        var thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw new IllegalArgumentException(origin.name() + ": " + thrown.getMessage(), thrown);
        }
    }

    private static void runAndWait(Thread thread) {
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public <T> Map<String, T> variables(Class<T> type) {
        var found = new LinkedHashMap<String, T>();
        for (var variable : variables.all()) {
            var value = variable.value();
            if (type.isInstance(value)) {
                found.put(variable.name(), type.cast(value));
            }
        }
        return Collections.unmodifiableMap(found);
    }

    @Override
    public Optional<String> assignedName() {
        return Thread.currentThread() instanceof CellThread own
                ? Optional.ofNullable(own.assigning())
                : Optional.empty();
    }

    @Override
    public Optional<Object> evaluate(String source) throws Exception {
        if (!(Thread.currentThread() instanceof CellThread own)) {
            throw new IllegalStateException("evaluate is called on a cell's own thread only");
        }
        return evaluate(source, Origin.within(own.cell(), source), new RunningCell(router, own.cell()));
    }

    Optional<Object> evaluate(String source, Origin origin, Cell cell) throws Exception {
        try {
            return execution.run(source, origin, cell);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void addToClassPath(Path entry) {
        session.addToClassPath(entry);
        classPath.add(entry);
    }

    List<Path> classPath() {
        return List.copyOf(classPath);
    }

    @Override
    public ClassLoader classLoader() {
        return session.loader();
    }

    @Override
    public Optional<Cell> currentCell() {
        return router.current().map(cell -> new RunningCell(router, cell));
    }

    @Override
    public Optional<Cell> runningCell() {
        return router.running().map(cell -> new RunningCell(router, cell));
    }

    @Override
    public ThreadFactory threadFactory(BooleanSupplier stop) {
        return body -> {
            var thread = new GuardedThread(body, "plug-in-" + threads.incrementAndGet(), stop);
            thread.setContextClassLoader(session.loader());
            return thread;
        };
    }

    @Override
    @SuppressWarnings("try") // the scope is there to be closed
    public ThreadFactory threadFactory(BooleanSupplier stop, Consumer<String> printed) {
        ThreadFactory plain = threadFactory(stop);
        return body -> {
            CellContext starter = router.current().orElse(NO_CELL);
            return plain.newThread(() -> {
                try (Scope lines = router.bindLines(starter, printed)) {
                    body.run();
                }
            });
        };
    }

    @Override
    public void onInterrupt(Runnable action) {
        interruptActions.add(action);
    }

    @Override
    public void beforeShutdown(Runnable action) {
        shutdownActions.add(action);
    }

    List<Runnable> interruptActions() {
        return List.copyOf(interruptActions);
    }

    List<Runnable> shutdownActions() {
        return List.copyOf(shutdownActions);
    }

    @Override
    public void register(Magic magic) {
        magics.put(magic.name(), magic);
    }

    @Override
    public void register(Renderer renderer) {
        renderers.register(renderer);
    }

    @Override
    public void register(CompletionSource source) {
        completionSources.add(source);
    }

    List<CompletionSource> completionSources() {
        return completionSources;
    }

    @Override
    public void register(ErrorAdvisor advisor) {
        errors.register(advisor);
    }

    @Override
    public Map<String, Magic> magics() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(magics));
    }

    @Override
    public void log(String line) {
        log.accept(line);
    }
}
