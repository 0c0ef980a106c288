package org.tailrace.kernel.exec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Objects of a notebook class whose declaration was replaced by a newer one. */
final class Replaced {

    private static final int LOOKED_AT = 1_000;

    private Replaced() {}

    /** The same record once more, of the new class, if its components have not changed. */
    static Optional<Object> again(Object old, Class<?> type) {
        if (!old.getClass().isRecord() || !type.isRecord()) {
            return Optional.empty();
        }
        var before = old.getClass().getRecordComponents();
        var now = type.getRecordComponents();
        if (before.length != now.length) {
            return Optional.empty();
        }
        var values = new Object[now.length];
        try {
            for (int i = 0; i < now.length; i++) {
                if (!before[i].getName().equals(now[i].getName()) || before[i].getType() != now[i].getType()) {
                    return Optional.empty();
                }
                var accessor = before[i].getAccessor();
                accessor.setAccessible(true);
                values[i] = accessor.invoke(old);
            }
            var types = Arrays.stream(now).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a collection, map or array holds an object of such a class. */
    static boolean within(Object value, Predicate<Class<?>> isReplaced) {
        return elements(value)
                .limit(LOOKED_AT)
                .anyMatch(element -> element != null && isReplaced.test(element.getClass()));
    }

    private static Stream<?> elements(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.stream();
        }
        if (value instanceof Map<?, ?> map) {
            return Stream.concat(map.keySet().stream().limit(LOOKED_AT / 2), map.values().stream());
        }
        return value instanceof Object[] array ? Arrays.stream(array) : Stream.empty();
    }
}
