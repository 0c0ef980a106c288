package org.tailrace.exec;

import org.tailrace.data.ArrayVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Decimal128Vector;
import org.tailrace.data.MapVector;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** About how many bytes a row takes, for limits. */
final class RowSizes {
    private static final int FIXED = 8;

    private RowSizes() {}

    static long bytes(VectorBatch rows, int row) {
        long bytes = 0;
        for (Vector column : rows.columns) {
            bytes += bytes(column, row);
        }
        return bytes;
    }

    static long bytes(Vector column, int row) {
        if (column.isNull(row)) {
            return 1;
        } else if (column instanceof BytesVector text) {
            return FIXED + text.end(row) - text.start(row);
        } else if (column instanceof Decimal128Vector) {
            return 2 * FIXED;
        } else if (column instanceof StructVector struct) {
            long bytes = 0;
            for (Vector child : struct.children) {
                bytes += bytes(child, row);
            }
            return bytes;
        } else if (column instanceof ArrayVector array) {
            return FIXED + range(array.elements, array.start(row), array.end(row));
        } else if (column instanceof MapVector map) {
            return FIXED
                    + range(map.keys, map.start(row), map.end(row))
                    + range(map.values, map.start(row), map.end(row));
        }
        return FIXED;
    }

    private static long range(Vector elements, int from, int to) {
        long bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += bytes(elements, i);
        }
        return bytes;
    }
}
