package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tailrace.kernel.protocol.Interpreter.Completions;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.Completion;
import org.tailrace.kernel.spi.CompletionSource;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;

class AssistantTest {

    private static Kernel kernel;

    @BeforeAll
    static void start() {
        kernel = new Kernel();
        kernel.host().register(new Columns());
        kernel.host().register(new Sql());
        kernel.run("var names = new ArrayList<String>();\nrecord Row(int alpha, int beta) {}\nint prices = 3;");
    }

    @AfterAll
    static void close() {
        kernel.close();
    }

    /** Columns {@code price} and {@code qty} wherever something is called on {@code trades}. */
    private static final class Columns implements CompletionSource {
        @Override
        public List<Completion> complete(StringPosition position) {
            var proposals = new ArrayList<Completion>();
            int start = position.text().lastIndexOf(' ', position.cursor() - 1) + 1;
            var word = position.text().substring(start, position.cursor());
            if (position.receiver().equals("trades")) {
                for (var column : List.of("price", "qty", "it's \"q\"")) {
                    if (column.startsWith(word)) {
                        proposals.add(new Completion(column, start, position.cursor(), "column"));
                    }
                }
            }
            return proposals;
        }

        @Override
        public Optional<String> inspect(StringPosition position) {
            return Optional.of("in " + position.method());
        }
    }

    private static final class Sql implements Magic {
        @Override
        public String name() {
            return "sql";
        }

        @Override
        public Kind kind() {
            return Kind.CELL;
        }

        @Override
        public String usage() {
            return "%%sql [--name q]";
        }

        @Override
        public String summary() {
            return "Runs SQL.";
        }

        @Override
        public List<Completion> complete(MagicCall call, int cursor) {
            int start = call.text().lastIndexOf(' ', cursor - 1) + 1;
            return List.of(new Completion("trades", start, cursor, "table"));
        }

        @Override
        public Optional<String> inspect(MagicCall call, int cursor) {
            return Optional.of(call.text().substring(cursor));
        }

        @Override
        public Optional<Object> run(MagicCall call, Cell cell) {
            return Optional.empty();
        }
    }

    /** Completes at the bar, and gives the texts that result. */
    private static List<String> complete(String marked) {
        int cursor = marked.indexOf('|');
        var code = marked.substring(0, cursor) + marked.substring(cursor + 1);
        Completions found = kernel.interpreter.complete(code, cursor);
        return found.matches().stream()
                .limit(200)
                .map(match -> code.substring(0, found.start()) + match + code.substring(found.end()))
                .toList();
    }

    private static String inspect(String marked) {
        int cursor = marked.indexOf('|');
        return kernel.interpreter
                .inspect(marked.substring(0, cursor) + marked.substring(cursor + 1), cursor, 0)
                .getOrDefault("text/plain", "");
    }

    private static String status(String code) {
        return kernel.interpreter.isComplete(code).status();
    }

    @Test
    void members_of_a_variable_of_the_notebook() {
        assertTrue(complete("names.isEm|").contains("names.isEmpty()"));
        assertEquals(List.of("new Row(1, 2).alpha()"), complete("new Row(1, 2).al|"));
        assertTrue(complete("int x = pri|").contains("int x = prices"));
        assertTrue(complete("names.isEm|;\nint y = 3;").contains("names.isEmpty();\nint y = 3;"));
    }

    @Test
    void variables_of_earlier_statements_of_the_same_cell() {
        assertTrue(complete("var text = \"a\";\ntext.isBl|").contains("var text = \"a\";\ntext.isBlank()"));
        assertTrue(
                complete("record P(int gamma) {}\nimport java.util.*;\nint f() { return 1; }\nvar p = new P(1);\np.ga|")
                        .stream()
                        .anyMatch(text -> text.endsWith("p.gamma()")));
        assertTrue(complete("for (var name : names) {\n    name.isBl|").get(0).endsWith("name.isBlank()"));
        assertTrue(complete("int f(String arg) {\n    return arg.len|").get(0).endsWith("arg.length()"));
    }

