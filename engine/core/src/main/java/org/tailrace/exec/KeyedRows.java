package org.tailrace.exec;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.tailrace.data.Row;

/** The rows of one key in a batch, handed to a user's function; knows which one the function took last. */
final class KeyedRows {
    private final ArrivedRows rows;
    private final int first;
    private int end;
    private int taken;

    /** The rows from place {@code first} on, to {@code end}. */
    KeyedRows(ArrivedRows rows, int first, int end) {
        this.rows = rows;
        this.first = first;
        this.end = end;
        taken = first;
    }

    boolean isEmpty() {
        return first == end;
    }

    Iterator<Row> iterator() {
        taken = first;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return taken < end;
            }

            @Override
            public Row next() {
                if (taken == end) {
                    throw new NoSuchElementException();
                }
                return rows.row(taken++);
            }
        };
    }

    /** Takes out the row that the function took last, which it could not use; the first if it took none. */
    Row removeTaken() {
        int place = Math.max(first, taken - 1);
        Row row = rows.row(place);
        rows.remove(place, end--);
        return row;
    }
}
