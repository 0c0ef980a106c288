package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fails on a JDK whose JShell is built in another way: small cells would become slower there, and nobody would notice. */
final class DirectCompilerTest {

    private final SnippetLoader loader = new SnippetLoader(DirectCompilerTest.class.getClassLoader());
    private final InProcessControl control = new InProcessControl(loader);
    private final JShell shell =
            JShell.builder().executionEngine(control.asProvider(), Map.of()).build();
    private final DirectCompiler compiler = DirectCompiler.of(shell).orElseThrow();

    @AfterEach
    void close() {
        shell.close();
    }

    private Object value(String declaration) throws Exception {
        var made = compiler.variable(declaration, control).orElseThrow();
        var method = loader.loadClass(made.wrapper()).getDeclaredMethod("do_it$");
        method.setAccessible(true);
        return method.invoke(null);
    }

    @Test
    void variable_sees_what_was_declared_and_is_not_known_itself() throws Exception {
        shell.eval("int twice(int n) { return 2 * n; }");
        assertEquals(42, value("Object v1 = twice(21);"));
        assertEquals(
                List.of("x", 7),
                value("Object v2 = new java.util.function.Supplier<Object>() {"
                        + " public Object get() { return java.util.List.of(\"x\", twice(3) + 1); } }.get();"));
        assertEquals(List.of(), shell.variables().toList());
        assertEquals(1, shell.snippets().count());
    }

    @Test
    void what_is_declared_later_is_seen_by_the_next() throws Exception {
        shell.eval("int n() { return 1; }");
        assertEquals(1, value("Object v1 = n();"));
        shell.eval("int n() { return 2; }");
        assertEquals(2, value("Object v2 = n();"));
    }

    @Test
    void what_the_compiler_refuses_is_empty_and_does_no_harm() throws Exception {
        assertEquals(Optional.empty(), compiler.variable("Object v1 = nosuch();", control));
        assertEquals(Optional.empty(), compiler.variable("System.gc();", control));
        assertEquals(5, value("Object v4 = 2 + 3;"));
        assertTrue(shell.variables().findAny().isEmpty());
    }
}
