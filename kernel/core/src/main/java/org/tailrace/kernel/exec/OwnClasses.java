package org.tailrace.kernel.exec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The notebook's own copies of {@link StopCheck} and {@link NotebookLink}, called from outside its loader. They
 * are other classes than the ones this code names, hence the reflection.
 */
final class OwnClasses {

    private final Method stopOthers;
    private final Method connect;
    private final Method put;

    OwnClasses(SnippetLoader loader) {
        try {
            stopOthers = loader.loadClass(StopCheck.class.getName()).getMethod("stopOthers", boolean.class);
            var link = loader.loadClass(NotebookLink.class.getName());
            connect = link.getMethod("connect", NotebookFunctions.class);
            put = link.getMethod("put", String.class, Object.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    void stopOthers(boolean stop) {
        call(stopOthers, stop);
    }

    void connect(NotebookFunctions functions) {
        call(connect, functions);
    }

    void define(String name, Object value) {
        call(put, name, value);
    }

    private static void call(Method method, Object... arguments) {
        try {
            method.invoke(null, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
