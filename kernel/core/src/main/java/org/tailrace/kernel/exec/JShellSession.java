package org.tailrace.kernel.exec;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.lang.JavaPiece;
import org.tailrace.kernel.lang.JavaText;
import org.tailrace.kernel.lang.Syntax;

/**
 * JShell, kept on one thread. That thread compiles and analyses and never runs user code, so a completion waits for a
 * compilation at most; and it is never interrupted, since an interrupt inside the compiler may close a jar it reads.
 */
final class JShellSession implements AutoCloseable {

    private static final Pattern WELL_KNOWN = Pattern.compile("\\bjava\\.(lang|util)\\.(?=[A-Z])");

    private final SnippetLoader loader;
    private final InProcessControl control;
    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final SourceMap sources;
    private final ExecutorService thread;
    private final Map<String, Snippet> stateless = new ConcurrentHashMap<>();
    /** Touched by the compile thread only; empty once it was found not to work. */
    private Optional<DirectCompiler> direct = Optional.empty();

    private final Queue<Compiled.Change> changes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger values = new AtomicInteger();
    private volatile @Nullable Thread compileThread;
    private volatile @Nullable CompilerFiles files;

    /** @param compilerOptions as for javac */
    JShellSession(SnippetLoader loader, List<String> compilerOptions) {
        this.loader = loader;
        this.control = new InProcessControl(loader);
        this.thread = Executors.newSingleThreadExecutor(body -> {
            var created = new Thread(null, body, "jshell", 0, false);
            created.setDaemon(true);
            compileThread = created;
            return created;
        });
        var nothing = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        this.shell = call(() -> JShell.builder()
                .executionEngine(control.asProvider(), Map.of())
                .compilerOptions(Stream.concat(SharedCompilers.OPTIONS.stream(), compilerOptions.stream())
                        .toArray(String[]::new))
                .fileManager(standard -> files = new CompilerFiles(
                        standard, System.getProperty("java.class.path"), () -> Thread.currentThread() == compileThread))
                .out(nothing)
                .err(nothing)
                .build());
        thread.execute(() -> {
            SharedCompilers.install(shell);
            direct = DirectCompiler.of(shell);
        });
        this.analysis = call(shell::sourceCodeAnalysis);
        this.sources = new SourceMap(analysis);
    }

    SourceMap sources() {
        return sources;
    }

    SnippetLoader loader() {
        return loader;
    }

    <T> T analyse(Function<SourceCodeAnalysis, T> question) {
        return call(() -> question.apply(analysis));
    }

    private <T> T call(Supplier<T> task) {
        return call(task, unwanted -> {});
    }

