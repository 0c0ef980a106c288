package org.tailrace.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Structs: row i is row i of every child. */
public final class StructVector extends Vector {
    public final Vector[] children;

    public StructVector(DataType type) {
        super(type);
        Schema fields = ((DataType.Struct) type).fields();
        children = new Vector[fields.size()];
        for (int i = 0; i < children.length; i++) {
            children[i] = Vector.create(fields.type(i));
        }
    }

    @Override
    public void view(Column column, int from, int count) {
        var source = (StructColumn) column;
        viewing(source, from, count);
        for (int i = 0; i < children.length; i++) {
            children[i].view(source.children.get(i), from, count);
        }
    }

    @Override
    public void prepare(int count) {
        super.prepare(count);
        for (Vector child : children) {
            child.prepare(count);
        }
    }

    @Override
    void ensure(int capacity, boolean keep) {
        for (Vector child : children) {
            child.ensure(capacity, keep);
        }
    }

    @Override
    public void gather(Vector source, int[] from, int count) {
        var other = (StructVector) source;
        super.prepare(count);
        for (int i = 0; i < children.length; i++) {
            children[i].gather(other.children[i], from, count);
        }
        gatherValidity(source, from, count);
    }

    @Override
    public void append(Vector source, int row) {
        var other = (StructVector) source;
        for (int i = 0; i < children.length; i++) {
            children[i].append(other.children[i], row);
        }
        size++;
        appendValidity(!source.isNull(row));
    }

    @Override
    public void appendAll(Vector source, int count) {
        var other = (StructVector) source;
        for (int i = 0; i < children.length; i++) {
            children[i].appendAll(other.children[i], count);
        }
        for (int i = 0; i < count; i++) {
            size++;
            appendValidity(!source.isNull(i));
        }
    }

    @Override
    public void appendValue(@Nullable Object value) {
        for (int i = 0; i < children.length; i++) {
            children[i].appendValue(value == null ? null : ((Row) value).get(i));
        }
        size++;
        appendValidity(value != null);
    }

    /** Ends a row whose every child has been appended to. */
    public void appendRow(boolean valid) {
        size++;
        appendValidity(valid);
    }

    @Override
    public void truncate(int rows) {
        super.truncate(rows);
        for (Vector child : children) {
            child.truncate(rows);
        }
    }

    @Override
    public Column toColumn() {
        var columns = new ArrayList<Column>();
        for (Vector child : children) {
            columns.add(child.toColumn());
        }
        return new StructColumn(type, size, columns, copyValidity());
    }

    @Override
    public Column shareColumn() {
        var columns = new ArrayList<Column>();
        for (Vector child : children) {
            columns.add(child.shareColumn());
        }
        return new StructColumn(type, size, columns, copyValidity());
    }

    @Override
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Vector child : children) {
            values.add(child.get(row));
        }
        return new Row(((DataType.Struct) type).fields(), values);
    }
}
