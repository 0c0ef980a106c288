package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** Moves rows between batches of vectors. Columns that nothing reads hold no rows and stay that way. */
final class Columns {
    private Columns() {}

    static void gather(VectorBatch source, int[] rows, int count, VectorBatch target) {
        gather(source, rows, count, target, 0);
        target.size = count;
    }

    /** Gathers rows into the columns of {@code target} from {@code at} on. */
    static void gather(VectorBatch source, int[] rows, int count, VectorBatch target, int at) {
        for (int c = 0; c < source.columns.length; c++) {
            Vector from = source.columns[c];
            if (from.size >= source.size) {
                target.columns[at + c].gather(from, rows, count);
            } else {
                target.columns[at + c].prepare(0);
            }
        }
    }

    /** As {@link #gather}; a row of −1 is all NULL. */
    static void gatherOrNull(VectorBatch source, int[] rows, int count, VectorBatch target, int at) {
        if (source.size == 0) {
            for (int c = 0; c < source.columns.length; c++) {
                target.columns[at + c].prepare(count);
                target.columns[at + c].setAllNull();
            }
            return;
        }
        int[] present = new int[count];
        for (int i = 0; i < count; i++) {
            present[i] = Math.max(0, rows[i]);
        }
        gather(source, present, count, target, at);
        for (int c = 0; c < source.columns.length; c++) {
            Vector column = target.columns[at + c];
            for (int i = 0; i < count && column.size == count; i++) {
                if (rows[i] < 0) {
                    column.setNull(i);
                }
            }
        }
    }

    /** Cuts vectors that own their rows to the first {@code size}. */
    static void truncate(VectorBatch rows, int size) {
        for (Vector column : rows.columns) {
            truncate(column, size);
        }
        rows.size = size;
    }

    private static void truncate(Vector vector, int size) {
        vector.size = Math.min(vector.size, size);
        if (vector instanceof StructVector struct) {
            for (Vector child : struct.children) {
                truncate(child, size);
            }
        }
    }

    static void append(VectorBatch source, VectorBatch target) {
        for (int c = 0; c < source.columns.length; c++) {
            Vector from = source.columns[c];
            Vector to = target.columns[c];
            if (from.size >= source.size) {
                for (int i = 0; i < source.size; i++) {
                    to.append(from, i);
                }
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

    static Row row(VectorBatch rows, int row, Schema schema) {
        List<@Nullable Object> values = new ArrayList<>(rows.columns.length);
        for (Vector column : rows.columns) {
            values.add(column.get(row));
        }
        return new Row(schema, values);
    }
}
