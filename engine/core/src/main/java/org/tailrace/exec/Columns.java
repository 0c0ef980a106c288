package org.tailrace.exec;

import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** Moves rows between batches of vectors. Columns that nothing reads hold no rows and stay that way. */
final class Columns {
    private Columns() {}

    static void gather(VectorBatch source, int[] rows, int count, VectorBatch target) {
        for (int c = 0; c < source.columns.length; c++) {
            Vector from = source.columns[c];
            if (from.size >= source.size) {
                target.columns[c].gather(from, rows, count);
            } else {
                target.columns[c].prepare(0);
            }
        }
        target.size = count;
    }

    static void append(VectorBatch source, VectorBatch target) {
        for (int c = 0; c < source.columns.length; c++) {
            Vector from = source.columns[c];
            if (from.size >= source.size) {
                target.columns[c].appendAll(from, source.size);
            }
        }
        target.size += source.size;
    }

    static void clear(VectorBatch rows) {
        for (Vector column : rows.columns) {
            column.prepare(0);
        }
        rows.size = 0;
    }
}
