package org.tailrace.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void value_without_a_declaration_takes_the_type_it_looks_like() throws NotebookException {
        assertEquals("int a = 7;", guess("7"));
        assertEquals("int a = -2147483648;", guess("-2147483648"));
        assertEquals("long a = 2147483648L;", guess("2147483648"));
        assertEquals("String a = \"9223372036854775808\";", guess("9223372036854775808"));
        assertEquals("int a = 8;", guess("008"));
        assertEquals("double a = 0.5d;", guess("0.5"));
        assertEquals("double a = 1e3d;", guess("1e3"));
        assertEquals("boolean a = true;", guess("true"));
        assertEquals("String a = \"10 seconds\";", guess("10 seconds"));
        assertEquals("String a = \"\";", guess(""));
    }

    @Test
    void declared_type_wins() throws NotebookException {
        assertEquals("String a = \"7\";", Parameters.declaration("a", "7", Optional.of("String")));
        assertEquals("long a = 7L;", Parameters.declaration("a", "7", Optional.of("long")));
        assertEquals("double a = 7d;", Parameters.declaration("a", "7", Optional.of("double")));
        assertEquals("int a = 7;", Parameters.declaration("a", "7", Optional.of("var")));
    }

    @Test
    void value_that_does_not_fit_is_refused() {
        refuses("2147483648", "int");
        refuses("many", "long");
        refuses("yes", "boolean");
        refuses("1", "List<String>");
    }

    @Test
    void text_cannot_leave_its_literal() throws NotebookException {
        assertEquals(
                "String a = \"\\\"; System.exit(1); //\\\\\\n\\u0007\";", guess("\"; System.exit(1); //\\\n\u0007"));
    }

    @Test
    void cell_stands_behind_the_defaults_and_replaces_an_earlier_one() throws NotebookException {
        Notebook notebook = Notebook.parse("{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":["
                + "{\"cell_type\":\"code\",\"id\":\"a\",\"metadata\":{},\"outputs\":[],\"source\":\"1\"},"
                + "{\"cell_type\":\"code\",\"id\":\"b\",\"metadata\":{\"tags\":[\"parameters\"]},\"outputs\":[],"
                + "\"source\":[\"// the defaults\\n\",\"long n = 1; String name = \\\"x\\\";\"]}]}");

        assertEquals(List.of(), Parameters.inject(notebook, Map.of("n", "2")));
        assertEquals(List.of("m"), Parameters.inject(notebook, Map.of("m", "3")));
        assertEquals(List.of(), Parameters.inject(notebook, Map.of("name", "4")));

        List<NotebookCell> cells = notebook.cells();
        assertEquals(3, cells.size());
        assertEquals("// Parameters\nString name = \"4\";", cells.get(2).source());
        assertEquals(List.of("injected-parameters"), cells.get(2).tags());
    }

    @Test
    void without_defaults_it_stands_first() throws NotebookException {
        Notebook notebook = Notebook.parse("{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":["
                + "{\"cell_type\":\"code\",\"id\":\"a\",\"metadata\":{},\"outputs\":[],\"source\":\"1\"}]}");
        Parameters.inject(notebook, Map.of("n", "2"));
        assertTrue(notebook.cells().get(0).source().contains("int n = 2;"));
    }

    @Test
    void name_that_is_no_identifier_is_refused() throws NotebookException {
        Notebook notebook = Notebook.parse("{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":[]}");
        for (String name : List.of("a b", "class", "1a", "")) {
            assertThrows(NotebookException.class, () -> Parameters.inject(notebook, Map.of(name, "1")), name);
        }
    }

    private static String guess(String text) throws NotebookException {
        return Parameters.declaration("a", text, Optional.empty());
    }

    private static void refuses(String text, String type) {
        var refused = assertThrows(NotebookException.class, () -> Parameters.declaration("a", text, Optional.of(type)));
        assertTrue(refused.getMessage().contains(type), refused.getMessage());
    }
}
