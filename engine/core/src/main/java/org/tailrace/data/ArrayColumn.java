package org.tailrace.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays: a range of a child per row. */
public final class ArrayColumn extends Column {
    final int[] offsets;
    final Column elements;

    /** Takes the arrays over. {@code offsets} has one more entry than there are rows. */
    public ArrayColumn(DataType type, int[] offsets, Column elements, long @Nullable [] validity) {
        super(type, offsets.length - 1, validity);
        this.offsets = offsets;
        this.elements = elements;
    }

    @Override
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            list.add(elements.get(i));
        }
        return list;
    }
}
