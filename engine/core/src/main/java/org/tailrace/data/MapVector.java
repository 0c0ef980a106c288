package org.tailrace.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps: a range of two children per row. */
public final class MapVector extends Vector {
    public final Vector keys;
    public final Vector values;
    private int[] starts = new int[0];
    private int[] ends = new int[0];
    private int endsOffset;
    private int[] ownStarts = starts;
    private int[] ownEnds = ends;

    public MapVector(DataType type) {
        super(type);
        keys = Vector.create(((DataType.Map) type).key());
        values = Vector.create(((DataType.Map) type).value());
    }

    public int start(int row) {
        return starts[offset + row];
    }

    public int end(int row) {
        return ends[endsOffset + row];
    }

    /** Sets a row of a prepared vector to the given range of the child. */
    public void set(int row, int start, int end) {
        ownStarts[row] = start;
        ownEnds[row] = end;
    }

    @Override
    public void view(Column column, int from, int count) {
        var source = (MapColumn) column;
        viewing(source, from, count);
        starts = source.offsets;
        ends = source.offsets;
        endsOffset = from + 1;
        keys.view(source.keys, 0, source.keys.size());
        values.view(source.values, 0, source.values.size());
    }

    /** Also empties the child, to be appended to. */
    @Override
    public void prepare(int count) {
        super.prepare(count);
        keys.prepare(0);
        values.prepare(0);
    }

    @Override
    void ensure(int capacity, boolean keep) {
        if (ownStarts.length < capacity) {
            ownStarts = keep ? Arrays.copyOf(ownStarts, capacity) : new int[capacity];
            ownEnds = keep ? Arrays.copyOf(ownEnds, capacity) : new int[capacity];
        }
        starts = ownStarts;
        ends = ownEnds;
        endsOffset = 0;
    }

    @Override
    public void gather(Vector source, int[] from, int count) {
        var other = (MapVector) source;
        prepare(count);
        for (int row = 0; row < count; row++) {
            copyRange(other, from[row], row);
        }
        gatherValidity(source, from, count);
    }

    private void copyRange(MapVector source, int from, int row) {
        int start = keys.size;
        if (!source.isNull(from)) {
            for (int i = source.start(from), end = source.end(from); i < end; i++) {
                keys.append(source.keys, i);
                values.append(source.values, i);
            }
        }
        set(row, start, keys.size);
    }

    @Override
    public void append(Vector source, int row) {
        grow();
        size++;
        copyRange((MapVector) source, row, size - 1);
        appendValidity(!source.isNull(row));
    }

    private void grow() {
        if (size == ownStarts.length) {
            ensure(grown(size), true);
        }
    }

    /** Ends a row whose elements, from {@code start} on, have been appended to the child. */
    public void appendRange(int start, boolean valid) {
        grow();
        size++;
        set(size - 1, start, keys.size);
        appendValidity(valid);
    }

    @Override
    public void appendValue(@Nullable Object value) {
        grow();
        int start = keys.size;
        if (value != null) {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                keys.appendValue(entry.getKey());
                values.appendValue(entry.getValue());
            }
        }
        size++;
        set(size - 1, start, keys.size);
        appendValidity(value != null);
    }

    @Override
    public void truncate(int rows) {
        super.truncate(rows);
        int end = rows == 0 ? 0 : ownEnds[rows - 1];
        keys.truncate(end);
        values.truncate(end);
    }

    @Override
    public Column toColumn() {
        int total = 0;
        int[] offsets = new int[size + 1];
        for (int i = 0; i < size; i++) {
            total += isNull(i) ? 0 : end(i) - start(i);
            offsets[i + 1] = total;
        }
        int[] rows = new int[total];
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (!isNull(i)) {
                for (int j = start(i), end = end(i); j < end; j++) {
                    rows[at++] = j;
                }
            }
        }
        Vector keysCopy = Vector.create(keys.type);
        keysCopy.gather(keys, rows, total);
        Vector valuesCopy = Vector.create(values.type);
        valuesCopy.gather(values, rows, total);
        return new MapColumn(type, offsets, keysCopy.toColumn(), valuesCopy.toColumn(), copyValidity());
    }

    @Override
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = start(row); i < end(row); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }
}
