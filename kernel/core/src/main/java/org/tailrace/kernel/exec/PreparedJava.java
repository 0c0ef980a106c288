package org.tailrace.kernel.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * What a notebook's Java needs before it needs a front end: its class loader, JShell, the imports that every notebook has.
 * Most of a kernel's start goes into these, so they are begun first and made beside everything else.
 */
public final class PreparedJava {

    static final List<String> IMPORTS = List.of(
            "java.util.*",
            "java.io.*",
            "java.math.*",
            "java.net.*",
            "java.time.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "java.util.prefs.*",
            "java.util.regex.*",
            "java.util.stream.*",
            "static " + Notebook.class.getName() + ".*");

    final Environment settings;
    final SnippetLoader loader;
    final OwnClasses own;
    final JShellSession session;

    /** Whatever else JShell is asked waits for it. */
    private final Future<Boolean> imported;

    PreparedJava(Map<String, String> environment) {
        settings = Environment.of(environment);
        loader = new SnippetLoader(PreparedJava.class.getClassLoader());
        session = new JShellSession(loader, settings.compilerOptions());
        imported = session.importLater(NotebookHost.sources(IMPORTS));
        own = new OwnClasses(loader);
    }

    /** Waits for the imports; false if they have to be declared one by one. */
    boolean imported() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return imported.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Begins in the background. */
    public static CompletableFuture<PreparedJava> begin() {
        var prepared = new CompletableFuture<PreparedJava>();
        var thread = new GuardedThread(
                () -> {
                    try {
                        prepared.complete(new PreparedJava(System.getenv()));
                        loadWeaver();
                    } catch (Throwable e) {
                        prepared.completeExceptionally(e);
                    }
                },
                "prepare",
                () -> false);
        thread.start();
        return prepared;
    }

    /** Its library is too old for the archive of loaded classes, and slow to load without. */
    private static void loadWeaver() {
        var name = "/" + Notebook.class.getName().replace('.', '/') + ".class";
        try (var in = Notebook.class.getResourceAsStream(name)) {
            if (in != null) {
                StopWeaver.weave(in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
