package org.tailrace.kernel.exec;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import javax.tools.SimpleJavaFileObject;

/** The classes of a jar by package, for the compiler. */
final class StartJar {

    /** A class that the compiler may read. */
    static final class ClassFile extends SimpleJavaFileObject {
        private final ZipFile zip;
        private final String entry;

        ClassFile(String jar, ZipFile zip, String entry) {
            super(URI.create(jar + "!/" + entry), Kind.CLASS);
            this.zip = zip;
            this.entry = entry;
        }

        String binaryName() {
            return entry.substring(0, entry.length() - Kind.CLASS.extension.length())
                    .replace('/', '.');
        }

        @Override
        public InputStream openInputStream() throws IOException {
            return zip.getInputStream(zip.getEntry(entry));
        }
    }

    private final Path path;
    /** Made once: to make it asks the file system, and there are thousands of classes. */
    private final String uri;

    private final ZipFile zip;
    private final Map<String, List<String>> byFolder = new HashMap<>();

    private StartJar(Path path, ZipFile zip) {
        this.path = path;
        this.uri = path.toUri().toString();
        this.zip = zip;
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            var name = entries.nextElement().getName();
            if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                var folder = name.substring(0, name.lastIndexOf('/') + 1);
                byFolder.computeIfAbsent(folder, f -> new ArrayList<>()).add(name.substring(folder.length()));
            }
        }
    }

    /** Empty for what is no jar, and for one whose manifest adds others to the class path. */
    static Optional<StartJar> open(String name) {
        var path = Path.of(name);
        if (!name.endsWith(".jar") || !Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            var jar = new JarFile(path.toFile());
            var manifest = jar.getManifest();
            if (manifest != null && manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH) != null) {
                jar.close();
                return Optional.empty();
            }
            return Optional.of(new StartJar(path, jar));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Path path() {
        return path;
    }

    List<ClassFile> list(String packageName, boolean recurse) {
        var folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        var files = new ArrayList<ClassFile>();
        if (!recurse) {
            addFiles(folder, byFolder.getOrDefault(folder, List.of()), files);
            return files;
        }
        byFolder.forEach((each, names) -> {
            if (each.startsWith(folder)) {
                addFiles(each, names, files);
            }
        });
        return files;
    }

    private void addFiles(String folder, List<String> names, List<ClassFile> files) {
        for (var name : names) {
            files.add(new ClassFile(uri, zip, folder + name));
        }
    }

    void close() throws IOException {
        zip.close();
    }
}
