package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.tailrace.data.Row;

/** The rows of one key in a batch, handed to a user's function; knows which one the function took last. */
final class KeyedRows {
    private final List<Row> rows = new ArrayList<>();
    private int taken;

    void add(Row row) {
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Iterator<Row> iterator() {
        taken = 0;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return taken < rows.size();
            }

            @Override
            public Row next() {
                if (taken == rows.size()) {
                    throw new NoSuchElementException();
                }
                return rows.get(taken++);
            }
        };
    }

    /** Takes out the row that the function took last, which it could not use; the first if it took none. */
    Row removeTaken() {
        return rows.remove(Math.max(0, taken - 1));
    }
}
