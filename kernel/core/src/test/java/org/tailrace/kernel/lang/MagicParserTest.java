package org.tailrace.kernel.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MagicParserTest {

    private final MagicParser parser = new MagicParser(Set.of("help", "sql")::contains);

    /** Each part on one line: {@code java}, or the magic's name, and its text. */
    private List<String> parts(String cell) {
        return parser.parse(cell).stream()
                .map(part -> {
                    if (part instanceof CellPart.Magic magic) {
                        assertEquals(
                                magic.call().text().stripTrailing(),
                                cell.substring(magic.textStart(), magic.end()).stripTrailing(),
                                "offsets into the text are offsets into the cell");
                        return magic.target() + magic.call().name() + "("
                                + magic.call().text() + ")";
                    }
                    return "java(" + ((CellPart.Java) part).source() + ")";
                })
                .toList();
    }

    @Test
    void line_magic_stands_alone_on_its_line() {
        assertEquals(
                List.of("java(int a = 1;\n)", "step(q1 3)", "java(\na++;)"), parts("int a = 1;\n%step q1 3\na++;"));
        assertEquals(List.of("help()"), parts("  %help"));
        assertEquals(List.of("a()", "b()"), parts("%a\n%b"));
        assertEquals(List.of("stop(--all)"), parts("// stop them\n%stop --all\n// done"));
    }

    @Test
    void per_cent_inside_text_is_none() {
        for (var cell : List.of(
                "var s = \"\"\"\n%help\n\"\"\";",
                "/*\n%help\n*/ int a;",
                "var s = \"x\\\"\"; // \"\nvar t = \"%help\";",
                "f(\n%help\n);",
                "class A {\n%help\n}",
                "int r = a\n%b;",
                "int r = a\n% help;",
                "char c = '\"';\nint r = 7 % help;")) {
            assertEquals(List.of("java(" + cell + ")"), parts(cell), cell);
        }
    }

    @Test
    void known_magic_may_follow_a_statement_without_semicolon() {
        assertEquals(List.of("java(int a = 1\n)", "help()"), parts("int a = 1\n%help"));
    }

    @Test
    void the_value_of_a_magic_may_be_assigned() {
        assertEquals(
                List.of("List<String> added = jars(a.jar b.jar)", "java(\nadded)"),
                parts("List<String> added = %jars a.jar b.jar\nadded"));
        assertEquals(
                List.of("java(int a = 7 % help;)", " var b =\n  x()", "y()"),
                parts("int a = 7 % help; var b =\n  %x\n%y"));
        var none = "boolean r = a ==\nb % c; f(x = %d); a %= b;";
        assertEquals(List.of("java(" + none + ")"), parts(none));
    }

    @Test
    void cell_magic_takes_the_rest_as_it_is() {
        assertEquals(
                List.of("sql(--name q\nselect 'a\n%help\n from \"t)"),
                parts("\n// query\n%%sql --name q\nselect 'a\n%help\n from \"t"));
        assertEquals(List.of("sql(\n)"), parts("%%sql\n"));
        assertEquals(
                List.of("sql()"),
                parts("%%sql").stream().map(part -> part.replace("\n", "")).toList());
    }

    @Test
    void cell_magic_stands_first() {
        var cell = "int a = 1;\n%%sql\nselect";
        assertEquals(List.of("java(" + cell + ")"), parts(cell));
    }

    @Test
    void parts_without_code_are_left_out() {
        assertEquals(List.of(), parts(" \n// nothing\n/* here */"));
        assertEquals(List.of("help()"), parts("// first\n%help\n\n"));
    }
}
