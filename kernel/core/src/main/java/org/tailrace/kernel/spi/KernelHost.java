package org.tailrace.kernel.spi;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What the kernel offers a plug-in. Every method may be called from any thread unless it says otherwise. */
public interface KernelHost {

    /** Makes {@code name} a variable of the notebook, of the given type, holding {@code value}. */
    <T> void define(String name, Class<? super T> type, T value);

    /** Adds import declarations, such as {@code static org.example.Verbs.*}, to every later cell. */
    void addImports(String... imports);

    /** The notebook's variables whose value is an instance of {@code type}, by name, in order of declaration. */
    <T> Map<String, T> variables(Class<T> type);

    /**
     * The variable that the snippet running on the calling thread assigns ({@code var q = ...}); empty on every other
     * thread and for a snippet that assigns nothing.
     */
    Optional<String> assignedName();

    /** Runs source text as part of the current cell. Only from a cell's own thread. */
    Optional<Object> evaluate(String source) throws Exception;

    /** Adds a jar or class folder to what cells are compiled and run against. */
    void addToClassPath(Path entry);

    /** The loader of the notebook's own classes; its {@code getResourceAsStream} also serves their class files. */
    ClassLoader classLoader();

    /** The cell that runs on the calling thread, or whose thread started the calling one. */
    Optional<Cell> currentCell();

    /** The cell that is running now on any thread, if one is. */
    Optional<Cell> runningCell();

    /**
     * A factory of daemon threads that no interrupt of a cell touches. Notebook code that runs on them obeys
     * only {@code stop}: once it answers true, the next method entry or backward jump of that code ends.
     */
    ThreadFactory threadFactory(BooleanSupplier stop);

    /**
     * The same, for work that keeps a log of its own: what these threads, and threads they start, print to {@code System.out} and
     * {@code System.err} goes line by line to {@code printed}, on the printing thread, and to no cell.
     */
    default ThreadFactory threadFactory(BooleanSupplier stop, Consumer<String> printed) {
        return threadFactory(stop);
    }

    /** Runs {@code action} when an interrupt arrives while no cell runs. */
    void onInterrupt(Runnable action);

    /** Runs {@code action} before the kernel goes down, within two seconds. */
    void beforeShutdown(Runnable action);

    void register(Magic magic);

    void register(Renderer renderer);

    void register(CompletionSource source);

    void register(ErrorAdvisor advisor);

    /** Every registered magic by name, for {@code %help} and completion. */
    Map<String, Magic> magics();

    /** One line to the kernel's log, for what belongs to no cell. */
    void log(String line);
}
