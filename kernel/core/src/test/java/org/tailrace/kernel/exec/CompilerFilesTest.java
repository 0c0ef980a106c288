package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerFilesTest {

    @TempDir
    private Path folder;

    private Path jar(String name, String otherJars, String... entries) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!otherJars.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, otherJars);
        }
        var path = folder.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(path), manifest)) {
            for (var entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.getBytes(StandardCharsets.UTF_8));
            }
        }
        return path;
    }

    private static CompilerFiles files(List<Path> classPath) {
        var standard = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
        var joined = String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList());
        return new CompilerFiles(standard, joined, () -> true);
    }

    private static List<String> classes(CompilerFiles files, String packageName, boolean recurse) throws IOException {
        var found = files.list(StandardLocation.CLASS_PATH, packageName, Set.of(JavaFileObject.Kind.CLASS), recurse);
        return StreamSupport.stream(found.spliterator(), false)
                .map(file -> files.inferBinaryName(StandardLocation.CLASS_PATH, file))
                .sorted()
                .toList();
    }

    @Test
    void classes_of_jars_and_folders_are_found_by_package() throws IOException {
        var jar = jar(
                "a b.jar", "", "a/A.class", "a/b/B.class", "a/text.txt", "Top.class", "META-INF/versions/11/a/A.class");
        var other = jar("other.jar", "", "a/C.class");
        var loose = folder.resolve("loose");
        Files.createDirectories(loose.resolve("a"));
        Files.write(loose.resolve("a").resolve("D.class"), new byte[] {1});
        try (var files = files(List.of(jar, loose))) {
            assertEquals(List.of("a.A", "a.D"), classes(files, "a", false));
            assertEquals(List.of("a.A", "a.D", "a.b.B"), classes(files, "a", true));
            assertEquals(List.of("Top"), classes(files, "", false));
            assertEquals(List.of(), classes(files, "nowhere", false));
            var all = jar + File.pathSeparator + loose + File.pathSeparator + other;
            assertTrue(files.handleOption("-classpath", List.of(all).iterator()));
            assertEquals(List.of("a.A", "a.C", "a.D"), classes(files, "a", false));
        }
    }

    @Test
    void jar_that_names_others_brings_them() throws IOException {
        jar("other.jar", "", "a/C.class");
        var jar = jar("names.jar", "other.jar", "a/A.class");
        try (var files = files(List.of(jar))) {
            assertEquals(List.of("a.A", "a.C"), classes(files, "a", false));
        }
    }

    @Test
    void class_is_read_from_its_jar() throws IOException {
        try (var files = files(List.of(jar("one.jar", "", "a/A.class")))) {
            for (var file : files.list(StandardLocation.CLASS_PATH, "a", Set.of(JavaFileObject.Kind.CLASS), false)) {
                try (var in = file.openInputStream()) {
                    assertEquals("a/A.class", new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
                return;
            }
        }
        fail("no class was found");
    }
}