    @Test
    void imports_and_classes() {
        assertTrue(complete("import java.util.ArrayLi|").contains("import java.util.ArrayList"));
        assertTrue(complete("var d = Duration.ofSec|").contains("var d = Duration.ofSeconds("));
    }

    @Test
    void unfinished_cell_behind_a_magic() {
        assertTrue(complete("%help\nnames.isEm|").contains("%help\nnames.isEmpty()"));
    }

    @Test
    void columns_inside_a_string() {
        assertEquals(List.of("trades.where(\"price\")"), complete("trades.where(\"pr|\")"));
        assertEquals(
                List.of("int a;\ntrades.where(\"a and price\").x()"),
                complete("int a;\ntrades.where(\"a and pr|\").x()"));
        assertEquals(List.of("trades.where(\"it's \\\"q\\\"\")"), complete("trades.where(\"it|\")"));
        assertEquals(List.of(), complete("other.where(\"pr|\")"));
        assertEquals(List.of(), complete("String s = \"pr|\";"));
        assertEquals(List.of(), complete("// names.isEm|"));
    }

    @Test
    void names_and_arguments_of_magics() {
        assertEquals(List.of("int a;\n%timeout"), complete("int a;\n%timeo|"));
        assertTrue(complete("%|").contains("%help"));
        assertFalse(complete("%|").contains("%sql"));
        assertEquals(List.of("%%loadFromPOM", "%%sql", "%%time"), complete("%%|"));
        assertEquals(List.of("%help timeout"), complete("%help timeo|"));
        assertEquals(List.of("%%sql\nselect * from trades"), complete("%%sql\nselect * from tr|"));
        assertEquals(List.of("// x\n%%sql --a trades\nselect"), complete("// x\n%%sql --a tr|\nselect"));
    }

    @Test
    void inspection_shows_signatures() {
        assertTrue(inspect("Math.ab|s(1)").contains("int Math.abs(int a)"), inspect("Math.ab|s(1)"));
        assertTrue(inspect("Math.abs(|)").contains("int Math.abs(int a)"));
        assertTrue(inspect("Math.abs|").contains("int Math.abs(int a)"));
        assertTrue(inspect("names.a|dd(1)").contains("boolean ArrayList<E>.add(E e)"), inspect("names.a|dd(1)"));
        assertTrue(inspect("pri|ces").contains("int"), inspect("pri|ces"));
        assertEquals("", inspect("nosuch|"));
    }

    @Test
    void inspection_of_strings_and_magics_asks_those_who_know() {
        assertEquals("in where", inspect("trades.where(\"pr|ice\")"));
        assertEquals(
                "%timeout [30s | off]",
                inspect("%tim|eout 5").lines().findFirst().orElseThrow());
        assertEquals("ice from t", inspect("%%sql\nselect pr|ice from t"));
    }

    @Test
    void completeness_of_cells() {
        for (var complete : List.of(
                "",
                "int a = 1;",
                "a + b",
                "a + b // sum",
                "a",
                "class A {}",
                "private static int f() { return 1; }",
                "public record R(int a) {}",
                "sealed interface S permits T {} final class T implements S {}",
                "import java.util.*;\nvar l = new ArrayList<String>();",
                "() -> 1",
                "@Deprecated int x;",
                "for (var name : names) { System.out.println(name); }",
                "switch (a) { case 1 -> 2; default -> 3; }",
                "// x",
                "%help",
                "int a = 1;\n%help",
                "%%sql\nselect 1\n\n")) {
            assertEquals("complete", status(complete), complete);
        }
        for (var incomplete :
                List.of("int f() {", "foo(", "\"\"\"\nabc", "%help\nif (x) {", "%%sql", "%%sql\nselect 1", "1 +")) {
            assertEquals("incomplete", status(incomplete), incomplete);
        }
        for (var invalid : List.of(
                ")",
                "int f() {\n%help\n}}",
                "int 1x = 2;",
                "1 + * 2",
                "int x = ;",
                "int y = 1;\nint x = ;",
                "class A { int = 3; }")) {
            assertEquals("invalid", status(invalid), invalid);
        }
        assertEquals("    ", kernel.interpreter.isComplete("int f() {").indent());
    }
}
