package org.tailrace.kernel.exec;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/**
 * Compiles the declaration of a variable that nothing will ever name, in one pass. JShell checks a snippet first, to know
 * what else is concerned, compiles it then, and remembers it; of the value of a cell it has to remember nothing, and if
 * the compiler takes it no check was needed. That is nearly half of what a small cell costs.
 *
 * <p>It uses JShell's own wrapping and its pool of compilers, which are no public part of it: where the way is closed or has
 * changed, and for what the compiler refuses, the ordinary way remains, which also knows how to explain an error.
 *
 * <p>On the thread that JShell is kept on.
 */
final class DirectCompiler {

    /** Compiled and loaded. The snippet was never installed in JShell: it has no status there, and cannot be dropped. */
    record Made(Snippet snippet, String wrapper) {}

    private final JShell shell;
    private final Object eval;
    private final Object tasks;
    private final Object tracker;
    private final Method parse;
    private final Constructor<?> diagnostics;
    private final Constructor<?> unit;
    private final Method initialize;
    private final Method wrap;
    private final Method outerWrap;
    private final Method className;
    private final Method compile;
    private final Class<?> worker;
    private final Method run;
    private final Method classNames;
    private final Method classInfo;
    private final Method bytes;

    private DirectCompiler(JShell shell) throws ReflectiveOperationException {
        this.shell = shell;
        eval = valueOf("eval");
        tasks = valueOf("taskFactory");
        tracker = valueOf("classTracker");
        parse = method(eval.getClass(), "sourceToSnippets", String.class);
        var list = inside("DiagList");
        diagnostics = open(list.getDeclaredConstructor());
        var unitClass = inside("Unit");
        unit = open(unitClass.getDeclaredConstructor(JShell.class, Snippet.class, Snippet.class, list));
        initialize = method(unitClass, "initialize");
        wrap = method(unitClass, "setWrap", Collection.class, Collection.class);
        outerWrap = method(Snippet.class, "outerWrap");
        className = method(Snippet.class, "classFullName");
        worker = inside("TaskFactory$Worker");
        compile = method(tasks.getClass(), "compile", Collection.class, worker);
        var task = inside("TaskFactory$CompileTask");
        run = method(task, "compile");
        classNames = method(task, "classList", inside("OuterWrap"));
        classInfo = method(tracker.getClass(), "get", String.class);
        bytes = method(inside("ClassTracker$ClassInfo"), "toClassBytecodes");
    }

    /** Empty if this JShell is not built that way. */
    static Optional<DirectCompiler> of(JShell shell) {
        try {
            return Optional.of(new DirectCompiler(shell));
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return Optional.empty();
        }
    }

    /**
     * @param declaration of one variable, with its value
     * @param control loads its classes
     * @return empty if the compiler refuses it
     */
    Optional<Made> variable(String declaration, InProcessControl control)
            throws ReflectiveOperationException, ClassInstallException {
        var snippets = (List<?>) parse.invoke(eval, declaration);
        if (snippets.size() != 1 || !(snippets.get(0) instanceof VarSnippet snippet)) {
            return Optional.empty();
        }
        var made = unit.newInstance(shell, snippet, null, diagnostics.newInstance());
        initialize.invoke(made);
        wrap.invoke(made, Set.of(made), Set.of(made));
        var wrapped = outerWrap.invoke(snippet);
        var names = new ArrayList<String>();
        var collect =
                Proxy.newProxyInstance(worker.getClassLoader(), new Class<?>[] {worker}, (self, method, arguments) -> {
                    if ((boolean) run.invoke(arguments[0])) {
                        ((List<?>) classNames.invoke(arguments[0], wrapped)).forEach(name -> names.add((String) name));
                    }
                    return null;
                });
        compile.invoke(tasks, List.of(wrapped), collect);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        var classes = new ClassBytecodes[names.size()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (ClassBytecodes) bytes.invoke(classInfo.invoke(tracker, names.get(i)));
        }
        control.load(classes);
        return Optional.of(new Made(snippet, (String) className.invoke(snippet)));
    }

    private Object valueOf(String field) throws ReflectiveOperationException {
        return open(JShell.class.getDeclaredField(field)).get(shell);
    }

    private static Class<?> inside(String name) throws ClassNotFoundException {
        return Class.forName("jdk.jshell." + name);
    }

    private static Method method(Class<?> owner, String name, Class<?>... parameters) throws NoSuchMethodException {
        return open(owner.getDeclaredMethod(name, parameters));
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }
}
