package org.tailrace.data;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The values of a row, which never change: an array in the form of a list, the least that a row can be made of. */
final class RowValues extends AbstractList<@Nullable Object> implements RandomAccess {
    private final @Nullable Object[] values;

    /** Takes the array over. */
    RowValues(@Nullable Object[] values) {
        this.values = values;
    }

    @Override
    public @Nullable Object get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public @Nullable Object[] toArray() {
        return Arrays.copyOf(values, values.length, Object[].class);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowValues row ? Arrays.equals(values, row.values) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
