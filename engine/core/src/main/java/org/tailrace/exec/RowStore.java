package org.tailrace.exec;

import java.util.Arrays;
import java.util.BitSet;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/**
 * Rows by number, kept in segments of at most a vector's size: the low bits of a number are the row in its segment.
 *
 * <p>Most rows of a join arrive in vectors that view a source's columns, which never change. Such a vector becomes a
 * segment as it is, and no value is copied. What an operator has computed, and small vectors, are appended to the last
 * segment, so that a trickle of rows does not become a trickle of segments. Numbers therefore rise but have gaps.
 */
final class RowStore implements JoinPairs.RowSource {
    private static final int BITS = 32 - Integer.numberOfLeadingZeros(PlannerOptions.VECTOR_SIZE - 1);
    private static final int ROWS = 1 << BITS;

    private final Schema schema;
    /** By column, by segment. */
    private final Vector[][] segments;

    private int[] sizes = new int[4];
    private int count;
    /** Segments that own their arrays, and may grow while they are the last. */
    private final BitSet owned = new BitSet();

    RowStore(Schema schema) {
        this.schema = schema;
        segments = new Vector[schema.size()][4];
    }

    /** One more than the last row's number. */
    int end() {
        return count == 0 ? 0 : (count - 1 << BITS) + sizes[count - 1];
    }

    int segments() {
        return count;
    }

    /** The first number from {@code from} on that is a row's, {@link #end} if there is none. */
    int next(int from) {
        int segment = from >>> BITS;
        return segment < count && place(from) >= sizes[segment] ? segment + 1 << BITS : from;
    }

    /** Adds all rows; gives the number of each. */
    void add(VectorBatch rows, int[] numbers) {
        if (rows.size <= ROWS) {
            number(rows.size * 2 > ROWS ? addSegment(rows) : append(rows), numbers, 0, rows.size);
            return;
        }
        VectorBatch part = VectorBatch.create(schema);
        for (int from = 0; from < rows.size; from += ROWS) {
            int length = Math.min(ROWS, rows.size - from);
            Columns.gather(rows, Ints.sequence(from, length), length, part);
            number(append(part), numbers, from, length);
        }
    }

    private static void number(int base, int[] numbers, int from, int length) {
        for (int i = 0; i < length; i++) {
            numbers[from + i] = base + i;
        }
    }

    private int addSegment(VectorBatch rows) {
        room();
        for (int c = 0; c < segments.length; c++) {
            segments[c][count] = rows.columns[c].keep();
        }
        sizes[count++] = rows.size;
        return count - 1 << BITS;
    }

    private int append(VectorBatch rows) {
        if (count == 0 || !owned.get(count - 1) || sizes[count - 1] + rows.size > ROWS) {
            room();
            for (int c = 0; c < segments.length; c++) {
                segments[c][count] = Vector.create(schema.type(c));
                segments[c][count].prepare(0);
            }
            owned.set(count);
            sizes[count++] = 0;
        }
        int last = count - 1;
        int base = end();
        for (int c = 0; c < segments.length; c++) {
            Vector from = rows.columns[c];
            if (from.size >= rows.size) {
                segments[c][last].appendAll(from, rows.size);
            }
        }
        sizes[last] += rows.size;
        return base;
    }

    private void room() {
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, count * 2);
            for (int c = 0; c < segments.length; c++) {
                segments[c] = Arrays.copyOf(segments[c], count * 2);
            }
        }
    }

    /** Takes back all rows from number {@code end} on. */
    void truncate(int end) {
        while (count > 0 && count - 1 << BITS >= end) {
            owned.clear(--count);
            for (Vector[] column : segments) {
                column[count] = null;
            }
        }
        if (end() > end) {
            // Only a segment that owns its arrays can have grown since the end was noted.
            int size = end - (count - 1 << BITS);
            for (Vector[] column : segments) {
                column[count - 1].truncate(size);
            }
            sizes[count - 1] = size;
        }
    }

    /** The vector in which a row's column lies, at {@link #place}. */
    Vector vector(int column, int number) {
        return segments[column][number >>> BITS];
    }

    /** Where a row lies in its vector. */
    static int place(int number) {
        return number & ROWS - 1;
    }

    /** Gives the vectors of a segment, and the number of its first row. */
    int view(int segment, VectorBatch target) {
        for (int c = 0; c < segments.length; c++) {
            target.columns[c] = segments[c][segment];
        }
        target.size = sizes[segment];
        return segment << BITS;
    }

    @Override
    public void gather(int[] numbers, int count, VectorBatch target, int at, BitSet wanted) {
        for (int c = 0; c < segments.length; c++) {
            Vector column = target.columns[at + c];
            if (!wanted.get(at + c)) {
                column.prepare(0);
            } else if (this.count == 0) {
                column.prepare(count);
                column.setAllNull();
            } else {
                column.gather(segments[c], BITS, numbers, count);
            }
        }
    }
}
