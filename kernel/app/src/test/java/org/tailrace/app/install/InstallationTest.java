package org.tailrace.app.install;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    @TempDir
    Path root;

    private Path jar;
    private Path kernels;

    @BeforeEach
    void make_a_jar_that_cannot_run() throws IOException {
        jar = Files.write(root.resolve("built.jar"), new byte[] {1, 2, 3});
        kernels = JupyterFolders.ofPrefix(root.resolve("prefix"));
    }

    @Test
    void kernelspec_starts_the_copied_jar_with_an_absolute_java() throws Exception {
        var installation = new Installation(kernels, "tailrace");
        assertFalse(installation.install(jar, List.of("-Xint"), List.of()), "no archive from a jar that cannot run");
        Files.delete(jar);

        Path folder = root.resolve("prefix/share/jupyter/kernels/tailrace");
        assertEquals(folder, installation.folder());
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(folder.resolve("tailrace.jar")));
        JsonNode spec =
                new ObjectMapper().readTree(folder.resolve("kernel.json").toFile());
        assertEquals("Java (Tailrace)", spec.path("display_name").asText());
        assertEquals("java", spec.path("language").asText());
        assertEquals("message", spec.path("interrupt_mode").asText());
        var argv = new ArrayList<String>();
        spec.path("argv").forEach(word -> argv.add(word.asText()));
        assertTrue(Files.isExecutable(Path.of(argv.get(0))), argv.get(0));
        assertTrue(argv.contains("--enable-native-access=ALL-UNNAMED"));
        assertTrue(argv.contains("--add-opens=java.base/java.nio=ALL-UNNAMED"));
        assertTrue(argv.contains("-Xint"));
        assertTrue(argv.indexOf("-XX:+IgnoreUnrecognizedVMOptions")
                < argv.indexOf("--sun-misc-unsafe-memory-access=allow"));
        assertEquals(
                List.of("-jar", folder.resolve("tailrace.jar").toString(), "kernel", "{connection_file}"),
                argv.subList(argv.size() - 4, argv.size()));
        for (String logo : List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg")) {
            assertTrue(Files.size(folder.resolve(logo)) > 500, logo);
        }
    }

    @Test
    void installing_twice_replaces_and_uninstalling_leaves_nothing() throws Exception {
        var installation = new Installation(kernels, "tailrace");
        installation.install(jar, List.of(), List.of());
        Files.write(jar, new byte[] {4});
        installation.install(jar, List.of(), List.of());
        assertEquals(1, Files.size(installation.folder().resolve("tailrace.jar")));

        assertTrue(installation.uninstall());
        assertFalse(Files.exists(installation.folder()));
        assertFalse(installation.uninstall());
    }

    @Test
    void another_kernel_of_the_same_name_is_left_alone() throws Exception {
        Path folder = Files.createDirectories(kernels.resolve("java"));
        Files.writeString(folder.resolve("kernel.json"), "{\"argv\":[\"java\",\"-jar\",\"other.jar\"]}");
        var installation = new Installation(kernels, "java");
        assertThrows(IOException.class, () -> installation.install(jar, List.of(), List.of()));
        assertFalse(installation.uninstall());
        assertTrue(Files.exists(folder.resolve("kernel.json")));
    }

    @Test
    void files_that_a_user_put_beside_the_kernel_stay() throws Exception {
        var installation = new Installation(kernels, "tailrace");
        installation.install(jar, List.of(), List.of());
        Path note = Files.writeString(installation.folder().resolve("note.txt"), "mine");
        assertThrows(IOException.class, installation::uninstall);
        assertTrue(Files.exists(note));
        assertFalse(Files.exists(installation.folder().resolve("kernel.json")));
    }

    @Test
    void user_folder_follows_jupyters_rules() {
        Path home = Path.of("home");
        assertEquals(
                Path.of("d", "kernels"),
                JupyterFolders.ofUser(Map.of("JUPYTER_DATA_DIR", "d", "XDG_DATA_HOME", "x"), "Linux", home));
        assertEquals(
                Path.of("x", "jupyter", "kernels"), JupyterFolders.ofUser(Map.of("XDG_DATA_HOME", "x"), "Linux", home));
        assertEquals(
                Path.of("home", ".local", "share", "jupyter", "kernels"),
                JupyterFolders.ofUser(Map.of(), "Linux", home));
        assertEquals(
                Path.of("home", "Library", "Jupyter", "kernels"), JupyterFolders.ofUser(Map.of(), "Mac OS X", home));
        assertEquals(
                Path.of("r", "jupyter", "kernels"), JupyterFolders.ofUser(Map.of("APPDATA", "r"), "Windows 11", home));
    }
}
