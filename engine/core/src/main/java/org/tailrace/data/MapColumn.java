package org.tailrace.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps: a range of two children per row. */
public final class MapColumn extends Column {
    final int[] offsets;
    final Column keys;
    final Column values;

    /** Takes the arrays over. {@code offsets} has one more entry than there are rows. */
    public MapColumn(DataType type, int[] offsets, Column keys, Column values, long @Nullable [] validity) {
        super(type, offsets.length - 1, validity);
        this.offsets = offsets;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }
}
