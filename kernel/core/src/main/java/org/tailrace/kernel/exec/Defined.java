package org.tailrace.kernel.exec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands a plug-in's object to the variable that {@code KernelHost.define} declares for it, so that the variable has its
 * static type. {@link SnippetLoader} defines a copy of this class for each notebook.
 */
public final class Defined {

    private static final Map<String, Object> WAITING = new ConcurrentHashMap<>();

    private Defined() {}

    public static void put(String name, Object value) {
        WAITING.put(name, value);
    }

    /** Gives the object out once, so that it lives no longer than the variable. */
    public static @Nullable Object take(String name) {
        return WAITING.remove(name);
    }
}
