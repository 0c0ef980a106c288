package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.kernel.exec.magic.MavenMagics;
import org.tailrace.kernel.maven.MavenLibraries;

/** Libraries out of a repository in a folder; no server is asked. */
class MavenMagicsTest {

    @TempDir
    Path folder;

    private Path remote;
    private Kernel kernel;

    @BeforeEach
    void start() throws IOException {
        remote = Files.createDirectories(folder.resolve("remote"));
        deploy("app", "1.0", dependency("lib", "1.0", "") + dependency("tests", "1.0", "<scope>test</scope>"));
        deploy("lib", "1.0", "");
        deploy("lib", "2.0", "");
        deploy("tests", "1.0", "");
        var libraries = new MavenLibraries(folder.resolve("local"));
        // never asked: each name that it could give comes from the folder
        libraries.addRepository("central", remote.toUri().toString());
        kernel = new Kernel(host -> new MavenMagics(libraries, () -> false).start(host));
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    /** As real ones do, the POM asks what JDK it is read on. */
    private static String pom(String artifact, String version, String dependencies) {
        return "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>" + artifact
                + "</artifactId><version>" + version + "</version><dependencies>" + dependencies + "</dependencies>"
                + "<profiles><profile><id>any</id><activation><jdk>[1.8,)</jdk></activation></profile></profiles>"
                + "</project>";
    }

    private static String dependency(String artifact, String version, String more) {
        return "<dependency><groupId>org.example</groupId><artifactId>" + artifact + "</artifactId><version>" + version
                + "</version>" + more + "</dependency>";
    }

    private void deploy(String artifact, String version, String dependencies) throws IOException {
        var place = Files.createDirectories(remote.resolve("org/example/" + artifact + "/" + version));
        write(
                place.resolve(artifact + "-" + version + ".pom"),
                pom(artifact, version, dependencies).getBytes(StandardCharsets.UTF_8));
        var jar = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(jar)) {
            out.putNextEntry(new JarEntry(artifact + ".txt"));
            out.write((artifact + " " + version).getBytes(StandardCharsets.UTF_8));
        }
        write(place.resolve(artifact + "-" + version + ".jar"), jar.toByteArray());
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        try {
            var sum =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
            Files.writeString(file.resolveSibling(file.getFileName() + ".sha1"), sum);
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private String resource(String name) {
        return kernel.value("var in = Thread.currentThread().getContextClassLoader().getResourceAsStream(\"" + name
                + ".txt\");\nin == null ? \"none\" : new String(in.readAllBytes())");
    }

    @Test
    void a_library_comes_with_what_it_depends_on_and_the_list_is_shown() {
        kernel.run("var kept = 7;");
        kernel.run("%maven org.example:app:1.0");
        assertEquals("added org.example:app:1.0\nadded org.example:lib:1.0\n", kernel.text("stdout"));
        assertEquals("app 1.0", resource("app"));
        assertEquals("lib 1.0", resource("lib"));
        assertEquals("none", resource("tests"));
        assertEquals("7", kernel.value("kept"));
    }

    @Test
    void of_a_library_that_was_added_before_the_first_version_stays() {
        kernel.run("%maven org.example:lib:2.0");
        kernel.run("%addMavenDependency org.example:app:1.0");
        assertEquals(
                "added org.example:lib:2.0\nadded org.example:app:1.0\n"
                        + "kept org.example:lib:2.0, which was added before; 1.0 can be had after a restart of the kernel\n",
                kernel.text("stdout"));
        assertEquals("lib 2.0", resource("lib"));
    }

    @Test
    void a_library_that_was_changed_on_the_way_is_refused() throws IOException {
        Files.writeString(remote.resolve("org/example/lib/1.0/lib-1.0.jar"), "forged");
        assertTrue(kernel.failure("%maven org.example:lib:1.0").contains("Checksum validation failed"));
        Files.delete(remote.resolve("org/example/lib/2.0/lib-2.0.jar.sha1"));
        assertTrue(kernel.failure("%maven org.example:lib:2.0").contains("Checksum validation failed"));
        assertEquals("none", resource("lib"));
    }

    @Test
    void offline_only_what_is_on_this_machine_is_found() {
        assertTrue(kernel.failure("%maven org.example:app:1.0 --offline").contains("offline"));
        kernel.run("%maven org.example:lib:1.0");
        assertEquals("added org.example:lib:1.0\n", kernel.text("stdout"));
        kernel.value("%maven --offline org.example:lib:1.0");
    }

    @Test
    void a_library_without_a_pom_comes_alone_and_that_is_said() throws IOException {
        Files.delete(remote.resolve("org/example/app/1.0/app-1.0.pom"));
        kernel.value("%maven org.example:app:1.0");
        assertEquals(
                "the POM of org.example:app:jar:1.0 is missing, so nothing that it depends on is added\n"
                        + "added org.example:app:1.0\n",
                kernel.text("stdout"));
    }

    @Test
    void repositories_are_asked_over_https_or_are_folders() throws IOException {
        assertTrue(kernel.failure("%mavenRepo mine http://example.org/maven").contains("is no https address"));
        var mine = Files.createDirectories(folder.resolve("mine"));
        Files.move(remote.resolve("org"), mine.resolve("org"));
        assertTrue(kernel.failure("%maven org.example:lib:1.0").contains("org.example:lib"));
        kernel.run("%mavenRepo mine " + mine.toUri());
        assertTrue(kernel.value("%repo").contains("mine"));
        assertTrue(kernel.failure("%maven --from=yours org.example:lib:2.0").contains("there is no repository yours"));
        kernel.run("%maven --from=mine org.example:lib:2.0");
        assertEquals("lib 2.0", resource("lib"));
    }

    @Test
    void a_pom_is_read_with_its_parent_its_properties_and_its_scopes() throws IOException {
        Files.createDirectories(folder.resolve("project/child"));
        Files.writeString(
                folder.resolve("project/pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>p</artifactId>"
                        + "<version>1</version><packaging>pom</packaging><dependencyManagement><dependencies>"
                        + dependency("lib", "${lib}", "") + "</dependencies></dependencyManagement></project>");
        var child = folder.resolve("project/child/pom.xml");
        Files.writeString(
                child,
                "<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>p</artifactId>"
                        + "<version>1</version></parent><artifactId>c</artifactId><properties><lib>2.0</lib>"
                        + "</properties><dependencies><dependency><groupId>org.example</groupId>"
                        + "<artifactId>lib</artifactId></dependency>"
                        + dependency("tests", "1.0", "<scope>test</scope>") + "</dependencies></project>");
        kernel.value("%loadFromPOM " + child);
        assertEquals("added org.example:lib:2.0\n", kernel.text("stdout"));
        kernel.value("%loadFromPOM " + child + " test");
        assertEquals("added org.example:lib:2.0\nadded org.example:tests:1.0\n", kernel.text("stdout"));
    }

    @Test
    void a_pom_in_a_cell_may_be_whole_or_a_part() {
        kernel.value("%%loadFromPOM\n" + dependency("lib", "1.0", ""));
        kernel.value("%%loadFromPOM\n<?xml version=\"1.0\"?>\n<project xmlns=\"http://maven.apache.org/POM/4.0.0\">"
                + pom("mine", "1", dependency("app", "1.0", "")).substring("<project>".length()));
        kernel.value("%%loadFromPOM\n<repository><id>more</id><url>" + remote.toUri()
                + "</url></repository>\n<properties><v>1.0</v></properties>\n<dependencies>"
                + dependency("tests", "${v}", "") + "</dependencies>");
        assertEquals(
                "added org.example:lib:1.0\nadded org.example:app:1.0\nadded org.example:tests:1.0\n",
                kernel.text("stdout"));
        assertTrue(kernel.failure("%%loadFromPOM\n<dependency>").contains("this is no POM"));
        assertTrue(kernel.failure("%%loadFromPOM\n<repository><id>r</id><url>http://example.org</url></repository>"
                        + dependency("lib", "2.0", ""))
                .contains("is no https address"));
    }

    @Test
    void what_does_not_exist_is_said_in_one_sentence() {
        var failure = kernel.failure("%maven org.example:nothing:1.0");
        assertTrue(failure.startsWith("LibraryException: "), failure);
        assertTrue(failure.contains("org.example:nothing"), failure);
        assertEquals(1, failure.lines().count(), failure);
        assertTrue(kernel.failure("%maven nothing").contains("nothing names no library"));
        assertTrue(kernel.failure("%maven").contains("%maven takes libraries"));
        assertTrue(kernel.failure("%maven --fast a:b:1").contains("there is no flag --fast"));
    }
}
