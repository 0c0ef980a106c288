package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @TempDir
    Path folder;

    @Test
    void class_path_scripts_options_and_limit_hold_from_the_first_cell_on() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/greeting.txt"), "hello");
        Files.writeString(folder.resolve("b.jshell"), "int two = one + 1;\n");
        Files.writeString(folder.resolve("a.jshell"), "int one = 1;\nint named(int price) { return price; }\n");
        var variables = Map.of(
                "JJAVA_CLASSPATH", folder + "/da*",
                "JJAVA_STARTUP_SCRIPTS_PATH", folder + "/a.jshell" + File.pathSeparator + folder + "/b.*",
                "JJAVA_STARTUP_SCRIPT", "import java.nio.file.*; int three = two + 1;",
                "JJAVA_COMPILER_OPTS", "-parameters -Xlint:none",
                "JJAVA_TIMEOUT", "300 SECONDS");
        try (var kernel = new Kernel(variables)) {
            assertEquals("6", kernel.value("one + two + three"));
            assertEquals("x", kernel.value("Path.of(\"x\")"));
            assertEquals(
                    "hello",
                    kernel.value("new String(Thread.currentThread().getContextClassLoader()"
                            + ".getResourceAsStream(\"greeting.txt\").readAllBytes())"));
            assertEquals(
                    "price",
                    kernel.value("class Shop { void sell(int price) {} }\n"
                            + "Shop.class.getDeclaredMethods()[0].getParameters()[0].getName()"));
            assertEquals("a cell may run 300.0 s", kernel.value("%timeout"));
            assertEquals(List.of(), kernel.log);
        }
    }

    @Test
    void a_start_up_script_may_hold_magics_and_what_they_print_is_logged() throws IOException {
        Files.createDirectories(folder.resolve("more"));
        Files.writeString(folder.resolve("more/greeting.txt"), "hello");
        Files.writeString(folder.resolve("used.jshell"), "int used = 7;\n");
        var variables = Map.of(
                "JJAVA_STARTUP_SCRIPT",
                "%classpath " + folder + "/more\n%load " + folder + "/used\nint twice = used * 2;");
        try (var kernel = new Kernel(variables)) {
            assertEquals(
                    "14 true",
                    kernel.value("twice + \" \" + (Thread.currentThread().getContextClassLoader()"
                            + ".getResource(\"greeting.txt\") != null)"));
            assertEquals(List.of("STARTUP_SCRIPT: added " + folder + "/more"), kernel.log);
        }
    }

    @Test
    void what_cannot_be_used_is_logged_and_the_kernel_runs() {
        var variables = Map.of(
                "IJAVA_CLASSPATH",
                folder + "/nowhere.jar",
                "IJAVA_STARTUP_SCRIPTS_PATH",
                folder + "/nowhere.jshell",
                "IJAVA_STARTUP_SCRIPT",
                "int x = \"text\";",
                "IJAVA_TIMEOUT",
                "soon");
        try (var kernel = new Kernel(variables)) {
            assertEquals("2", kernel.value("1 + 1"));
            var log = String.join("\n", kernel.log);
            for (var part : List.of(
                    "nowhere.jar, and there is no such file",
                    "nowhere.jshell, and there is no such file",
                    "STARTUP_SCRIPT failed",
                    "incompatible types",
                    "soon is no time")) {
                assertTrue(log.contains(part), log);
            }
        }
    }

    @Test
    void jjava_comes_before_ijava_and_blanks_count_as_nothing() {
        var both = Environment.of(Map.of(
                "JJAVA_TIMEOUT", "1", "IJAVA_TIMEOUT", "2", "JJAVA_CLASSPATH", " ", "IJAVA_STARTUP_SCRIPT", "a"));
        assertEquals(Optional.of(Duration.ofMillis(1)), both.timeLimit());
        assertEquals(List.of(), both.classPath());
        assertEquals(Optional.of("a"), both.script());
        assertEquals(
                Optional.empty(), Environment.of(Map.of("IJAVA_TIMEOUT", "-1")).timeLimit());
        assertEquals(
                Optional.of(Duration.ofMinutes(2)),
                Environment.of(Map.of("IJAVA_TIMEOUT", "2 minutes")).timeLimit());
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                Environment.of(Map.of("JJAVA_TIMEOUT", "30-seconds")).timeLimit());
        assertEquals(
                List.of("-parameters", "-cp", "a folder/lib.jar"),
                Environment.of(Map.of("JJAVA_COMPILER_OPTS", " -parameters -cp \"a folder/lib.jar\""))
                        .compilerOptions());
        assertTrue(Environment.of(Map.of("TAILRACE_OFFLINE", "true")).offline());
    }
}
