package org.tailrace.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays: a range of a child per row. */
public final class ArrayVector extends Vector {
    public final Vector elements;
    private int[] starts = new int[0];
    private int[] ends = new int[0];
    private int endsOffset;
    private int[] ownStarts = starts;
    private int[] ownEnds = ends;

    public ArrayVector(DataType type) {
        super(type);
        elements = Vector.create(((DataType.Array) type).element());
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
        var source = (ArrayColumn) column;
        viewing(source, from, count);
        starts = source.offsets;
        ends = source.offsets;
        endsOffset = from + 1;
        elements.view(source.elements, 0, source.elements.size());
    }

    /** Also empties the child, to be appended to. */
    @Override
    public void prepare(int count) {
        super.prepare(count);
        elements.prepare(0);
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
        var other = (ArrayVector) source;
        prepare(count);
        for (int row = 0; row < count; row++) {
            copyRange(other, from[row], row);
        }
        gatherValidity(source, from, count);
    }

    private void copyRange(ArrayVector source, int from, int row) {
        int start = elements.size;
        if (!source.isNull(from)) {
            for (int i = source.start(from), end = source.end(from); i < end; i++) {
                elements.append(source.elements, i);
            }
        }
        set(row, start, elements.size);
    }

    @Override
    public void append(Vector source, int row) {
        grow();
        size++;
        copyRange((ArrayVector) source, row, size - 1);
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
        set(size - 1, start, elements.size);
        appendValidity(valid);
    }

    @Override
    public void appendValue(@Nullable Object value) {
        grow();
        int start = elements.size;
        if (value != null) {
            for (Object element : (Collection<?>) value) {
                elements.appendValue(element);
            }
        }
        size++;
        set(size - 1, start, elements.size);
        appendValidity(value != null);
    }

    @Override
    public void truncate(int rows) {
        super.truncate(rows);
        int end = rows == 0 ? 0 : ownEnds[rows - 1];
        elements.truncate(end);
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
        Vector elementsCopy = Vector.create(elements.type);
        elementsCopy.gather(elements, rows, total);
        return new ArrayColumn(type, offsets, elementsCopy.toColumn(), copyValidity());
    }

    @Override
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = start(row); i < end(row); i++) {
            list.add(elements.get(i));
        }
        return list;
    }
}
