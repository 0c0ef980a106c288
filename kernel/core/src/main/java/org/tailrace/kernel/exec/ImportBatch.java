package org.tailrace.kernel.exec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * Declares several imports at once. JShell compiles them one by one, twice each, which is a quarter of a kernel's start;
 * inside, it can compile any number of declarations together. That is no public part of it: where the way is closed or
 * has changed, the imports are declared one by one.
 */
final class ImportBatch {

    private final Object eval;
    private final Method parse;
    private final Constructor<?> unit;
    private final Constructor<?> diagnostics;
    private final Method compile;
    private final JShell shell;

    private ImportBatch(JShell shell) throws ReflectiveOperationException {
        this.shell = shell;
        Field field = JShell.class.getDeclaredField("eval");
        field.setAccessible(true);
        eval = field.get(shell);
        parse = eval.getClass().getDeclaredMethod("sourceToSnippets", String.class);
        parse.setAccessible(true);
        compile = eval.getClass().getDeclaredMethod("compileAndLoad", Set.class);
        compile.setAccessible(true);
        var list = Class.forName("jdk.jshell.DiagList");
        diagnostics = list.getDeclaredConstructor();
        diagnostics.setAccessible(true);
        unit = Class.forName("jdk.jshell.Unit")
                .getDeclaredConstructor(JShell.class, Snippet.class, Snippet.class, list);
        unit.setAccessible(true);
    }

    /**
     * On the thread that JShell is kept on.
     *
     * @return whether all of them are declared now; if not, some may be
     */
    static boolean declare(JShell shell, List<String> imports) {
        try {
            return new ImportBatch(shell).declare(imports);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return false;
        }
    }

    private boolean declare(List<String> imports) throws ReflectiveOperationException {
        var snippets = new LinkedHashSet<Snippet>();
        var units = new LinkedHashSet<Object>();
        for (var each : imports) {
            for (var snippet : (List<?>) parse.invoke(eval, each)) {
                if (!(snippet instanceof Snippet found) || found.kind() != Snippet.Kind.IMPORT) {
                    return false;
                }
                snippets.add(found);
                units.add(unit.newInstance(shell, found, null, diagnostics.newInstance()));
            }
        }
        compile.invoke(eval, units);
        return snippets.size() == imports.size()
                && snippets.stream().allMatch(snippet -> shell.status(snippet) == Snippet.Status.VALID);
    }
}