    /**
     * Runs on the compile thread. The caller waits, and keeps an interrupt for later; unless it is a cell that has to end,
     * which does not wait for a compiler. The task is then done all the same.
     *
     * @param unwanted takes, on the compile thread, what a task came to for which nobody waits any more
     */
    private <T> T call(Supplier<T> task, Consumer<T> unwanted) {
        if (Thread.currentThread() == compileThread) {
            return task.get();
        }
        var answer = new CompletableFuture<T>();
        thread.execute(() -> {
            try {
                T result = task.get();
                if (!answer.complete(result)) {
                    unwanted.accept(result);
                }
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (Thread.currentThread() instanceof CellThread cell && cell.mustStop()) {
                        answer.completeExceptionally(new Stopped());
                    }
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    if (e.getCause() instanceof Error cause) {
                        throw cause;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    List<JavaPiece> split(String source) {
        return analyse(jshell -> JavaPiece.split(jshell, source));
    }

    /** Pieces that have an end and cannot be parsed all the same. */
    List<JavaPiece> wrong(List<JavaPiece> pieces) {
        return call(() -> Syntax.wrong(pieces));
    }

    /** Refuses a broken piece, before any of the cell runs. What JShell accepts after all is forgotten again. */
    void refuse(JavaPiece piece, Origin origin) throws CompileFailure {
        try {
            failIfAny(call(() -> {
                var problems = new ArrayList<Problem>();
                eval(piece.source(), origin, problems).changes().forEach(change -> shell.drop(change.snippet()));
                return problems;
            }));
        } catch (CompileFailure failure) {
            var unclosed = JavaText.unclosed(piece.source());
            boolean atEnd = failure.getMessage().startsWith("reached end of file");
            throw atEnd && unclosed.isPresent()
                    ? new CompileFailure(List.of(unclosed(piece.source(), unclosed.getAsInt(), origin)))
                    : failure;
        }
    }

    private static Problem unclosed(String source, int at, Origin origin) {
        return new Problem(origin.at(at), 1, "'" + source.charAt(at) + "' is never closed");
    }

    /** Compiles and loads one piece. Nothing of it has run when this returns. */
    Compiled compile(String source, Origin origin) throws CompileFailure {
        var problems = new ArrayList<Problem>();
        var compiled = call(() -> toFollow(eval(source, origin, problems)), this::hasNotRun);
        failIfAny(problems);
        return compiled;
    }

    private static void failIfAny(List<Problem> problems) throws CompileFailure {
        if (!problems.isEmpty()) {
            throw new CompileFailure(problems);
        }
    }

    /** @param problems takes what the compiler says against it; it is nothing then */
    private Compiled eval(String source, Origin origin, List<Problem> problems) {
        var events = shell.eval(source);
        var invoked = control.takeInvoked();
        for (var event : events) {
            if (event.status() == Snippet.Status.REJECTED) {
                problems.addAll(problems(event.snippet(), origin));
            }
        }
        return problems.isEmpty() ? compiled(events, invoked, origin, 0) : new Compiled(List.of(), List.of());
    }

    private Compiled toFollow(Compiled compiled) {
        changes.addAll(compiled.changes());
        return compiled;
    }

    /** What was compiled since this was asked last, in order; also for a cell that did not wait for it. */
    List<Compiled.Change> takeChanges() {
        var taken = new ArrayList<Compiled.Change>();
        Compiled.Change change;
        while ((change = changes.poll()) != null) {
            taken.add(change);
        }
        return taken;
    }

    /** Its cell has ended meanwhile: what declares nothing goes. */
    private void hasNotRun(Compiled compiled) {
        for (var step : compiled.steps()) {
            if (Compiled.isTemporary(step.snippet()) && step.known()) {
                shell.drop(step.snippet());
            }
            if (step.declaresNothing()) {
                hasRun(step);
            }
        }
    }

    /**
     * An expression, as the initial value of a variable of its own: JShell compiles a bare expression twice more, to find
     * its type. Empty if it is none, or is wrong in a way that JShell explains better when it is asked for it alone.
     */
    Optional<Compiled> compileValue(String source, Origin origin) {
        var head = "java.lang.Object " + Compiled.VALUE + values.incrementAndGet() + " = ";
        return call(
                () -> value(head + source + "\n;", origin, head.length()),
                unwanted -> unwanted.ifPresent(this::hasNotRun));
    }

    private Optional<Compiled> value(String declaration, Origin origin, int head) {
        if (direct.isPresent()) {
            try {
                return direct.get().variable(declaration, control).map(made -> unknown(made, origin, head));
            } catch (ReflectiveOperationException | ClassInstallException e) {
                direct = Optional.empty();
            }
        }
        var events = shell.eval(declaration);
        var invoked = control.takeInvoked();
        if (events.size() == 1 && events.get(0).status() == Snippet.Status.VALID) {
            return Optional.of(toFollow(compiled(events, invoked, origin, head)));
        }
        events.forEach(event -> shell.drop(event.snippet()));
        return Optional.empty();
    }

    /** What JShell does not know of; it changes nothing. */
    private Compiled unknown(DirectCompiler.Made made, Origin origin, int head) {
        sources.add(made.wrapper(), made.snippet(), origin, head).ifPresent(loader::release);
        return new Compiled(List.of(), List.of(new Compiled.Step(made.snippet(), entry(made.wrapper()), false)));
    }

    private Compiled compiled(List<SnippetEvent> events, List<String> invoked, Origin origin, int head) {
        var changes = new ArrayList<Compiled.Change>();
        var byClass = new HashMap<String, Snippet>();
        for (var event : events) {
            var className = analysis.wrapper(event.snippet()).fullClassName();
            boolean dependent = event.causeSnippet() != null;
            if (event.status() != Snippet.Status.OVERWRITTEN) {
                sources.add(className, event.snippet(), origin, head).ifPresent(loader::release);
                byClass.put(className, event.snippet());
                if (!dependent && isStateless(event.snippet())) {
                    stateless.put(JavaText.canonical(event.snippet().source()), event.snippet());
                }
            }
            changes.add(new Compiled.Change(event.snippet(), event.status(), dependent, className));
        }
        var steps = new ArrayList<Compiled.Step>();
        for (var className : invoked) {
            steps.add(new Compiled.Step(byClass.get(className), entry(className), true));
        }
        return new Compiled(List.copyOf(changes), List.copyOf(steps));
    }

    private Method entry(String className) {
        try {
            var method = loader.loadClass(className).getDeclaredMethod("do_it$");
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Problem> problems(Snippet snippet, Origin origin) {
        var problems = shell.diagnostics(snippet)
                .filter(Diag::isError)
                .map(diagnostic -> problem(snippet, diagnostic, origin))
                .toList();
        return problems.isEmpty() ? List.of(new Problem(origin.at(0), 1, "this cannot be compiled here")) : problems;
    }

    /**
     * The caret spans what is wrong if that begins at the compiler's position; behind a dot, the name; else it marks the
     * position alone, such as that of an operator.
     */
    private static Problem problem(Snippet snippet, Diag diagnostic, Origin origin) {
        var source = snippet.source();
        int at = (int) Math.max(0, Math.min(diagnostic.getPosition(), source.length()));
        int end = at + 1;
        if (at < source.length() && source.charAt(at) == '.') {
            at += 1 + JavaText.codeStart(source.substring(at + 1));
            end = JavaText.wordEnd(source, at);
        } else if (diagnostic.getStartPosition() == diagnostic.getPosition()) {
            end = (int) Math.min(diagnostic.getEndPosition(), source.length());
        }
        var place = origin.at(at);
        int room = place.sourceLine().length() - place.column();
        return new Problem(place, Math.max(1, Math.min(end - at, room)), message(diagnostic));
    }

    /** The compiler's text without the location line, which names JShell's wrapper. */
    private static String message(Diag diagnostic) {
        var lines = diagnostic
                .getMessage(Locale.ROOT)
                .lines()
                .filter(line -> !line.strip().startsWith("location:"))
                .map(line -> WELL_KNOWN.matcher(SourceMap.plain(line)).replaceAll(""))
                .toList();
        return String.join("\n", lines);
    }

    /** Why a declaration cannot be used yet: names it needs. */
    List<String> unresolved(DeclarationSnippet snippet) {
        return call(() -> shell.unresolvedDependencies(snippet).toList());
    }

    /** Whether the same declaration is valid now, so that declaring it once more would only lose values. */
    boolean alreadyDeclared(String source) {
        var known = stateless.get(JavaText.canonical(source));
        return known != null && call(() -> shell.status(known)) == Snippet.Status.VALID;
    }

    /** Whether there is no state that a new declaration would reset. */
    private static boolean isStateless(Snippet snippet) {
        return switch (snippet.subKind()) {
            case METHOD_SUBKIND, RECORD_SUBKIND, ENUM_SUBKIND, INTERFACE_SUBKIND, ANNOTATION_TYPE_SUBKIND -> true;
            case CLASS_SUBKIND -> !snippet.source().contains("static");
            default -> false;
        };
    }

    /** Whether a variable, a method or a type of that name can be used. */
    boolean declares(String name) {
        return call(() -> shell.snippets()
                .anyMatch(snippet -> snippet instanceof DeclarationSnippet declared
                        && declared.name().equals(name)
                        && shell.status(snippet).isActive()));
    }

    /** Declares imports, each {@code import …;}, together if this JShell can. */
    boolean importAll(List<String> imports) {
        return call(() -> ImportBatch.declare(shell, imports));
    }

    /** As {@link #importAll}, before whatever is asked later. */
    Future<Boolean> importLater(List<String> imports) {
        return thread.submit(() -> ImportBatch.declare(shell, imports));
    }

    /** Lets JShell index the class path in the background, which completion needs and nothing else. */
    void startIndexing() {
        var all = files;
        if (all != null) {
            all.startIndexing();
        }
    }

    /** Code that has run and declared nothing. */
    void hasRun(Compiled.Step step) {
        loader.release(step.method().getDeclaringClass().getName());
    }

    /** Lets JShell forget a snippet, before whatever it is asked later. Does not wait. */
    void drop(Compiled.Step step) {
        if (step.known()) {
            thread.execute(() -> shell.drop(step.snippet()));
        }
    }

    void addToClassPath(Path entry) {
        call(() -> {
            shell.addToClasspath(entry.toString());
            SharedCompilers.install(shell);
            return null;
        });
    }

    @Override
    public void close() {
        startIndexing();
        call(() -> {
            shell.close();
            return null;
        });
        thread.shutdown();
    }
}
