package org.tailrace.kernel.exec;

import java.io.File;
import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * JShell's view of where snippets run. It loads them into this JVM, and runs nothing: JShell calls {@link #invoke} as the
 * last step of an evaluation, which is only noted here. The cell's own thread runs the method once JShell has returned.
 * So no user code is ever inside JShell, and a cell that hangs holds none of its locks.
 *
 * <p>Used by the session's compile thread only.
 */
final class InProcessControl implements ExecutionControl {

    private final SnippetLoader loader;
    private final List<String> invoked = new ArrayList<>();

    InProcessControl(SnippetLoader loader) {
        this.loader = loader;
    }

    ExecutionControlProvider asProvider() {
        return new ExecutionControlProvider() {
            @Override
            public String name() {
                return "in-process";
            }

            @Override
            public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                return InProcessControl.this;
            }
        };
    }

    /** The wrapper classes whose method is due, in order; each is given out once. */
    List<String> takeInvoked() {
        var taken = List.copyOf(invoked);
        invoked.clear();
        return taken;
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        var loaded = new boolean[classes.length];
        loader.add(Arrays.stream(classes)
                .map(each -> NotebookClass.of(each.name(), StopWeaver.weave(each.bytecodes())))
                .toList());
        for (int i = 0; i < classes.length; i++) {
            try {
                loader.loadClass(classes[i].name());
                loaded[i] = true;
            } catch (ClassNotFoundException | LinkageError e) {
                throw new ClassInstallException(String.valueOf(e), loaded);
            }
        }
    }

    /** JShell then compiles what depends on the change again, under new names: running code keeps what it started with. */
    @Override
    public void redefine(ClassBytecodes[] classes) throws NotImplementedException {
        throw new NotImplementedException("classes are replaced, not redefined");
    }

    @Override
    public String invoke(String className, String methodName) {
        invoked.add(className);
        return "";
    }

    @Override
    public String varValue(String className, String variable) {
        return "";
    }

    @Override
    public void addToClasspath(String path) throws InternalException {
        for (var entry : path.split(File.pathSeparator)) {
            try {
                loader.addURL(new File(entry).toURI().toURL());
            } catch (MalformedURLException e) {
                throw new InternalException(entry + ": " + e.getMessage());
            }
        }
    }

    @Override
    public Object extensionCommand(String command, Object argument) throws NotImplementedException {
        throw new NotImplementedException(command);
    }

    @Override
    public void stop() {}

    @Override
    public void close() {}
}
