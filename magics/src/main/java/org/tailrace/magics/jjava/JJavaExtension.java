package org.tailrace.magics.jjava;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;
import org.tailrace.Tailrace;
import org.tailrace.magics.TailracePlugin;

/**
 * Brings the session {@code streams}, the verbs, the magics and the pictures into a JJava kernel that has {@code tailrace.jar} on
 * its class path: {@code JJAVA_CLASSPATH} names it, or {@code %classpath} adds it. JJava finds this class by its own service.
 *
 * <p>What JJava cannot do stays undone: a view changes only while a cell runs, the stop button pauses no query, errors carry no
 * caret, nothing completes inside strings, and what code prints on a query's threads goes where JJava sends it.
 */
public final class JJavaExtension implements Extension {

    /** The session of the one kernel that a JVM of JJava has; notebooks import it. */
    public static volatile @Nullable Tailrace streams;

    /** Values on their way into variables, for as long as one statement takes. */
    private static final Map<String, Object> OFFERED = new ConcurrentHashMap<>();

    private @Nullable JJavaHost host;

    @Override
    public synchronized void install(BaseKernel kernel) {
        var installed = new JJavaHost(kernel);
        host = installed;
        new TailracePlugin().start(installed);
    }

    @Override
    public synchronized void uninstall(BaseKernel kernel) {
        var installed = host;
        host = null;
        streams = null;
        if (installed != null) {
            installed.close();
        }
    }

    static void offer(String name, Object value) {
        OFFERED.put(name, value);
    }

    /** Called once by each statement that declares a variable; of no use to anyone else. */
    public static @Nullable Object take(String name) {
        return OFFERED.remove(name);
    }
}
