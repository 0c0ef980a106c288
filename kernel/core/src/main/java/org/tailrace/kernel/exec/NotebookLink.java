package org.tailrace.kernel.exec;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connects the notebook's code with its kernel. {@link SnippetLoader} defines a copy of this class for each notebook, so
 * that the static fields are the notebook's own.
 */
public final class NotebookLink {

    private static final Map<String, Object> WAITING = new ConcurrentHashMap<>();
    private static volatile @Nullable NotebookFunctions functions;

    private NotebookLink() {}

    /** Called once by the interpreter. */
    public static void connect(NotebookFunctions connected) {
        functions = connected;
    }

    public static NotebookFunctions functions() {
        return Objects.requireNonNull(functions);
    }

    /** Leaves an object for the variable that {@code KernelHost.define} declares for it with its static type. */
    public static void put(String name, Object value) {
        WAITING.put(name, value);
    }

    /** Gives the object out once, so that it lives no longer than the variable. */
    public static @Nullable Object take(String name) {
        return WAITING.remove(name);
    }
}
