package org.tailrace.kernel.lang;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "\"text; with, all = sorts { of } -> symbols\"",
                "1 + 1 // a comment",
                "a == b",
                "a <= b",
                "-x",
                "f(x = 3, y++)",
                "new ArrayList<String>()",
                "list.stream().map(x -> { int y = x; return y; }).toList()",
                "cond ? a : b",
                "x instanceof Foo",
                "array[i]",
                "this.x"
            })
    void expressions_are_values(String source) {
        assertTrue(ValueText.likely(source), source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1 + 1;",
                "x = 3",
                "x += 3",
                "x++",
                "--x",
                "int x",
                "Foo bar",
                "var x = 3",
                "for (;;) {}",
                "switch (x) { default -> 1; }",
                "<T> void m() {}",
                "@Deprecated void m() {}",
                "{ }",
                "class A {}",
                "record R(int x) {}",
                "1, b = 2",
                "new Object() { int x; }",
                "f(1",
                "\"open"
            })
    void all_else_is_left_to_the_compiler(String source) {
        assertFalse(ValueText.likely(source), source);
    }
}
