package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookMagicsTest {

    private final Kernel kernel = new Kernel();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void help_lists_every_magic_and_explains_one() {
        var help = kernel.value("%help");
        for (var name : kernel.host().magics().keySet()) {
            assertTrue(help.contains("%" + name), help);
        }
        assertEquals("%time code\nRuns Java and prints how long it took.", kernel.value("%help time"));
        assertTrue(kernel.value("%help nosuch").startsWith("there is no magic %nosuch"));
    }

    @Test
    void config_lists_what_holds_and_changes_it() {
        assertEquals("no magic asks a server", kernel.value("%config offline on"));
        assertEquals("a cell may run 90.0 s", kernel.value("%config timeout 90 s"));
        var config = kernel.value("%config");
        assertTrue(config.contains("\noffline           on "), config);
        assertTrue(config.contains("\ntimeout           90.0 s "), config);
        assertTrue(config.contains("\ncompiler options  none "), config);
        assertEquals("a cell may run 90.0 s", kernel.value("%timeout"));
        assertEquals("magics may ask servers", kernel.value("%config offline off"));
        assertTrue(kernel.failure("%config colour red").contains("there are offline and timeout"));
        assertTrue(kernel.failure("%config offline maybe").contains("takes on or off; not maybe"));
    }

    @Test
    void time_gives_the_value_and_prints_the_time() {
        assertEquals("3", kernel.value("%time 1 + 2"));
        assertEquals("5", kernel.value("%%time\nint x = 4;\nx + 1"));
        assertTrue(
                kernel.text("stdout").matches("(wall \\d+\\.\\d ms, CPU \\d+\\.\\d ms\n){2}"), kernel.text("stdout"));
    }

    @Test
    void error_in_a_timed_cell_has_the_lines_of_the_cell() {
        assertTrue(kernel.failure("%%time\nint a = 1;\nint b = a / 0;").contains("cell [1], line 3:  int b = a / 0;"));
        assertTrue(kernel.failure("%%time\nint a = 1;\nint b = c;").startsWith("cell [2], line 3: cannot find symbol"));
    }

    @Test
    void load_runs_scripts_and_the_code_of_notebooks() throws IOException {
        Files.writeString(folder.resolve("one.jshell"), "int one = 1;\n");
        Files.writeString(
                folder.resolve("two.ipynb"),
                "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": \"int no;\"},"
                        + " {\"cell_type\": \"code\", \"source\": [\"int two = one\\n\", \" + 1;\"]},"
                        + " {\"cell_type\": \"code\", \"source\": \"two * 10\"}]}");
        assertEquals("20", kernel.value("%load " + folder.resolve("one") + " '" + folder.resolve("two.ipynb") + "'"));
        assertEquals("3", kernel.value("one + two"));
        assertTrue(kernel.failure("%load nowhere").contains("there is no file nowhere"));
    }

    @Test
    void error_in_a_script_names_the_script() throws IOException {
        var script = Files.writeString(folder.resolve("bad.jsh"), "int x = 1;\nint y = x / 0;\n");
        assertTrue(kernel.failure("%load " + script).contains("at bad.jsh, line 2:  int y = x / 0;"));
    }

    @Test
    void jars_and_class_folders_are_added_and_variables_stay() throws IOException {
        kernel.run("var kept = new ArrayList<Integer>(List.of(1));");
        jar("lib/first.jar", "First");
        jar("lib/second.jar", "Second");
        kernel.run("%jars " + folder + "/lib/*.jar");
        assertEquals("First Second [1]", kernel.value("new some.First() + \" \" + new some.Second() + \" \" + kept"));
        assertEquals(
                folder.resolve("lib/first.jar") + "\n" + folder.resolve("lib/second.jar"), kernel.value("%classpath"));
        compile("Third");
        kernel.run("%classpath " + folder.resolve("classes"));
        assertEquals("Third", kernel.value("new some.Third()"));
        assertTrue(kernel.failure("%jars nowhere/*.jar").contains("there is no file nowhere/*.jar"));
    }

    private Path compile(String name) throws IOException {
        var source = folder.resolve(name + ".java");
        Files.writeString(
                source,
                "package some; public class " + name + " { public String toString() { return \"" + name + "\"; } }");
        var classes = Files.createDirectories(folder.resolve("classes"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        source.toString());
        assertEquals(0, failed);
        return classes.resolve("some/" + name + ".class");
    }

    private void jar(String path, String name) throws IOException {
        var jar = folder.resolve(path);
        Files.createDirectories(jar.getParent());
        var file = compile(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("some/" + name + ".class"));
            Files.copy(file, out);
        }
        Files.delete(file);
    }

    @Test
    void who_lists_variables_with_type_cell_and_value() {
        kernel.run("int x = 1;");
        kernel.run("record Row(int a) {}\nvar rows = List.of(new Row(1), new Row(2));");
        assertEquals("x     int        [1]  1\nrows  List<Row>  [2]  [Row[a=1], Row[a=2]]", kernel.value("%who"));
    }

    @Test
    void timeout_ends_a_cell_that_takes_longer() {
        // long enough for the cell that takes the limit away
        assertEquals("a cell may run 5.0 s", kernel.value("%timeout 5000ms"));
        assertTrue(kernel.failure("while (true) {}").contains("cell [2] took longer than %timeout allows"));
        assertEquals("a cell may run for ever", kernel.value("%timeout off"));
        assertTrue(kernel.failure("%timeout soon").contains("%timeout takes a time such as 30s"));
    }

    @Test
    void magics_and_text_are_run_from_java_as_in_ijava(@TempDir Path folder) throws Exception {
        var script = folder.resolve("a \"script\".jshell");
        Files.writeString(script, "int loaded = 7;");
        kernel.host().define("script", String.class, script.toString());
        assertEquals("42", kernel.value("(int) eval(\"20 + 1\") * 2"));
        kernel.value("lineMagic(\"load\", List.of(script));");
        assertEquals("7", kernel.value("loaded"));
        kernel.value("cellMagic(\"time\", List.of(), \"int timed = 3;\\ntimed\");");
        assertEquals("3", kernel.value("timed"));
        kernel.value("String made = eval(\"List.of(1)\").toString();");
        assertEquals("[1]", kernel.value("made"));
    }
}
