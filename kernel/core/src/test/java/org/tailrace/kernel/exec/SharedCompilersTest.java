package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.junit.jupiter.api.Test;

/** Fails on a JDK whose JShell is built in another way: a start would become slower there, and nobody would notice. */
final class SharedCompilersTest {

    /** The kinds of compilers that were needed: one parses, and keeps nothing that is worth sharing. */
    private static int kinds(boolean shared) throws ReflectiveOperationException {
        var loader = new SnippetLoader(SharedCompilersTest.class.getClassLoader());
        var builder = JShell.builder().executionEngine(new InProcessControl(loader).asProvider(), Map.of());
        if (shared) {
            builder.compilerOptions(SharedCompilers.OPTIONS.toArray(String[]::new));
        }
        try (JShell shell = builder.build()) {
            if (shared) {
                SharedCompilers.install(shell);
            }
            assertEquals(
                    Snippet.Status.VALID,
                    shell.eval("record Point(int x) {}").get(0).status());
            assertEquals(
                    Snippet.Status.REJECTED,
                    shell.eval("int wrong = \"text\";").get(0).status());
            assertEquals(
                    Snippet.Status.VALID,
                    shell.eval("Point p = new Point(1);").get(0).status());
            var tasks = value(JShell.class.getDeclaredField("taskFactory"), shell);
            var pool = value(tasks.getClass().getDeclaredField("javacTaskPool"), tasks);
            return ((Map<?, ?>) value(pool.getClass().getDeclaredField("options2Contexts"), pool)).size();
        }
    }

    private static Object value(Field field, Object owner) throws IllegalAccessException {
        field.setAccessible(true);
        return field.get(owner);
    }

    @Test
    void snippets_are_checked_and_compiled_by_the_same_compiler() throws ReflectiveOperationException {
        assertEquals(3, kinds(false));
        assertEquals(2, kinds(true));
    }
}
