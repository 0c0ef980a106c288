package org.tailrace.kernel.exec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads the notebook's classes and what is added to its class path, and serves the class files of both: an engine that
 * ships a lambda to another machine needs the bytes.
 *
 * <p>The classes in {@link #OWN} are defined here once more, so that their static fields belong to this notebook.
 */
final class SnippetLoader extends URLClassLoader {

    private static final Set<String> OWN =
            Set.of(StopCheck.class.getName(), Notebook.class.getName(), NotebookLink.class.getName());

    private final Map<String, byte[]> classFiles = new ConcurrentHashMap<>();

    SnippetLoader(ClassLoader parent) {
        super("notebook", new URL[0], parent);
    }

    void add(String className, byte[] classFile) {
        classFiles.put(className, classFile);
    }

    boolean isNotebookClass(String className) {
        return classFiles.containsKey(className);
    }

    @Override
    public void addURL(URL url) {
        super.addURL(url);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OWN.contains(name)) {
            synchronized (getClassLoadingLock(name)) {
                var known = findLoadedClass(name);
                return known != null ? known : define(name, ownClassFile(name));
            }
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var classFile = classFiles.get(name);
        return classFile != null ? define(name, classFile) : super.findClass(name);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        if (name.endsWith(".class")) {
            var classFile = classFiles.get(name.substring(0, name.length() - 6).replace('/', '.'));
            if (classFile != null) {
                return new ByteArrayInputStream(classFile);
            }
        }
        return super.getResourceAsStream(name);
    }

    private Class<?> define(String name, byte[] classFile) {
        return defineClass(name, classFile, 0, classFile.length);
    }

    private byte[] ownClassFile(String name) {
        try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new NoClassDefFoundError(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
