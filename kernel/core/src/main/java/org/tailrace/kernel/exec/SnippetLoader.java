package org.tailrace.kernel.exec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads the notebook's classes and what is added to its class path, and serves the class files of both: an engine that
 * ships a lambda to another machine needs the bytes.
 *
 * <p>The classes in {@link #OWN} are defined here once more, so that their static fields belong to this notebook.
 *
 * <p>Each snippet gets a loader of its own, held from here until it was {@link #release released}: when it has run, if it
 * declared nothing, or has been replaced. Then only what uses its classes keeps them: an object, a thread, a query, the
 * code of a later snippet. What cannot be told apart stays here for good: a class with members that are neither public nor
 * private, since the snippets that use it must be of its package, and those snippets.
 */
final class SnippetLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final Set<String> OWN =
            Set.of(StopCheck.class.getName(), Notebook.class.getName(), NotebookLink.class.getName());

    private final Map<String, byte[]> classFiles = new ConcurrentHashMap<>();
    private final Map<String, WeakReference<PieceLoader>> pieces = new ConcurrentHashMap<>();
    private final Map<String, PieceLoader> held = new ConcurrentHashMap<>();
    private final Set<PieceLoader> heldForGood = ConcurrentHashMap.newKeySet();
    private final Map<String, Boolean> open = new ConcurrentHashMap<>();

    SnippetLoader(ClassLoader parent) {
        super("notebook", new URL[0], parent);
    }

    /** Takes classes that were compiled together. */
    void add(Collection<NotebookClass> classes) {
        pieces.values().removeIf(piece -> piece.get() == null);
        open.keySet().removeIf(name -> !isNotebookClass(name));
        classes.forEach(each -> open.put(each.name(), each.open()));
        var byWrapper = classes.stream().collect(Collectors.groupingBy(NotebookClass::wrapper));
        var added = new HashMap<PieceLoader, List<NotebookClass>>();
        var stay = new ArrayList<NotebookClass>();
        byWrapper.forEach((wrapper, group) -> {
            if (mayGo(group)) {
                var files = group.stream().collect(Collectors.toMap(NotebookClass::name, NotebookClass::classFile));
                var loader = new PieceLoader(this, files);
                held.put(wrapper, loader);
                group.forEach(each -> pieces.put(each.name(), new WeakReference<>(loader)));
                added.put(loader, group);
            } else {
                group.forEach(each -> classFiles.put(each.name(), each.classFile()));
                stay.addAll(group);
            }
        });
        added.forEach((loader, group) -> named(group).forEach(loader::names));
        heldForGood.addAll(named(stay).values());
    }

    private boolean mayGo(List<NotebookClass> group) {
        var own = group.stream().map(NotebookClass::name).collect(Collectors.toSet());
        return group.stream().allMatch(NotebookClass::open)
                && group.stream()
                        .flatMap(each -> each.named().stream())
                        .filter(name -> !own.contains(name))
                        .allMatch(name -> open.getOrDefault(name, true));
    }

    private Map<String, PieceLoader> named(List<NotebookClass> classes) {
        var found = new HashMap<String, PieceLoader>();
        for (var name : new HashSet<>(
                classes.stream().flatMap(each -> each.named().stream()).toList())) {
            var loader = piece(name);
            if (loader != null) {
                found.put(name, loader);
            }
        }
        return found;
    }

    /** Nothing that is compiled from now on names this wrapper. */
    void release(String wrapper) {
        held.remove(wrapper);
    }

    private @Nullable PieceLoader piece(String className) {
        var piece = pieces.get(className);
        return piece == null ? null : piece.get();
    }

    private byte @Nullable [] classFile(String className) {
        var piece = piece(className);
        return piece != null ? piece.classFile(className) : classFiles.get(className);
    }

    boolean isNotebookClass(String className) {
        return classFile(className) != null;
    }

    @Override
    public void addURL(URL url) {
        super.addURL(url);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        var piece = piece(name);
        if (piece != null) {
            return piece.own(name);
        }
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
            var classFile = classFile(name.substring(0, name.length() - 6).replace('/', '.'));
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
