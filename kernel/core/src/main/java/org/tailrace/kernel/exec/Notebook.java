package org.tailrace.kernel.exec;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.spi.MagicCall;

/**
 * The functions that every cell can call, as in IJava. {@link SnippetLoader} defines a copy of this class for each
 * notebook, which finds the notebook's own {@link NotebookLink}.
 */
public final class Notebook {

    private Notebook() {}

    /**
     * Shows a value in this cell.
     *
     * @param as the MIME types wanted; none for the value's own
     * @return an id for {@link #updateDisplay}
     */
    public static String display(@Nullable Object value, String... as) {
        var id = UUID.randomUUID().toString();
        functions().display(functions().render(value, List.of(as)), id);
        return id;
    }

    /** What {@link #display} would show. */
    public static DisplayData render(@Nullable Object value, String... as) {
        return functions().render(value, List.of(as));
    }

    /** Replaces what {@link #display} showed under that id. */
    public static void updateDisplay(String id, @Nullable Object value, String... as) {
        functions().update(id, functions().render(value, List.of(as)));
    }

    /** Removes what this cell has shown so far. */
    public static void clearOutput() {
        clearOutput(false);
    }

    /** @param wait whether it stays until this cell shows something new, so that nothing flickers */
    public static void clearOutput(boolean wait) {
        functions().clear(wait);
    }

    /** Shows a value in the front end's pager, if it has one, as help is shown. */
    public static void page(@Nullable Object value, String... as) {
        functions().page(functions().render(value, List.of(as)));
    }

    /** Runs text as if it stood in this cell; returns what it comes to, null for nothing. */
    public static @Nullable Object eval(String source) throws Exception {
        return functions().evaluate(source);
    }

    /** Runs {@code %name arguments}. */
    public static <T> @Nullable T lineMagic(String name, List<String> arguments) throws Exception {
        return call("%" + name + " " + MagicCall.line(arguments));
    }

    /** Runs {@code %%name arguments} over a text. */
    public static <T> @Nullable T cellMagic(String name, List<String> arguments, String body) throws Exception {
        return call("%%" + name + " " + MagicCall.line(arguments) + "\n" + body);
    }

    @SuppressWarnings("unchecked") // the caller says what it expects, as in IJava
    private static <T> @Nullable T call(String source) throws Exception {
        return (T) functions().evaluate(source);
    }

    private static NotebookFunctions functions() {
        return NotebookLink.functions();
    }
}
