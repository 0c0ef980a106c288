package org.tailrace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notebook with every magic, function and environment variable of IJava and JJava runs as it does there. */
class IJavaNotebookTest {

    private static final Path NOTEBOOK = Path.of("src", "test", "notebooks", "ijava.ipynb");

    @TempDir
    Path folder;

    @Test
    void a_notebook_of_ijava_runs_unchanged() throws Exception {
        layOut();
        var shown = run(Map.of(
                "JJAVA_CLASSPATH", "data",
                "JJAVA_STARTUP_SCRIPTS_PATH", "start.jshell",
                "JJAVA_STARTUP_SCRIPT", "String fromText = fromFile + \"2\";",
                "JJAVA_COMPILER_OPTS", "-parameters",
                "JJAVA_TIMEOUT", "300 SECONDS"));
        assertEquals("added lib/first.jar\n1 First", shown.get("jars"));
        assertEquals("added classes\nadded more\n", shown.get("classpath"));
        assertEquals("Second true", shown.get("classpath-used"));
        assertEquals("", shown.get("repository"));
        assertEquals("added org.example:lib:1.0\n", shown.get("maven"));
        assertEquals("Lib", shown.get("maven-used"));
        assertEquals("added org.example:app:1.0\n", shown.get("pom"));
        assertEquals("App", shown.get("pom-used"));
        assertEquals("8", shown.get("load"));
        var time = "wall \\d+\\.\\d ms, CPU \\d+\\.\\d ms\n";
        assertTrue(shown.get("time").matches(time + "42"), shown.get("time"));
        assertTrue(shown.get("time-cell").matches(time + "43"), shown.get("time-cell"));
        var ids = "[0-9a-f-]{36}";
        assertTrue(shown.get("display").matches("done\\|<b>bold</b>\\|" + ids), shown.get("display"));
        assertEquals("", shown.get("update"));
        assertEquals("*marked*|plain", shown.get("render"));
        assertEquals("42", shown.get("eval"));
        assertTrue(shown.get("line-magic").matches(time + "18"), shown.get("line-magic"));
        assertEquals("112 price hello", shown.get("environment"));
        assertEquals("a cell may run 300.0 s", shown.get("timeout"));
    }

    /** What the notebook finds in its folder. */
    private void layOut() throws Exception {
        Files.copy(NOTEBOOK, folder.resolve("ijava.ipynb"));
        Files.createDirectories(folder.resolve("more"));
        jar(folder.resolve("lib/first.jar"), "some", "First");
        compile(folder.resolve("classes"), "some", "Second");
        deploy("lib", "Lib");
        deploy("app", "App");
        write("script.jshell", "int loaded = 7;\n");
        write("second.jshell", "int loadedToo = 9;\n");
        write("start.jshell", "int fromFile = 1;\n");
        write("data/greeting.txt", "hello");
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path compile(Path classes, String packageName, String name) throws IOException {
        write(
                "sources/" + name + ".java",
                "package " + packageName + "; public class " + name + " { public String toString() { return \"" + name
                        + "\"; } }");
        var source = folder.resolve("sources").resolve(name + ".java").toString();
        var to = Files.createDirectories(classes).toString();
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertEquals(0, compiler.run(null, OutputStream.nullOutputStream(), null, "-proc:none", "-d", to, source));
        return classes.resolve(packageName.replace('.', '/')).resolve(name + ".class");
    }

    private void jar(Path jar, String packageName, String name) throws IOException {
        var file = compile(folder.resolve("built"), packageName, name);
        Files.createDirectories(jar.getParent());
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(packageName.replace('.', '/') + "/" + name + ".class"));
            Files.copy(file, out);
        }
    }

    private void deploy(String artifact, String className) throws Exception {
        var place = folder.resolve("remote/org/example/" + artifact + "/1.0");
        jar(place.resolve(artifact + "-1.0.jar"), "org.example." + artifact, className);
        var pom = place.resolve(artifact + "-1.0.pom");
        Files.writeString(
                pom,
                "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>" + artifact
                        + "</artifactId><version>1.0</version></project>");
        for (var file : List.of(pom, place.resolve(artifact + "-1.0.jar"))) {
            var sum = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file));
            Files.writeString(
                    file.resolveSibling(file.getFileName() + ".sha1"),
                    HexFormat.of().formatHex(sum));
        }
    }

    /** Runs it in a process of its own; gives what each cell shows, streams first. */
    private Map<String, String> run(Map<String, String> environment) throws Exception {
        var out = folder.resolve("out.ipynb");
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                folder.resolve("ijava.ipynb").toString(),
                "-o",
                out.toString()));
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Dmaven.repo.local=" + folder.resolve("local"));
        var log = folder.resolve("log.txt").toFile();
        var process = builder.redirectErrorStream(true).redirectOutput(log).start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), Files.readString(log.toPath(), StandardCharsets.UTF_8));
        var shown = new LinkedHashMap<String, String>();
        for (var cell : new ObjectMapper().readTree(out.toFile()).path("cells")) {
            shown.put(cell.path("id").asText(), shown(cell.path("outputs")));
        }
        return shown;
    }

    private static String shown(JsonNode outputs) {
        var streams = new StringBuilder();
        var pictures = new StringBuilder();
        for (var output : outputs) {
            streams.append(text(output.path("text")));
            var data = output.path("data");
            if (!data.isMissingNode()) {
                var richest = List.of("text/html", "text/markdown", "text/plain").stream()
                        .filter(data::has)
                        .findFirst()
                        .orElseThrow();
                pictures.append(pictures.isEmpty() ? "" : "|").append(text(data.path(richest)));
            }
        }
        return streams.append(pictures).toString();
    }

    private static String text(JsonNode written) {
        var text = new StringBuilder(written.isTextual() ? written.asText() : "");
        written.forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}
