package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.ValueKey;

/** All values of a group that are not NULL, in order of arrival, and what is made of them in the end. */
final class Lists implements Accumulator {

    /** From the values of a group, in their external form, to the result in its own. */
    interface Finish {
        @Nullable
        Object of(Collection<Object> values);
    }

    private final DataType element;
    private final Supplier<Collection<Object>> collection;
    private final Finish finish;
    private @Nullable Collection<Object>[] groups = array(0);

    /** @param collection an {@code ArrayList}, or a {@code LinkedHashSet} to keep each value once */
    Lists(DataType element, Supplier<Collection<Object>> collection, Finish finish) {
        this.element = element;
        this.collection = collection;
        this.finish = finish;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Collection<Object>[] array(int size) {
        return (Collection<Object>[]) new Collection<?>[size];
    }

    @Override
    public void ensureGroups(int count) {
        if (count > groups.length) {
            groups = Arrays.copyOf(groups, Math.max(count, groups.length * 2));
        }
    }

    @Override
    public void reset(int group) {
        groups[group] = null;
    }

    private Collection<Object> values(int group) {
        Collection<Object> values = groups[group];
        if (values == null) {
            values = collection.get();
            groups[group] = values;
        }
        return values;
    }

    @Override
    public void add(int[] into, Vector[] arguments, int count) {
        for (int row = 0; row < count; row++) {
            Object value = ValueKey.of(arguments[0], row);
            if (value != null) {
                values(into[row]).add(value);
            }
        }
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        var source = (Lists) other;
        for (int i = 0; i < count; i++) {
            Collection<Object> values = source.groups[from[i]];
            if (values != null) {
                values(into[i]).addAll(values);
            }
        }
    }

    @Override
    public void result(int[] of, int count, Vector result) {
        result.prepare(0);
        for (int i = 0; i < count; i++) {
            Collection<Object> values = groups[of[i]];
            result.appendValue(finish.of(values == null ? List.of() : values));
        }
    }

    /** The values as an array's. */
    static Object list(Collection<Object> values) {
        var list = new ArrayList<@Nullable Object>();
        values.forEach(value -> list.add(ValueKey.value(value)));
        return list;
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(new DataType.Array(element, false));
    }

    @Override
    public void save(int[] of, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            Collection<Object> values = groups[of[i]];
            state[0].appendValue(list(values == null ? List.of() : values));
        }
    }

    @Override
    public void load(int[] into, Vector[] state, int count) {
        var arrays = (ArrayVector) state[0];
        for (int i = 0; i < count; i++) {
            groups[into[i]] = null;
            for (int at = arrays.start(i); at < arrays.end(i); at++) {
                values(into[i]).add(Objects.requireNonNull(ValueKey.of(arrays.elements, at)));
            }
        }
    }
}
