package org.tailrace.magics.jjava;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/**
 * What is written in the notebook and which of it runs. The base library knows neither; JJava's Java kernel has a method that
 * gives its JShell, and of a kernel without one the answers are empty: then queries go by numbers and not by variables.
 */
final class JJavaCode {

    private static final String SNIPPET_CLASS = "REPL.$JShell$";

    private static final StackWalker FRAMES = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final BaseKernel kernel;
    private final Optional<JShell> shell;

    JJavaCode(BaseKernel kernel) {
        this.kernel = kernel;
        this.shell = shell(kernel);
    }

    private static Optional<JShell> shell(BaseKernel kernel) {
        try {
            return Optional.of((JShell) kernel.getClass().getMethod("getJShell").invoke(kernel));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    /** The notebook's variables that hold an instance of a type, read where JShell keeps them; from a running statement only. */
    <T> Map<String, T> variables(Class<T> type) {
        var found = new LinkedHashMap<String, T>();
        var running = runningClass();
        if (shell.isPresent() && running.isPresent()) {
            var loader = running.get().getClassLoader();
            shell.get().variables().forEach(variable -> {
                var value = value(variable, loader);
                if (type.isInstance(value)) {
                    found.put(variable.name(), type.cast(value));
                }
            });
        }
        return Collections.unmodifiableMap(found);
    }

    private @Nullable Object value(VarSnippet variable, ClassLoader loader) {
        try {
            var field = Class.forName(className(variable), true, loader).getField(variable.name());
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    /** The statement that the calling thread is in. */
    Optional<Snippet> running() {
        return runningClass()
                .flatMap(type -> shell.orElseThrow()
                        .snippets()
                        .filter(snippet -> shell.orElseThrow().status(snippet).isActive())
                        .filter(snippet -> className(snippet).equals(type.getName()))
                        .reduce((earlier, later) -> later));
    }

    private String className(Snippet snippet) {
        return shell.orElseThrow().sourceCodeAnalysis().wrapper(snippet).fullClassName();
    }

    private Optional<Class<?>> runningClass() {
        return shell.isEmpty()
                ? Optional.empty()
                : FRAMES.walk(
                        frames -> frames.filter(frame -> frame.getMethodName().startsWith("do_it"))
                                .<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                                .filter(type -> type.getName().startsWith(SNIPPET_CLASS))
                                .findFirst());
    }

    /** The variable that a statement assigns. */
    static Optional<String> assignedName(Snippet statement) {
        return switch (statement.subKind()) {
            case VAR_DECLARATION_WITH_INITIALIZER_SUBKIND -> Optional.of(((VarSnippet) statement).name());
            case ASSIGNMENT_SUBKIND -> Optional.of(((ExpressionSnippet) statement).name());
            default -> Optional.empty();
        };
    }

    /** The number beside the cell that runs; JJava counts on as soon as it begins with one. 0 if it does not say. */
    int cellNumber() {
        try {
            Field count = BaseKernel.class.getDeclaredField("executionCount");
            count.setAccessible(true);
            return ((AtomicInteger) count.get(kernel)).get() - 1;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return 0;
        }
    }
}
