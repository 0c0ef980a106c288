package org.tailrace.kernel.exec;

import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Defines the classes that one snippet was compiled to, so that they can go when nothing uses them any more. It holds on
 * to the loaders of the snippets that its code names: those may have been replaced since, and code that still runs, in a
 * query for instance, goes on with what it began with.
 */
final class PieceLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> classFiles;
    private final Map<String, PieceLoader> named = new ConcurrentHashMap<>();

    PieceLoader(SnippetLoader parent, Map<String, byte[]> classFiles) {
        super("snippet", parent);
        this.classFiles = Map.copyOf(classFiles);
    }

    /** The code of this snippet names a class of that one. */
    void names(String className, PieceLoader loader) {
        if (loader != this) {
            named.put(className, loader);
        }
    }

    byte @Nullable [] classFile(String className) {
        return classFiles.get(className);
    }

    Class<?> own(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            var classFile = classFiles.get(name);
            if (classFile == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, classFile, 0, classFile.length);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (classFiles.containsKey(name)) {
            return own(name);
        }
        var other = named.get(name);
        return other != null ? other.own(name) : super.loadClass(name, resolve);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        return getParent().getResourceAsStream(name);
    }
}
