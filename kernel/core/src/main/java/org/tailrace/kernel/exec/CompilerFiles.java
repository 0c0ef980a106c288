package org.tailrace.kernel.exec;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * What the compiler inside JShell reads. It saves a start a fifth of its time, in three ways.
 *
 * <ul>
 *   <li>The jars that the kernel was started with are listed from their directories ({@link StartJar}); the compiler's own
 *       manager would open each as a file system and visit every folder in it.
 *   <li>JShell indexes the whole class path for completion, in the background, on the core that a start needs for itself.
 *       It asks for that path first, and is told once {@link #startIndexing} was called.
 *   <li>The compiler looks for plug-ins of its own on the class path before every task; snippets have none.
 * </ul>
 */
final class CompilerFiles extends ForwardingJavaFileManager<StandardJavaFileManager>
        implements StandardJavaFileManager {

    private final Set<Path> started;
    private final List<StartJar> jars;
    private final BooleanSupplier isCompiler;
    private final CountDownLatch indexing = new CountDownLatch(1);
    private List<Path> added = List.of();

    /**
     * @param classPath what the kernel was started with
     * @param isCompiler whether the calling thread is the one that compiles, which never waits
     */
    CompilerFiles(StandardJavaFileManager files, String classPath, BooleanSupplier isCompiler) {
        super(files);
        this.isCompiler = isCompiler;
        var opened = new ArrayList<StartJar>();
        var paths = new LinkedHashSet<Path>();
        for (var entry : classPath.split(File.pathSeparator)) {
            StartJar.open(entry).ifPresent(jar -> {
                opened.add(jar);
                paths.add(jar.path());
            });
        }
        jars = List.copyOf(opened);
        started = Set.copyOf(paths);
        usePath(classPath);
    }

    /** Lets JShell look through the class path. */
    void startIndexing() {
        indexing.countDown();
    }

    private boolean usePath(String classPath) {
        var rest = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty() && !started.contains(Path.of(entry)))
                .toList();
        if (rest.isEmpty()) {
            try {
                fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return true;
        }
        var joined = String.join(File.pathSeparator, rest);
        added = rest.stream().map(Path::of).toList();
        return fileManager.handleOption("-classpath", List.of(joined).iterator());
    }

    @Override
    public boolean handleOption(String current, Iterator<String> remaining) {
        return current.equals("-classpath") && remaining.hasNext()
                ? usePath(remaining.next())
                : super.handleOption(current, remaining);
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        var found = super.list(location, packageName, kinds, recurse);
        if (location != StandardLocation.CLASS_PATH || !kinds.contains(JavaFileObject.Kind.CLASS)) {
            return found;
        }
        var all = new ArrayList<JavaFileObject>();
        jars.forEach(jar -> all.addAll(jar.list(packageName, recurse)));
        found.forEach(all::add);
        return all;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof StartJar.ClassFile own ? own.binaryName() : super.inferBinaryName(location, file);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        return a instanceof StartJar.ClassFile || b instanceof StartJar.ClassFile
                ? a.toUri().equals(b.toUri())
                : super.isSameFile(a, b);
    }

    @Override
    public ClassLoader getClassLoader(Location location) {
        return location == StandardLocation.CLASS_PATH
                ? ClassLoader.getPlatformClassLoader()
                : super.getClassLoader(location);
    }

    @Override
    public Iterable<? extends Path> getLocationAsPaths(Location location) {
        if (!isCompiler.getAsBoolean()) {
            awaitIndexing();
        }
        if (location != StandardLocation.CLASS_PATH) {
            return fileManager.getLocationAsPaths(location);
        }
        var paths = new LinkedHashSet<Path>(started);
        paths.addAll(added);
        return paths;
    }

    private void awaitIndexing() {
        try {
            indexing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        startIndexing();
        for (var jar : jars) {
            jar.close();
        }
        super.close();
    }

    // the rest of a standard manager is the compiler's own

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(Iterable<? extends File> files) {
        return fileManager.getJavaFileObjectsFromFiles(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
        return fileManager.getJavaFileObjects(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
        return fileManager.getJavaFileObjectsFromStrings(names);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
        return fileManager.getJavaFileObjects(names);
    }

    @Override
    public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
        fileManager.setLocation(location, files);
    }

    @Override
    public void setLocationFromPaths(Location location, Collection<? extends Path> paths) throws IOException {
        fileManager.setLocationFromPaths(location, paths);
    }

    @Override
    public Iterable<? extends File> getLocation(Location location) {
        return fileManager.getLocation(location);
    }

    @Override
    public Path asPath(FileObject file) {
        return fileManager.asPath(file);
    }
}
