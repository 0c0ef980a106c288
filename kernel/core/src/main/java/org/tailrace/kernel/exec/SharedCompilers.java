package org.tailrace.kernel.exec;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jdk.jshell.JShell;

/**
 * Lets JShell check a snippet and compile it with the same compiler. JShell keeps compilers in a pool by their options, and
 * checks with one option that a compilation has not, and the other way round: so there are two, and each reads for itself
 * all that a snippet may name. That is a good part of a kernel's start, and of its memory. Given {@link #OPTIONS}, both come
 * to the same options, in another order and with repetitions, which this pool no longer takes for other compilers.
 *
 * <p>The pool is no public part of JShell: where the way to it is closed or has changed, there are two compilers.
 */
final class SharedCompilers {

    /** What JShell adds for a check alone (go on after the first errors), and for a compilation alone. */
    static final List<String> OPTIONS = List.of("--should-stop=at=FLOW", "-parameters");

    /** JShell's map, from options to the compilers that nobody uses just now. */
    private static final class ByOptionSet<C> extends HashMap<Object, C> {

        private static final long serialVersionUID = 1L;

        private static Object set(Object options) {
            return options instanceof List<?> list ? Set.copyOf(list) : options;
        }

        @Override
        public C get(Object options) {
            return super.get(set(options));
        }

        @Override
        public C getOrDefault(Object options, C otherwise) {
            return super.getOrDefault(set(options), otherwise);
        }

        @Override
        public C computeIfAbsent(Object options, Function<? super Object, ? extends C> made) {
            return super.computeIfAbsent(set(options), set -> made.apply(options));
        }
    }

    private SharedCompilers() {}

    /** Again whenever something was added to the class path: JShell has a new pool then. On the thread that it is kept on. */
    static void install(JShell shell) {
        try {
            var tasks = open(JShell.class.getDeclaredField("taskFactory")).get(shell);
            var pool = open(tasks.getClass().getDeclaredField("javacTaskPool")).get(tasks);
            var compilers = open(pool.getClass().getDeclaredField("options2Contexts"));
            if (compilers.getType() == Map.class) {
                compilers.set(pool, new ByOptionSet<>());
            }
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            // then there are two compilers, and nothing else is different
            return;
        }
    }

    private static Field open(Field field) {
        field.setAccessible(true);
        return field;
    }
}
