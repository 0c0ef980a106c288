package org.tailrace.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Structs: row i is row i of every child. */
public final class StructColumn extends Column {
    final List<Column> children;

    public StructColumn(DataType type, int size, List<Column> children, long @Nullable [] validity) {
        super(type, size, validity);
        this.children = List.copyOf(children);
    }

    @Override
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Column child : children) {
            values.add(child.get(row));
        }
        return new Row(((DataType.Struct) type()).fields(), values);
    }
}
