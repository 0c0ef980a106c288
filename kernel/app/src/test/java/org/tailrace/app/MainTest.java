package org.tailrace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a shell sees them; {@code run} goes all the way through a child JVM and JShell. */
class MainTest {

    private static final Path NOTEBOOKS = Path.of("src", "test", "notebooks");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void notebook_runs_in_a_process_of_its_own_in_its_own_folder() throws Exception {
        Path executed = folder.resolve("out.ipynb");
        Path page = folder.resolve("out.html");
        assertEquals(
                0,
                main(
                        "run",
                        NOTEBOOKS.resolve("tour.ipynb").toString(),
                        "-o",
                        executed.toString(),
                        "-o",
                        page.toString()));

        JsonNode cells = new ObjectMapper().readTree(executed.toFile()).path("cells");
        assertEquals(
                "x     y\n─  ────\n1  2.50\n3  4.00\n2 rows\n",
                text(output(cells, 1, 0).path("data").path("text/plain")));
        assertEquals("from tour.txt\n", text(output(cells, 2, 0).path("text")));
        assertEquals("stderr", output(cells, 2, 1).path("name").asText());
        assertEquals(
                "java.lang.ArithmeticException",
                output(cells, 3, 0).path("ename").asText());
        assertEquals("second", text(output(cells, 4, 0).path("data").path("text/plain")));
        assertTrue(Files.readString(page).contains("<h1>A tour</h1>"));
    }

    @Test
    void parameters_reach_the_notebook() throws Exception {
        Path executed = folder.resolve("out.ipynb");
        String notebook = NOTEBOOKS.resolve("parameters.ipynb").toString();
        assertEquals(0, main("run", notebook, "-o", executed.toString(), "--param", "rows=7", "--param", "label=12"));
        assertTrue(Files.readString(executed).contains("12: 49"), Files.readString(executed));
    }

    @Test
    void notebook_that_fails_exits_with_one() throws Exception {
        Path executed = folder.resolve("out.ipynb");
        assertEquals(1, main("run", NOTEBOOKS.resolve("failing.ipynb").toString(), "-o", executed.toString()));
        assertTrue(Files.readString(executed).contains("IllegalStateException"));
    }

    @Test
    void cell_that_ends_the_process_fails_the_run() throws Exception {
        Path notebook = Files.writeString(
                folder.resolve("exit.ipynb"),
                Files.readString(NOTEBOOKS.resolve("failing.ipynb"))
                        .replace("throw new IllegalStateException(\\\"boom\\\");", "System.exit(0);"));
        assertEquals(
                1,
                main(
                        "run",
                        notebook.toString(),
                        "-o",
                        folder.resolve("out.ipynb").toString()));
        assertFalse(Files.exists(folder.resolve("out.ipynb")));
    }

    @Test
    void wrong_usage_exits_with_two_and_says_what_to_do() {
        assertEquals(2, main("fly"));
        assertEquals(2, main("run", "nosuch.ipynb"));
        assertEquals(2, main("kernel", "nosuch.json"));
        assertEquals(2, main("install", "--user", "--prefix", "x"));
        assertEquals(2, main("install", "--name", "../x"));
        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("no command 'fly'"), said);
        assertTrue(said.contains("run: no such notebook: nosuch.ipynb"), said);
        assertTrue(said.contains("kernel: no such connection file: nosuch.json"), said);
        assertTrue(said.contains("install: --user or --prefix, not both"), said);
        assertTrue(said.contains("install: --name ../x"), said);
        assertFalse(said.contains("Exception"), said);
    }

    @Test
    void install_refuses_to_copy_what_is_no_jar() {
        assertEquals(2, main("install", "--prefix", folder.toString()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("tailrace.jar only"));
    }

    @Test
    void uninstall_says_when_there_is_nothing() {
        assertEquals(1, main("uninstall", "--prefix", folder.toString()));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("no Tailrace kernel in "));
    }

    @Test
    void help_and_version_exit_with_zero() {
        assertEquals(0, main("help"));
        assertEquals(0, main("version"));
        assertEquals(2, main());
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("run NOTEBOOK"));
    }

    private int main(String... arguments) {
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private static JsonNode output(JsonNode cells, int cell, int output) {
        return cells.path(cell).path("outputs").path(output);
    }

    private static String text(JsonNode lines) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}
