package org.tailrace.magics.jjava;

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
import java.util.function.BooleanSupplier;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.jspecify.annotations.Nullable;
import org.tailrace.Tailrace;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.CompletionSource;
import org.tailrace.kernel.spi.ErrorAdvisor;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;
import org.tailrace.kernel.spi.Renderer;

/** A JJava kernel as plug-ins of ours see it. */
final class JJavaHost implements KernelHost {

    private static final System.Logger LOG = System.getLogger("tailrace");

    private final BaseKernel kernel;
    private final JJavaCode code;
    private final JJavaDisplays displays;
    private final Map<String, Magic> magics = new ConcurrentSkipListMap<>();
    private final List<Runnable> shutdownActions = new CopyOnWriteArrayList<>();
    private final AtomicInteger threads = new AtomicInteger();

    JJavaHost(BaseKernel kernel) {
        this.kernel = kernel;
        this.code = new JJavaCode(kernel);
        this.displays = new JJavaDisplays(kernel.getIO(), this::log);
    }

    void close() {
        shutdownActions.forEach(Runnable::run);
        displays.close();
    }

    /** The session is imported instead of declared: two lines of imports in one cell, and JShell empties every variable. */
    @Override
    public <T> void define(String name, Class<? super T> type, T value) {
        if (value instanceof Tailrace session && name.equals("streams")) {
            JJavaExtension.streams = session;
            addImports("static " + JJavaExtension.class.getName() + "." + name);
            return;
        }
        JJavaExtension.offer(name, value);
        var typeName = type.getCanonicalName();
        evaluate(typeName + " " + name + " = (" + typeName + ") " + JJavaExtension.class.getName() + ".take(\"" + name
                + "\");");
    }

    @Override
    public void addImports(String... imports) {
        for (var each : imports) {
            evaluate("import " + each + ";");
        }
    }

    @Override
    public <T> Map<String, T> variables(Class<T> type) {
        return code.variables(type);
    }

    @Override
    public Optional<String> assignedName() {
        return code.running().flatMap(JJavaCode::assignedName);
    }

    @Override
    public Optional<Object> evaluate(String source) {
        return Optional.ofNullable(BaseNotebookStatics.eval(source));
    }

    @Override
    public void addToClassPath(Path entry) {
        BaseNotebookStatics.lineMagic("classpath", List.of(entry.toString()));
    }

    /** JJava loads its extensions with the loader of the notebook's classes. */
    @Override
    public ClassLoader classLoader() {
        return JJavaHost.class.getClassLoader();
    }

    /** JJava shows what comes while no cell runs nowhere, so then there is no cell. */
    @Override
    public Optional<Cell> currentCell() {
        if (!kernel.getIO().display.isAttached()) {
            return Optional.empty();
        }
        var statement = code.running().map(snippet -> snippet.source()).orElse("");
        return Optional.of(new JJavaCell(kernel, displays, code.cellNumber(), statement));
    }

    @Override
    public Optional<Cell> runningCell() {
        return currentCell();
    }

    @Override
    public ThreadFactory threadFactory(BooleanSupplier stop) {
        return body -> {
            var thread = new Thread(body, "tailrace-" + threads.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(classLoader());
            return thread;
        };
    }

    /** An interrupt of JJava ends a cell and tells nobody else. */
    @Override
    public void onInterrupt(Runnable action) {}

    @Override
    public void beforeShutdown(Runnable action) {
        shutdownActions.add(action);
    }

    @Override
    public void register(Magic magic) {
        magics.put(magic.name(), magic);
        if (magic.kind() != Magic.Kind.CELL) {
            kernel.getMagicsRegistry().registerLineMagic(magic.name(), (k, words) -> run(magic, words, null));
        }
        if (magic.kind() != Magic.Kind.LINE) {
            kernel.getMagicsRegistry().registerCellMagic(magic.name(), (k, words, body) -> run(magic, words, body));
        }
    }

    /** A value that no variable takes is displayed: some versions of JJava drop the value of a magic that stands alone. */
    private @Nullable Object run(Magic magic, List<String> words, @Nullable String body) throws Exception {
        displays.sendWaiting();
        var call = new MagicCall(magic.name(), MagicCall.line(words), Optional.ofNullable(body));
        var cell = currentCell().orElseGet(() -> new JJavaCell(kernel, displays, 0, ""));
        var value = magic.run(call, cell);
        if (assignedName().isPresent()) {
            return value.orElse(null);
        }
        value.ifPresent(shown -> kernel.display(kernel.getRenderer().render(shown)));
        return null;
    }

    @Override
    public void register(Renderer renderer) {
        kernel.getRenderer().createRegistration(Object.class).register((value, context) -> {
            if (renderer.accepts(value)) {
                JJavaDisplays.fill(context.getOutputContainer(), renderer.render(value));
            }
        });
    }

    /** JJava asks nobody but JShell. */
    @Override
    public void register(CompletionSource source) {}

    /** JJava prints an exception as it is; the message of ours says what, where, what there is and how to mend it. */
    @Override
    public void register(ErrorAdvisor advisor) {}

    @Override
    public Map<String, Magic> magics() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(magics));
    }

    @Override
    public void log(String line) {
        LOG.log(System.Logger.Level.INFO, line);
    }
}
