package org.tailrace.kernel.exec;

/**
 * What {@link StopWeaver} calls from notebook code. {@link SnippetLoader} defines a copy of this class for each notebook,
 * so the static field is the notebook's own: two notebooks in one JVM do not stop each other.
 */
public final class StopCheck {

    /** For threads that are no {@link OwnedThread}: set by an interrupt, cleared when the next cell starts. */
    private static volatile boolean others;

    private StopCheck() {}

    public static void check() {
        Thread thread = Thread.currentThread();
        if (thread instanceof OwnedThread owned ? owned.mustStop() : others) {
            throw new Stopped();
        }
    }

    public static void stopOthers(boolean stop) {
        others = stop;
    }
}
