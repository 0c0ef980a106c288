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
    Column slice(int from, int count) {
        return new StructColumn(
                type(),
                count,
                children.stream().map(child -> child.slice(from, count)).toList(),
                validity(from, count));
    }

    @Override
    Column compact() {
        return new StructColumn(
                type(), size(), children.stream().map(Column::compact).toList(), validity);
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
